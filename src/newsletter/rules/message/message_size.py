"""The whole message is small enough for mail servers to deliver it.

A server refuses a message that is too large: the reader gets nothing, and only the sender learns of it, if anybody. In
a message, each picture needs a third more than its file has. Readers pay for each MB, too.

Bad:
    Six photos from a camera, with “images: embed”

Good:
    The same six photos, each 1,200 pixels wide, or with “images: link”

Defaults of servers: 10 MB in Postfix (postconf(5), message_size_limit) and in Exchange Server (Microsoft, Message size
and recipient limits in Exchange Server). Gmail takes 25 MB with attachments (Gmail Help), and some services 20 MB.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding, HasLocation

SEVERITY = "error"
OPTIONS = {"warn_from_mb": 10, "block_from_mb": 20}


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the size of the whole message in MB (1,000,000 bytes), as it is sent."""
    size = len(message.data) / 1_000_000
    where, hint = _largest(message)
    if size >= options["block_from_mb"]:
        yield Finding(where, f"The whole message is {size:.1f} MB. Many mail servers refuse it.", hint)
    elif size >= options["warn_from_mb"]:
        yield Finding(where, f"The whole message is {size:.1f} MB. Some mail servers refuse it.", hint, "warning")


def _largest(message: ParsedMessage) -> tuple[HasLocation, str]:
    """Return the location of the largest picture in the message, and what to do."""
    inside = {picture.data for picture in message.edition.pictures.values()}
    pictures = [image for image in message.page.issue.images if image.picture.data in inside]
    if message.edition.brand.images != "embed" or not pictures:
        return message.whole_message, "Move an article to the next issue, or to your website with a link from here."
    largest = max(pictures, key=lambda image: len(image.picture.data))
    hint = (
        f"Save the pictures 1,200 pixels wide, as JPEGs: {quoted(largest.picture.src)} is the largest, with "
        f"{len(largest.picture.data) / 1_000_000:.1f} MB. Or write “images: link” in brand.yaml, and upload them."
    )
    return message.page.issue.at(*largest.path, "src"), hint

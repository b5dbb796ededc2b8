"""The message has a plain-text part, before the HTML part.

Some people read all their email as plain text: it is calm, in their own letters and colours, and works with old
Braille displays and slow lines. Mail programs show the last part that they can, so the text has to come first.

Bad:
    Content-Type: text/html, and nothing else

Good:
    Content-Type: multipart/alternative, with text/plain first and text/html after it

RFC 2046, 5.1.4; Text Email Newsletter (TEN) Standard (http://headstar.com/ten/): plain text beside HTML.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the kinds of the parts, in their order."""
    kinds = [part.get_content_type() for part in message.parts if not part.is_multipart()]
    if "text/plain" not in kinds:
        hint = "Send the text that `newsletter render` makes along, as text/plain."
        yield Finding(message.whole, "The message has no plain-text part.", hint)
        return
    if not message.text.strip():
        hint = "Send the text that `newsletter render` makes as text/plain, or no such part at all."
        yield Finding(message.whole, "The plain-text part is empty.", hint)
    for part in message.parts:
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html"):
            charset = str(part.get_content_charset("us-ascii"))
            payload = part.get_payload(decode=True) if charset != "utf-8" else b""
            if isinstance(payload, bytes) and not payload.isascii():
                hint = "Write charset=utf-8 into its Content-Type."
                yield Finding(message.whole, f"The {kind} part is in UTF-8, and says that it is in {charset}.", hint)
            if part.get_content_disposition() == "attachment":
                hint = "Take Content-Disposition out: readers meet a file in place of the email."
                yield Finding(message.whole, f"The {kind} part is sent as a file.", hint)
    if "text/html" not in kinds:
        return
    if kinds.index("text/plain") > kinds.index("text/html"):
        hint = "Put text/plain before text/html: mail programs show the last part that they understand."
        yield Finding(message.whole, "The plain-text part comes after the HTML part.", hint)
    elif not any(part.get_content_type() == "multipart/alternative" for part in message.parts):
        hint = "Put both parts into one multipart/alternative: as it is, readers meet everything twice."
        yield Finding(message.whole, "The plain text and the HTML are not two forms of one message.", hint)

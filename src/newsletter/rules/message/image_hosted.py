"""Every picture is where a mail program can get it: at your own https address, or in the message.

A path such as "images/zoe.png" means nothing in an inbox, "http:" may be blocked, and a picture on somebody else's
server tells them who reads your newsletter, and when: about people who are ill, that is nobody's business.

Bad:
    <img src="images/zoe.png" alt="Zoë Marsh, smiling">

Good:
    <img src="https://news.example.org/pictures/images/zoe.png" alt="Zoë Marsh, smiling">

RFC 2392 for pictures that travel with the message; UK GDPR, article 9, on data about health, for the privacy of those
who read it.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the address of each picture, each address once."""
    if message.tree is None:
        return
    travelling = {str(part.get("Content-ID", "")).strip("<> \r\n") for part in message.parts}
    home = f"{message.edition.brand.base_url or ''}".rstrip("/") + "/"
    for source in dict.fromkeys(image.get("src", "").strip() for image in message.tree.iter("img")):
        shown = f"{source[:60]}…" if len(source) > 60 else source
        scheme = source.partition(":")[0].lower()
        if not source:
            hint = "Give its file in the issue, or take the <img> out of the template."
            yield Finding(message.pictured(source), "A picture has no address.", hint)
        elif scheme == "cid":
            if unquote(source[4:]) not in travelling:
                hint = "Pictures of the issue and the brand travel along with 'images: embed'; use no cid: of your own."
                yield Finding(message.pictured(source), f"The picture “{shown}” is not in the message.", hint)
        elif scheme == "data":
            hint = "Write it as a picture file of the issue or the brand; Gmail does not show data: pictures."
            yield Finding(message.pictured(source), f"A picture is written into the HTML: “{shown}”.", hint)
        elif scheme != "https":
            hint = "Begin the address with https://, or give the picture as a file of the issue."
            yield Finding(message.pictured(source), f"Mail programs cannot get the picture “{shown}”.", hint)
        elif home == "/" or not source.startswith(home):
            own = f"under {home}" if home != "/" else "with 'images: embed'"
            hint = f"Put the picture where the others are, {own}."
            yield Finding(message.pictured(source), f"The picture “{shown}” is not on your own server.", hint)

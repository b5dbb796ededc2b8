"""Every picture is at your own https address, or in the message.

A path such as "images/zoe.png" does not work in an inbox, and "http:" may be blocked. If a picture is on somebody
else's server, they can see who reads your newsletter, and when. Your readers may be ill: that is private.

Bad:
    <img src="images/zoe.png" alt="Zoë Marsh, smiling">

Good:
    <img src="https://news.example.org/pictures/images/zoe.png" alt="Zoë Marsh, smiling">

RFC 2392 for pictures that travel with the message; UK GDPR, article 9, on data about health, for readers' privacy.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.characters import quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the address of each picture, each address once."""
    if message.tree is None:
        return
    attached = {str(part.get("Content-ID", "")).strip("<> \r\n") for part in message.parts}
    home = f"{message.edition.brand.base_url or ''}".rstrip("/") + "/"
    for source in dict.fromkeys(image.get("src", "").strip() for image in message.tree.iter("img")):
        where, address = message.picture_element(source), quoted(source)
        scheme = source.partition(":")[0].lower()
        if not source:
            hint = "Name its file in the issue, or remove the <img> from the template."
            yield Finding(where, "A picture has no address.", hint)
        elif scheme == "cid":
            if unquote(source[4:]) not in attached:
                hint = "Do not write cid: yourself: “images: embed” puts your pictures into the message."
                yield Finding(where, f"The picture {address} is not in the message.", hint)
        elif scheme == "data":
            hint = "Use a picture file of the issue or the brand: Gmail does not show data: pictures."
            yield Finding(where, f"A picture is written into the HTML: {address}.", hint)
        elif scheme != "https":
            hint = "Begin the address with https://, or use a picture file of the issue."
            yield Finding(where, f"Mail apps cannot load the picture {address}.", hint)
        elif home == "/" or not source.startswith(home):
            own = f"under {home}" if home != "/" else "with “images: embed”"
            hint = f"Put the picture where your other pictures are, {own}."
            yield Finding(where, f"The picture {address} is not on your own server.", hint)

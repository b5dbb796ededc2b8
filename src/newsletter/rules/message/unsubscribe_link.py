"""A link to unsubscribe is in the email, and in its plain text.

Who wants to leave and finds no way out marks the email as spam, and then nobody gets it. Not every mail program shows
a button of its own, so the link has to be in the words as well, for those who read plain text too.

Bad:
    <p>Write to us if you want no more of these emails.</p>

Good:
    <a href="https://www.example.org/unsubscribe">Unsubscribe</a>

The law in the UK and the EU (PECR, regulation 23; ePrivacy Directive, article 13(4)): an email that promotes, a
charity's aims too, has a valid address at which to ask that it stop.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding, HasLocation

SEVERITY = "error"

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for the brand's address in what readers get."""
    brand = message.edition.brand.unsubscribe
    ways = [brand.url, *([f"mailto:{brand.mailto}"] if brand.mailto else [])]
    if message.edition.has_page and not any(_is_link(way, message) for way in ways):
        hint = f'Put <a href="{brand.url}">Unsubscribe</a> into templates/footer.mjml.'
        told = "The email has no link to unsubscribe that readers can see."
        yield Finding(_written(message, ways), told, hint)
    if not any(way.removeprefix("mailto:") in message.text for way in ways):
        hint = "The plain text is made from the page: the link in templates/footer.mjml must not be hidden."
        told = "The plain text does not say where to unsubscribe."
        yield Finding(_written(message, ways), told, hint)


def _written(message: MessageSubject, ways: list[str]) -> HasLocation:
    """Give where there is a link all the same, as one that is hidden."""
    return next((where for way in ways for where in message.linked(way) if where != message.whole), message.whole)


def _is_link(address: str, message: MessageSubject) -> bool:
    links = message.tree.iter("a") if message.tree is not None else ()
    return any(link.get("href", "").startswith(address) and _is_seen(link) for link in links)


def _is_seen(link: etree._Element) -> bool:
    words = "".join(str(part) for part in link.itertext()) + "".join(image.get("alt", "") for image in link.iter("img"))
    return bool(words.strip()) and not any(
        _HIDDEN.search(element.get("style", "")) for element in (link, *link.iterancestors())
    )

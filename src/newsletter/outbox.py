"""What an issue puts into the outbox."""

import base64
import re
from collections.abc import Collection, Mapping
from html import escape

from newsletter.edition import KINDS, Drawn, Edition, Kind
from newsletter.issue.pictures import Picture

ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    "standard": (".txt", ".html", ".eml"),
    "large-print": (".large-print.html", ".large-print.eml"),
    "text-only": (".text-only.txt", ".text-only.eml"),
}
"""How the names of an edition's files go on after the issue's: what to look at, and last the message itself."""

_SHOWN = re.compile(r"""(?<![\w-])(?:src|srcset|background)=(?:"[^"]*"|'[^']*')|url\([^)]*\)""")
"""Where a page names a picture that it shows."""

WEB = ".web.html"
"""The same for the issue's web version."""


def files(edition: Edition) -> dict[str, bytes]:
    """Give the files of an edition by name: the plain text, the page for a browser, and last the message itself."""
    return {f"{edition.issue.slug}{ending}": _content(edition, ending) for ending in ENDINGS[edition.kind]}


def _content(edition: Edition, ending: str) -> bytes:
    match ending.rpartition(".")[2]:
        case "txt":
            return edition.text.encode()
        case "html":
            return browser_page(edition).encode()
    return edition.message


def others(slug: str, kinds: Collection[Kind]) -> list[str]:
    """Name the files that an issue would have in the outbox for the editions that are not among these."""
    return [f"{slug}{ending}" for kind in KINDS if kind not in kinds for ending in ENDINGS[kind]]


def browser_page(edition: Drawn) -> str:
    """Give the email's own page with its pictures inside, so that one file shows everything."""
    return with_pictures(edition.inlined, edition.pictures)


def with_pictures(page: str, pictures: Mapping[str, Picture]) -> str:
    """Put pictures, given by the address under which a page shows them, into it as data: URLs (RFC 2397).

    Also those of backgrounds. A link to a picture stays a link.
    """
    data = {
        escape(address): f"data:image/{picture.kind};base64,{base64.b64encode(picture.data).decode('ascii')}"
        for address, picture in pictures.items()
    }
    if not data:
        return page
    # Longer ones first: one address may be how another begins.
    address = re.compile("|".join(map(re.escape, sorted(data, key=len, reverse=True))))
    return _SHOWN.sub(lambda shown: address.sub(lambda found: data[found[0]], shown[0]), page)

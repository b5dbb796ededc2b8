"""A page with its pictures inside, as data: URLs (RFC 2397)."""

import base64
import re
from collections.abc import Mapping
from html import escape

from newsletter.edition import PageBuild
from newsletter.issue.pictures import Picture

_PICTURE = re.compile(r"""(?<![\w-])(?:src|srcset|background)=(?:"[^"]*"|'[^']*')|url\([^)]*(?:\)|\Z)""")
"""The places where a page names a picture: an attribute or `url(...)` in CSS."""


def browser_page(edition: PageBuild) -> str:
    """Return the page of an email as one HTML document with its pictures inside."""
    return with_pictures(edition.inlined, edition.pictures)


def with_pictures(page: str, pictures: Mapping[str, Picture]) -> str:
    """Return a page with its pictures, also those of backgrounds, as data: URLs (RFC 2397).

    A link to a picture stays a link.

    Args:
        page: an HTML document.
        pictures: the pictures by the address that the page has for them.
    """
    data = {
        escape(address): f"data:image/{picture.format};base64,{base64.b64encode(picture.data).decode('ascii')}"
        for address, picture in pictures.items()
    }
    if not data:
        return page
    # Longer ones first: an address may begin with a shorter one.
    address = re.compile("|".join(map(re.escape, sorted(data, key=len, reverse=True))))
    return _PICTURE.sub(lambda place: address.sub(lambda match: data[match[0]], place[0]), page)

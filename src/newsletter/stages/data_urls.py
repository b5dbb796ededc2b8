"""A page with its pictures inside, as data: URLs (RFC 2397)."""

import base64
import re
from collections.abc import Mapping
from html import escape

from newsletter.edition import PageBuild
from newsletter.issue.pictures import Picture

_SHOWN = re.compile(r"""(?<![\w-])(?:src|srcset|background)=(?:"[^"]*"|'[^']*')|url\([^)]*\)""")
"""Where a page names a picture that it shows."""


def browser_page(edition: PageBuild) -> str:
    """Give the email's own page with its pictures inside, so that one file shows everything."""
    return with_pictures(edition.inlined, edition.pictures)


def with_pictures(page: str, pictures: Mapping[str, Picture]) -> str:
    """Put pictures, given by the address under which a page shows them, into it as data: URLs (RFC 2397).

    Also those of backgrounds. A link to a picture stays a link.
    """
    data = {
        escape(address): f"data:image/{picture.format};base64,{base64.b64encode(picture.data).decode('ascii')}"
        for address, picture in pictures.items()
    }
    if not data:
        return page
    # Longer ones first: one address may be how another begins.
    address = re.compile("|".join(map(re.escape, sorted(data, key=len, reverse=True))))
    return _SHOWN.sub(lambda shown: address.sub(lambda found: data[found[0]], shown[0]), page)

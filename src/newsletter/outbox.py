"""What one edition puts into the outbox."""

import base64
from html import escape

from newsletter.edition import Edition


def files(edition: Edition) -> dict[str, bytes]:
    """Give the files of an edition by name: the plain text, the page for a browser, and last the message itself."""
    slug = edition.issue.slug
    return {
        f"{slug}.txt": edition.text.encode(),
        f"{slug}.html": browser_page(edition).encode(),
        f"{slug}.eml": edition.message,
    }


def browser_page(edition: Edition) -> str:
    """Give the email's own page with its pictures inside (data: URLs, RFC 2397), so that one file shows everything."""
    page: str = edition.inlined
    for address, picture in edition.pictures.items():
        data = base64.b64encode(picture.data).decode("ascii")
        page = page.replace(f'src="{escape(address)}"', f'src="data:image/{picture.kind};base64,{data}"')
    return page

"""A page as a tree that can be changed, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from newsletter.edition import InlinedPage


def parse(page: str) -> etree._Element:
    """Parse a whole document; give its html element."""
    # Stated, so that a <meta> cannot talk the parser into another encoding; huge, so that nothing is cut in silence.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return etree.HTML(page.encode() or b"<p></p>", parser)


def transform(page: InlinedPage, change: Callable[[etree._Element], None]) -> InlinedPage:
    """Give the page after a change to its tree."""
    root = parse(page)
    change(root)
    return InlinedPage(etree.tostring(root.getroottree(), method="html", encoding="unicode"))


def elements(root: etree._Element) -> Iterator[etree._Element]:
    """Give every element, without comments, in the order of the document; it may be changed meanwhile."""
    yield from list(root.iter(etree.Element))

"""Numbers a page's elements, so that what a browser finds in one can be told at the line that it comes from."""

from __future__ import annotations

from lxml import etree

from newsletter.edition import InlinedPage
from newsletter.renderings.tree import changed, elements

ATTRIBUTE = "newsletter-element"
"""Not `data-...`, which the strictest mail clients drop and `renderings.stripped` with them."""


def numbered(page: str) -> InlinedPage:
    """Give the page with each element's number, in the order of `check.page.PageView.nodes`.

    What stands in Outlook's conditional comments is no element here and gets none.
    """

    def number(root: etree._Element) -> None:
        for position, element in enumerate(elements(root)):
            element.set(ATTRIBUTE, str(position))

    return changed(InlinedPage(page), number)

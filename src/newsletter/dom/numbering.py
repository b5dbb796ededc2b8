"""Numbers a page's elements, so that what a browser finds in one can be told at the line that it comes from."""

from __future__ import annotations

import itertools
import re

from lxml import etree

from newsletter.dom.tree import elements, transform
from newsletter.edition import InlinedPage

ATTRIBUTE = "newsletter-element"
"""Not `data-...`, which the strictest mail clients drop and `renderings.stripped` with them."""

_TAG = re.compile(r"<[A-Za-z][\w:-]*")


def numbered(page: str) -> InlinedPage:
    """Give the page with each element's number, in the order of `check.page.PageView.nodes`.

    What stands in Outlook's conditional comments counts on after that, as in `PageView.outlook`.
    """

    def number(root: etree._Element) -> None:
        count = itertools.count()
        for element in elements(root):
            element.set(ATTRIBUTE, str(next(count)))
        for comment in (comment for body in root.iter("body") for comment in body.iter(etree.Comment)):
            comment.text = _TAG.sub(lambda tag: f'{tag[0]} {ATTRIBUTE}="{next(count)}"', comment.text or "")

    return transform(InlinedPage(page), number)

"""Numbers a page's elements, so that a problem found in a copy of the page can name the element it is about."""

from __future__ import annotations

import itertools
import re

from lxml import etree

from newsletter.dom.tree import elements, transform
from newsletter.edition import InlinedPage

ATTRIBUTE = "newsletter-element"
"""The attribute that holds the number. It is not `data-...`, because `simulations.stripped` removes those."""

_TAG = re.compile(r"<[A-Za-z][\w:-]*")


def number_elements(root: etree._Element) -> None:
    """Write a number, from 0, into each element of a tree, in the order of the document.

    The elements in the body's comments, which only Outlook for Windows reads, have the numbers after that.
    """
    count = itertools.count()
    for element in elements(root):
        element.set(ATTRIBUTE, str(next(count)))
    for comment in (comment for body in root.iter("body") for comment in body.iter(etree.Comment)):
        comment.text = _TAG.sub(lambda tag: f'{tag[0]} {ATTRIBUTE}="{next(count)}"', comment.text or "")


def with_numbers(page: str) -> InlinedPage:
    """Return a page with a number on each element; see `number_elements`."""
    return transform(InlinedPage(page), number_elements)

"""A page as a tree that can be changed, and the tree as a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from newsletter.edition import InlinedPage, TemplateSource

PHRASING = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
])  # fmt: skip
"""The elements that can be part of a line of text (HTML's "phrasing content"), without pictures."""

Change = Callable[[etree._Element], None]
"""Receives the html element of a page, and changes the tree below it."""


def parse_html(page: str, parser: type[etree.HTMLParser] = etree.HTMLParser) -> etree._Element:
    """Parse a whole document or a fragment, and return its html element.

    Args:
        page: HTML. A text of nothing but spaces counts as an empty paragraph.
        parser: `lxml.html.HTMLParser` for elements with the methods of lxml.html, such as `drop_tag`.
    """
    # The encoding is stated, so that a <meta> in the page cannot set another one. huge_tree lifts libxml2's limits of
    # 256 levels and 10 MB of text. Beyond them it would drop content without an error.
    return etree.HTML(
        page.encode() if page and not page.isspace() else b"<p></p>", parser(encoding="utf-8", huge_tree=True)
    )


def serialise(root: etree._Element) -> str:
    """Return the HTML of a whole document from its html element, with its doctype."""
    return etree.tostring(root.getroottree(), method="html", encoding="unicode")


def transform(page: InlinedPage, *changes: Change) -> InlinedPage:
    """Return a page after changes to its tree.

    Args:
        page: a whole document.
        changes: the changes, in order.
    """
    root = parse_html(page)
    for change in changes:
        change(root)
    return InlinedPage(serialise(root))


def elements(root: etree._Element) -> Iterator[etree._Element]:
    """Return every element, without comments, in the order of the document. The tree may change meanwhile."""
    yield from list(root.iter(etree.Element))


def first_number(ordered_list: etree._Element) -> int:
    """Return the number of the first item of an ordered list: 1, unless its `start` is another number."""
    return whole_number(ordered_list, "start")


def whole_number(element: etree._Element, attribute: str, default: int = 1) -> int:
    """Return the whole number in an attribute of an element.

    Args:
        element: the element.
        attribute: the name of the attribute, such as `colspan`.
        default: the number if there is no attribute, or anything else in it.
    """
    value = element.get(attribute, "").strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else default


def remove_keeping_tail(node: etree._Element) -> None:
    """Remove an element or a comment, but not the text after it. A node without a parent stays."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "") or None
    else:
        parent.text = (parent.text or "") + (node.tail or "") or None
    parent.remove(node)


def give_named_anchors_ids(root: etree._Element) -> None:
    """Set the id of each `<a name>` to its name, if no other element has that id."""
    ids = {element.get("id") for element in root.iter(etree.Element)}
    for anchor in root.iter("a"):
        if (name := anchor.get("name")) and name not in ids:
            anchor.set("id", name)
            ids.add(name)


class InlinedTree(NamedTuple):
    """The html element of a page whose rules are in its elements, and the sources that their marks lead to."""

    root: etree._Element
    sources: tuple[TemplateSource, ...]

    @property
    def page(self) -> InlinedPage:
        """The tree, as it is now, as a page."""
        return InlinedPage(serialise(self.root), self.sources)

"""What several rules ask of elements."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from newsletter.css.compact import Style, read_style, write_style
from newsletter.edition import SOURCE


def style_of(element: etree._Element) -> Style:
    """Return the declarations of an element's `style` attribute."""
    return read_style(element.get("style", ""))


def set_style(element: etree._Element, style: Style) -> None:
    """Write an element's `style` attribute; without declarations it has none."""
    if style:
        element.set("style", write_style(style))
    else:
        element.attrib.pop("style", "")


def only_child(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the one thing in an element if it has this tag; None if there are words, comments or others."""
    if len(element) != 1 or element[0].tag != tag or has_words(element):
        return None
    return element[0]


def has_words(element: etree._Element) -> bool:
    """Check whether there are words directly in an element."""
    return any(text and not text.isspace() for text in (element.text, *(child.tail for child in element)))


def names(element: etree._Element) -> set[str]:
    """Return the names of an element's attributes, without the mark of its source."""
    return {str(name) for name in element.attrib} - {SOURCE}


def layout_tables(root: etree._Element) -> Iterator[etree._Element]:
    """Return the tables without a meaning of their own. The tree may change meanwhile."""
    yield from [table for table in root.iter("table") if table.get("role") == "presentation"]


def sheets(root: etree._Element) -> str:
    """Return the text of all style sheets, also of those in comments for Outlook."""
    head = next(root.iter("head"))
    return "\n".join(node.text or "" for node in [*root.iter("style"), *head.iter(etree.Comment)])


def take_content(target: etree._Element, source: etree._Element) -> None:
    """Replace the content of an element by that of another."""
    content = list(source)
    text = source.text
    for child in list(target):
        target.remove(child)
    target.text = text
    target.extend(content)

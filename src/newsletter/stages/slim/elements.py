"""Read and change elements, for several passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import cast

from lxml import etree

from newsletter.css.compact import Style, read_style, write_style
from newsletter.edition import SOURCE

PLAIN_CELL = {"font-size", "padding", "overflow-wrap", "vertical-align"}
"""What the style of a cell has that is only a place for its content."""

_CLASSES = etree.XPath("descendant-or-self::*/@class", smart_strings=False)  # without links to their elements
_STYLED = etree.XPath("descendant-or-self::*[@style]")
_JOINED = re.compile(r"border-collapse\s*:(?!\s*separate)")
_PLAIN_TABLE = {"border", "cellpadding", "cellspacing", "role", "width", "style"}
_CLASS_NAME = re.compile(r"[.=][\w-]++|\"[^\"<>{}]*+\"|'[^'<>{}]*+'")


def style_of(element: etree._Element) -> Style:
    """Return the declarations of an element's `style` attribute."""
    return read_style(element.get("style", ""))


def class_attributes(root: etree._Element) -> set[str]:
    """Return all different `class` attributes."""
    return {*cast(list[str], _CLASSES(root))}


def with_styles(root: etree._Element) -> list[etree._Element]:
    """Return the elements with a `style` attribute."""
    return cast(list[etree._Element], _STYLED(root))


def rewrite_styles(root: etree._Element, change: Callable[[str], str]) -> None:
    """Replace each `style` attribute by what a function returns for it."""
    for element in with_styles(root):
        css = element.get("style", "")
        if changed := change(css):
            element.set("style", changed)
        else:
            del element.attrib["style"]


def set_style(element: etree._Element, style: Mapping[str, str]) -> None:
    """Write an element's `style` attribute; without declarations it has none."""
    if style:
        element.set("style", write_style(style))
    else:
        element.attrib.pop("style", "")


def drop_values(element: etree._Element, values: Mapping[str, str]) -> None:
    """Remove declarations from the style of an element, unless one of them takes back another."""
    css = element.get("style")
    if not css:
        return
    rest = _without(css, tuple(values.items()))
    if not rest:
        del element.attrib["style"]
    elif rest != css:
        element.set("style", rest)


@lru_cache(maxsize=4096)  # the elements of an email have few different styles
def _without(css: str, values: tuple[tuple[str, str], ...]) -> str:
    """Return a style without some of its declarations; the same text if it has none of them."""
    rest: dict[str, str] = {}
    style = read_style(css)
    for name, value in style.items():
        # As in `padding-left:10px;padding:0`. A border of pictures says nothing of their corners.
        takes_back = any(other.startswith(f"{name}-") and other != "border-radius" for other in rest)
        if (name, value) not in values or takes_back:
            rest[name] = value
    return write_style(rest) if len(rest) < len(style) else css


def only_child(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the one thing in an element if it has this tag; None if there are words, comments or others."""
    if len(element) != 1 or element[0].tag != tag or has_words(element):
        return None
    return element[0]


def has_words(element: etree._Element) -> bool:
    """Check whether there are words directly in an element."""
    texts = [element.text, *(child.tail for child in element)] if len(element) else [element.text]
    return any(text and not text.isspace() for text in texts)


def names(element: etree._Element) -> set[str]:
    """Return the names of an element's attributes, without the mark of its source."""
    return {*cast(list[str], element.keys())} - {SOURCE}


def layout_tables(root: etree._Element) -> Iterator[etree._Element]:
    """Return the tables without a meaning of their own. The tree may change meanwhile."""
    yield from [table for table in root.iter("table") if table.get("role") == "presentation"]


def sheets(root: etree._Element) -> str:
    """Return the text of all style sheets, also of those in comments for Outlook."""
    head = next(root.iter("head"))
    return "\n".join(node.text or "" for node in [*root.iter("style"), *head.iter(etree.Comment)])


def joins_borders(root: etree._Element) -> bool:
    """Check whether a rule may join the borders of a table's cells, which are separate without one."""
    return _JOINED.search(sheets(root)) is not None


def take_content(target: etree._Element, source: etree._Element) -> None:
    """Replace the content of an element by that of another."""
    content = list(source)
    text = source.text
    for child in list(target):
        target.remove(child)
    target.text = text
    target.extend(content)


def only_row(table: etree._Element) -> etree._Element | None:
    """Return the only row of a table; None if it or the body around it has attributes that would be lost."""
    body = only_child(table, "tbody")
    row = only_child(table if body is None else body, "tr")
    return None if row is None or names(row) or (body is not None and names(body)) else row


def has_plain_style(table: etree._Element, style: set[str]) -> bool:
    """Check whether a table is only a frame, which has no look but these properties.

    Args:
        table: the table.
        style: the properties that its style may have.
    """
    return (
        names(table) <= _PLAIN_TABLE
        and style_of(table).keys() <= style
        and {table.get(name, "0") for name in ("border", "cellpadding", "cellspacing")} == {"0"}
        and {table.get("width", "100%"), style_of(table).get("width", "100%")} == {"100%"}
    )


def free_class(root: etree._Element, name: str) -> str:
    """Return a class that no sheet and no element of the page has: the name, if it can be, or with a number."""
    texts = [node.text or "" for node in root.iter("style", etree.Comment)]
    named = {name for names in (*map(_named_in, texts), class_attributes(root)) for name in names}
    used = {word.lower() for name in named for word in name.split()}
    return next(each for number in count() if (each := f"{name}-{number}" if number else name) not in used)


@lru_cache(maxsize=64)  # all pages of a layout have the same style sheets
def _named_in(text: str) -> list[str]:
    """Return what a style sheet, or a comment, has after a dot or in quotation marks, as a selector has a class."""
    return [each.strip(".=\"'") for each in _CLASS_NAME.findall(text)]

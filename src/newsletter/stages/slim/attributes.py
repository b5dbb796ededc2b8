"""Attributes that say nothing: spare white space in styles, values that every mail app has anyway, unused classes."""

from __future__ import annotations

import re

from lxml import etree

from newsletter.css.compact import Style
from newsletter.dom.tree import PHRASING, elements
from newsletter.stages.slim.elements import layout_tables, set_style, style_of

# MJML's own classes, and the one by which the compiler gives sections their language. Others lead `check` from an
# element to the rule of a style sheet that gave it its style.
_OF_COMPILER = re.compile(r"mj-\S+|in-issue-language")
# MJML writes these for browsers of twenty years ago.
_SAID_ANYWAY: dict[str, Style] = {
    "a": {"margin": "0", "text-transform": "none"},
    "img": {"outline": "none", "text-decoration": "none"},
    "td": {"cursor": "auto"},
}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,6}")
_BOTH = ["background", "background-color"]
_WITHOUT_LINES = frozenset(PHRASING) | {"img"}


def compact_styles(root: etree._Element) -> None:
    """Write styles without spaces, `0px` as `0`, and a background colour once, as `background-color`.

    MJML writes most of them as `background`, too, of which Outlook for Windows reads only the colour.
    """
    for element in root.iter(etree.Element):
        if element.get("style") is None:
            continue
        style = style_of(element)
        others = [name for name in style if name.startswith("background")]
        if _COLOUR.fullmatch(style.get("background", "")) and others in (["background"], _BOTH, _BOTH[::-1]):
            colour = style[others[-1]]
            style = {name: value for name, value in style.items() if name not in _BOTH} | {_BOTH[1]: colour}
        set_style(element, style)


def drop_defaults(root: etree._Element) -> None:
    """Remove what is so without saying it: no border of a table, no place for one that fills its line, `_self` for
    the window of a link, and a few styles.
    """
    for table in layout_tables(root):
        if table.get("border") == "0":
            del table.attrib["border"]
        if table.get("align") == "center" and style_of(table).get("width") == "100%" and table.get("width") is None:
            del table.attrib["align"]
        if table.get("cellpadding") == "0":
            for cell in (cell for row in table.iter("tr") for cell in row if _table_of(cell) is table):
                _drop_values(cell, {"padding": "0"})
    for element in root.iter(*_SAID_ANYWAY):
        _drop_values(element, _SAID_ANYWAY[str(element.tag)])
    for link in root.iter("a"):
        if link.get("target") == "_self":
            del link.attrib["target"]


def drop_compiler_classes(root: etree._Element) -> None:
    """Remove the classes that only the compiler needs, if no rule in the head names them."""
    sheets = "".join(style.text or "" for style in root.iter("style"))
    for element in root.iter(etree.Element):
        classes = element.get("class", "").split()
        rest = [name for name in classes if not _OF_COMPILER.fullmatch(name) or f".{name}" in sheets]
        if len(rest) < len(classes):
            element.set("class", " ".join(rest))
        if not rest:
            element.attrib.pop("class", "")


def _table_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors("table"), None)


def _drop_values(element: etree._Element, values: Style) -> None:
    style = style_of(element)
    rest = {name: value for name, value in style.items() if values.get(name) != value}
    if rest != style:
        set_style(element, rest)


def drop_spaces(root: etree._Element) -> None:
    """Remove white space beside elements that begin a line of their own."""
    for element in elements(next(root.iter("body"))):
        if element.tag in _WITHOUT_LINES or element.tag in ("pre", "textarea"):
            continue
        children = list(element)
        if not children:
            continue
        if _is_space(element.text) and _begins_line(children[0]):
            element.text = None
        for child, after in zip(children, [*children[1:], None], strict=True):
            if _is_space(child.tail) and _begins_line(child) and (after is None or _begins_line(after)):
                child.tail = None


def _is_space(text: str | None) -> bool:
    return text is not None and not text.strip(" \t\r\n")


def _begins_line(node: etree._Element) -> bool:
    return (
        isinstance(node.tag, str)
        and node.tag not in _WITHOUT_LINES
        and "inline" not in style_of(node).get("display", "")
    )

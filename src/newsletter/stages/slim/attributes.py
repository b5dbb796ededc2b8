"""Shorten attributes: without spare white space, values that every mail app has anyway, and unused classes."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from lxml import etree

from newsletter.css.compact import read_style, write_style
from newsletter.css.matching import match_rules
from newsletter.css.parser import declarations, rules
from newsletter.stages.slim.elements import (
    drop_values,
    joins_borders,
    layout_tables,
    rewrite_styles,
    set_style,
    sheets,
    style_of,
    with_styles,
)

# MJML's own classes, and the one by which the compiler gives sections their language. Others lead `check` from an
# element to the rule of a style sheet that gave it its style.
_COMPILER_CLASSES = re.compile(r"mj-\S+|in-issue-language")
# What every mail app has anyway. MJML writes most of these for browsers of twenty years ago.
_DEFAULT_VALUES = {
    "a": {"margin": "0"},
    "body": {"word-spacing": "normal"},
    "dt": {"margin": "0"},
    **{f"h{level}": {"padding": "0"} for level in range(1, 7)},
    "img": {"outline": "none", "text-decoration": "none"},
    "td": {"cursor": "auto"},
}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,6}")
_BACKGROUND_NAMES = ["background", "background-color"]
# Only beside these a space is nothing. All others, also those that no list has, may be in a line of text.
_WITH_LINES = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "div", "dl",
    "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip


def compact_styles(root: etree._Element) -> None:
    """Write styles without spaces, `0px` as `0`, and a background colour once, as `background-color`.

    MJML writes most of them as `background`, too, of which Outlook for Windows reads only the colour.
    """
    rewrite_styles(root, _compact)


@lru_cache(maxsize=4096)  # the elements of an email have few different styles
def _compact(css: str) -> str:
    style = read_style(css)
    others = [name for name in style if name.startswith("background")]
    is_important = any("!important" in style[name] for name in others)
    is_simple = not is_important and others in (["background"], _BACKGROUND_NAMES, _BACKGROUND_NAMES[::-1])
    if not is_simple or not _COLOUR.fullmatch(style["background"]):
        return write_style(style)
    rest = {name: value for name, value in style.items() if name not in _BACKGROUND_NAMES}
    return write_style(rest | {_BACKGROUND_NAMES[1]: style[others[-1]]})


def drop_defaults(root: etree._Element) -> None:
    """Remove what is so without saying it: no border of a table, separate borders of its cells, no place for one that
    fills its line, `_self` for the window of a link, and a few styles.
    """
    are_joined = joins_borders(root)
    for table in root.iter("table"):
        if table.get("border") == "0":
            del table.attrib["border"]
    for table in layout_tables(root):
        if not are_joined:
            drop_values(table, {"border-collapse": "separate"})
        style = style_of(table)
        fills_line = style.get("width") == "100%" and "max-width" not in style and table.get("width") is None
        if table.get("align") == "center" and fills_line:
            del table.attrib["align"]
        for cell in (cell for row in table.iter("tr") for cell in row if _table_of(cell) is table):
            if table.get("cellpadding") == "0":
                drop_values(cell, {"padding": "0"})
            _drop_copies(cell)
    for element in root.iter(*_DEFAULT_VALUES):
        drop_values(element, _DEFAULT_VALUES[str(element.tag)])
    _drop_defaults_of_pictures(root)
    _drop_defaults_of_links(root)


def _drop_defaults_of_pictures(root: etree._Element) -> None:
    for picture in root.iter("img"):
        if picture.get("alt") == "":  # a picture without words has no text
            style = style_of(picture)
            set_style(picture, {name: value for name, value in style.items() if name not in ("color", "font-size")})
        if picture.get("height") is None:
            drop_values(picture, {"height": "auto"})
        if next(picture.iterancestors("a"), None) is None:  # old mail apps draw a border around a link's picture
            drop_values(picture, {"border": "0"})


def _drop_defaults_of_links(root: etree._Element) -> None:
    has_capitals = "text-transform" in sheets(root) or any(
        style_of(element).get("text-transform", "none") != "none" for element in with_styles(root)
    )
    for link in root.iter("a"):
        if not has_capitals:  # which the link would inherit
            drop_values(link, {"text-transform": "none"})
        if link.get("target") == "_self":
            del link.attrib["target"]


def _drop_copies(cell: etree._Element) -> None:
    """Remove from a cell of a layout table the role that its table has, and the place that cells have anyway."""
    if cell.get("role") == "presentation":
        del cell.attrib["role"]
    if cell.get("valign") == "middle" and "vertical-align" not in style_of(cell):
        del cell.attrib["valign"]


def drop_compiler_classes(root: etree._Element) -> None:
    """Remove the classes that only the compiler needs, if no rule in the head names them."""
    named = "".join(style.text or "" for style in root.iter("style"))
    for element in root.iter(etree.Element):
        attribute = element.get("class")
        if attribute is None:
            continue
        rest = [name for name in attribute.split() if not _COMPILER_CLASSES.fullmatch(name) or f".{name}" in named]
        if rest:
            element.set("class", " ".join(rest))
        else:
            del element.attrib["class"]


def _table_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors("table"), None)


def drop_spaces(root: etree._Element) -> None:
    """Remove white space beside elements that begin a line of their own, unless a style may keep it."""
    if "white-space" in sheets(root) + root.get("style", ""):
        return
    inline = _inline_by_rule(root)
    todo = [next(root.iter("body"))]
    while todo:
        element = todo.pop()
        children = list(element)
        if not children or element.tag not in _WITH_LINES or not _joins_spaces(element.get("style", "")):
            continue
        todo += [child for child in children if child.tag in _WITH_LINES]
        begins = [_begins_line(child, inline) for child in children]
        if _is_space(element.text) and begins[0]:
            element.text = None
        for child, is_line, is_next_line in zip(children, begins, [*begins[1:], True], strict=True):
            if _is_space(child.tail) and is_line and is_next_line:
                child.tail = None


@lru_cache(maxsize=4096)  # the elements of an email have few different styles
def _joins_spaces(css: str) -> bool:
    """Check whether a style lets several spaces be one."""
    spaces = {value for name, value in read_style(css).items() if name.startswith("white-space")}
    return spaces <= {"normal", "nowrap"}


@lru_cache(maxsize=4096)
def _is_block(css: str) -> bool:
    """Check whether a style lets an element that begins a line do so."""
    return read_style(css).get("display", "block") in ("block", "list-item", "table")


def _inline_by_rule(root: etree._Element) -> Collection[etree._Element]:
    """Return the elements that a rule of the head may put into a line."""
    inline = [
        rule
        for sheet in root.iter("style")
        for rule in rules(sheet.text or "")
        if "inline" in declarations(rule.declarations).get("display", ("", False))[0]
    ]
    return match_rules(root, inline)


def _is_space(text: str | None) -> bool:
    return text is not None and not text.strip(" \t\r\n")


def _begins_line(node: etree._Element, inline: Collection[etree._Element]) -> bool:
    """Check whether an element begins a line of its own.

    Args:
        node: an element or a comment.
        inline: the result of `_inline_by_rule`.
    """
    return node.tag in _WITH_LINES and _is_block(node.get("style", "")) and node not in inline

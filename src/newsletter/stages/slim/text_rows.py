"""Merge pieces of text into one cell, without a div for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsletter.css.parser import declarations, rules
from newsletter.dom.tree import remove_keeping_tail
from newsletter.stages.slim.elements import (
    PLAIN_CELL,
    has_words,
    layout_tables,
    names,
    only_child,
    set_style,
    style_of,
    take_content,
)
from newsletter.stages.slim.padding import padding_of, read_padding, write_padding

_BLOCKS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote"])
_CLASS = re.compile(r"\.([\w-]+)")
_COMBINATORS = re.compile(r"[\s>+~]+")
_DIV = re.compile(r"div(?![\w-])|\*")


def merge_text_rows(root: etree._Element) -> None:
    """Write pieces of text that follow each other into one cell.

    Padding between them becomes the margin of the last paragraph. The margins of two paragraphs in one cell become one,
    so the second piece must begin without a margin.
    """
    for table in layout_tables(root):
        before: etree._Element | None = None
        for row in list(table):  # a comment, such as one for Outlook, is no row, and stays between its neighbours
            text = _text_of(row) if row.tag == "tr" else None
            if text is not None and before is not None and _alike(before, text):
                _append(before, text)
                remove_keeping_tail(row)
            else:
                before = text


def _text_of(row: etree._Element) -> etree._Element | None:
    """Return the div with the text of a row that has nothing else, no class, and no padding at its sides."""
    cell = only_child(row, "td")
    if cell is None or names(row) or names(cell) - {"style", "align"}:
        return None
    style = style_of(cell)
    text = only_child(cell, "div")
    padding = read_padding(style.get("padding", ""))
    if padding is None or padding[1] or padding[3] or not style.keys() <= PLAIN_CELL:
        return None
    if text is None or names(text) != {"style"}:
        return None
    return text if not has_words(text) and len(text) else None


def _alike(above: etree._Element, below: etree._Element) -> bool:
    cells = [cell for cell in (above.getparent(), below.getparent()) if cell is not None]
    paddings = [padding_of(cell) for cell in cells]
    last, first = above[-1], below[0]
    return (
        above.get("style") == below.get("style")
        and len({cell.get("align") for cell in cells}) == 1
        and last.tag in _BLOCKS
        and first.tag in _BLOCKS
        and _begins_at_top(first)
        and not any(name.startswith("margin-") for name in style_of(last))
        and paddings[1][0] == 0
        and (paddings[0][2] == 0 or (last.tag == "p" and read_padding(style_of(last).get("margin", "")) is not None))
    )


def _append(above: etree._Element, below: etree._Element) -> None:
    """Move the content of a text to the end of the text above, with the padding between and after them."""
    cell, other = above.getparent(), below.getparent()
    if cell is None or other is None:
        return
    top, right, bottom, left = padding_of(cell)
    if bottom:
        last = style_of(above[-1])
        margin = read_padding(last["margin"]) or (0, 0, 0, 0)
        set_style(above[-1], last | {"margin": write_padding((*margin[:2], margin[2] + bottom, margin[3]))})
    set_style(cell, style_of(cell) | {"padding": write_padding((top, right, padding_of(other)[2], left))})
    above.extend(list(below))


def _begins_at_top(block: etree._Element) -> bool:
    """Check whether nothing at the beginning of a block has a margin."""
    style = style_of(block)
    tops = {style[name].partition(" ")[0] for name in ("margin", "margin-top") if name in style}
    if tops != {"0"}:  # of two different values the later one counts, or an important one
        return False
    first = block[0] if len(block) else None
    return first is None or first.tag not in (*_BLOCKS, "li", "dt") or _begins_at_top(first)


def unwrap_text(root: etree._Element) -> None:
    """Remove the div around the text of a cell: the cell gets its style, which Outlook reads there, too."""
    rules_of_divs = list(_rules_of_divs(root))
    for cell in root.iter("td"):
        text = only_child(cell, "div")
        if text is None or names(text) != {"style"} or style_of(cell).get("font-size") != "0":
            continue
        style = style_of(text)
        if not style.keys() <= {"font-family", "font-size", "line-height", "text-align", "color", "font-weight"}:
            continue
        if not all(_is_redundant(text, cell, *rule) for rule in rules_of_divs):
            continue
        take_content(cell, text)
        own = style_of(cell)
        if own.get("text-align", cell.get("align")) == style.get("text-align") and "align" in cell.attrib:
            del cell.attrib["align"]
        set_style(cell, own | style)


def _rules_of_divs(root: etree._Element) -> Iterator[tuple[set[str], set[str]]]:
    """Yield, for each selector of the head that may match a div, its classes, and the tags that get the same colour."""
    for sheet in root.iter("style"):
        for rule in rules(sheet.text or ""):
            selectors = [selector.strip() for selector in rule.selectors.split(",")]
            for selector in selectors:
                last = _COMBINATORS.split(selector)[-1]
                if not _DIV.match(last):
                    continue
                before = selector.removesuffix(last)
                is_hard = "(" in rule.selectors
                is_simple = not is_hard and not re.search(r"[>+~:\[]", before)
                same = {each.removeprefix(before) for each in selectors if each.startswith(before)}
                only_colour = declarations(rule.declarations).keys() <= {"color"}
                yield (
                    set() if is_hard else set(_CLASS.findall(selector)),
                    same if is_simple and only_colour else set(),
                )


def _is_redundant(text: etree._Element, cell: etree._Element, needed: set[str], same: set[str]) -> bool:
    """Check whether a rule of the head still colours all words of a cell when the div around them is gone.

    Args:
        text: the div.
        cell: its cell.
        needed: the classes around an element that the rule needs.
        same: the tags that the rule names.
    """
    around = {name for element in cell.iterancestors() for name in element.get("class", "").split()}
    if not needed <= around | set(cell.get("class", "").split()):
        return True
    if same & {"td", "*"} and needed <= around:
        return True
    return not has_words(text) and all(same & {str(child.tag), "*"} for child in text.iterchildren(etree.Element))

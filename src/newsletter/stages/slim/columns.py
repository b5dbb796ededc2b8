"""Flatten the frame: MJML writes four tables around the words of a section, where one or two are enough.

A layout has no meaning for readers. What Outlook for Windows knows of it stays: padding is in table cells.
"""

from __future__ import annotations

import re

from lxml import etree

from newsletter.css.compact import Style
from newsletter.css.parser import declarations, rules
from newsletter.stages.slim.elements import (
    PLAIN_CELL,
    free_class,
    has_plain_style,
    has_words,
    layout_tables,
    names,
    only_child,
    only_row,
    set_style,
    style_of,
    take_content,
)
from newsletter.stages.slim.padding import SIDES, read_padding, write_padding

_COLUMN = "mj-column-per-100"
_COLUMN_CLASSES = {_COLUMN, "mj-outlook-group-fix"}
_COLUMN_STYLE = {"font-size", "text-align", "direction", "display", "vertical-align", "width"}
_INSET = "data-inset"
"""The attribute of the html element with the class that `flatten_columns` has given, for `join_single_rows`."""
_COLUMN_CELL = re.compile(rf"\.{_COLUMN}\s*>\s*table\s*>\s*tbody\s*>\s*tr\s*>\s*td\b")


def flatten_columns(root: etree._Element) -> None:
    """Remove the two tables of a section's only column: the section's cell gets its padding.

    The section's cell gets a class, so that rules in the head that name the column's cell, such as those with a
    narrower padding on a phone, name the section's. If one column has to stay, all stay.
    """
    columns = [div for div in root.iter("div") if _COLUMN in div.get("class", "").split()]
    frames = [_frame(column) for column in columns]
    if not columns or not all(frames):
        return
    inset = free_class(root, "inset")
    for column, frame in zip(columns, frames, strict=True):
        if frame is not None:
            _flatten(column, *frame, inset)
    for sheet in root.iter("style"):
        sheet.text = _COLUMN_CELL.sub(f".{inset}", sheet.text or "")
    root.set(_INSET, inset)


def _frame(column: etree._Element) -> tuple[etree._Element, etree._Element] | None:
    """Return the cell around a column and the cell in it; None if one of them has a look that would be lost."""
    around = column.getparent()
    table = only_child(column, "table")
    row = only_row(table) if table is not None else None
    inside = only_child(row, "td") if row is not None else None
    if around is None or around.tag != "td" or table is None or inside is None:
        return None
    is_alone = not has_words(around) and list(around.iterchildren(etree.Element)) == [column]
    outer, own = style_of(around), style_of(column)
    if (
        not is_alone
        or not names(column) <= {"class", "style"}
        or not set(column.get("class", "").split()) <= _COLUMN_CLASSES
        or not own.keys() <= _COLUMN_STYLE
        or not has_plain_style(table, {"table-layout"})
        or outer.get("padding") != "0"
        or any(name.startswith("padding-") for name in outer)
        or names(inside) - {"style"}
        or _families(outer) & _families(style_of(inside)) - {"padding", "vertical"}
        # A background would get the corners of the section.
        or ("background" in _families(style_of(inside)) and "border-radius" in outer)
    ):
        return None
    return around, inside


def _families(style: Style) -> set[str]:
    """Return the first words of properties: `border` counts as the same as `border-left`."""
    return {name.partition("-")[0] for name in style}


def _flatten(column: etree._Element, around: etree._Element, inside: etree._Element, inset: str) -> None:
    style, own = style_of(around) | style_of(inside), style_of(column)
    style |= {name: own[name] for name in ("text-align", "direction") if name in own}
    style.pop("font-size", None)  # no gap between columns is left to hide
    style.pop("vertical-align", None)  # no other cell is in the row
    take_content(around, inside)
    set_style(around, style)
    around.set("class", f"{around.get('class', '')} {inset}".strip())


def drop_tbody(root: etree._Element) -> None:
    """Remove `<tbody>` from layout tables, where browsers add it by themselves."""
    for table in layout_tables(root):
        body = only_child(table, "tbody")
        if body is not None and not names(body):
            take_content(table, body)


def join_single_rows(root: etree._Element) -> None:
    """Remove the table of a section that has only one row: the section's cell gets its content and its padding."""
    inset = root.get(_INSET)
    if inset is None:
        return
    del root.attrib[_INSET]
    ruled = _ruled_paddings(root, inset)
    for table in layout_tables(root):
        cell, row = table.getparent(), only_row(table)
        inside = only_child(row, "td") if row is not None else None
        if cell is None or inset not in cell.get("class", "").split() or inside is None:
            continue
        style, own = style_of(cell), style_of(inside)
        padding = read_padding(own.get("padding", "0"))
        around = read_padding(style.get("padding", "0"))
        if (
            only_child(cell, "table") is None
            or not has_plain_style(table, {"table-layout", "width"})
            or "100%" not in (table.get("width"), style_of(table).get("width"))
            or any(name.startswith("padding-") for name in style)
            or not own.keys() <= PLAIN_CELL
            or names(inside) - {"style", "align"}
            or padding is None
            or around is None
            or any(length and side in ruled for length, side in zip(padding, SIDES, strict=True))
        ):
            continue
        rest = {name: value for name, value in own.items() if name not in ("padding", "vertical-align")}
        both = write_padding([a + b for a, b in zip(around, padding, strict=True)])
        take_content(cell, inside)
        set_style(cell, style | {"padding": both} | rest)
        if align := inside.get("align"):
            cell.set("align", align)


def _ruled_paddings(root: etree._Element, name: str) -> set[str]:
    """Return the sides of which rules of the head say the padding for a class: no sum in a style would count there."""
    properties = {
        prop
        for sheet in root.iter("style")
        for rule in rules(sheet.text or "")
        if f".{name}" in rule.selectors
        for prop in declarations(rule.declarations)
    }
    return set(SIDES) if "padding" in properties else {side for side in SIDES if f"padding-{side}" in properties}

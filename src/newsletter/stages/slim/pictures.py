"""Remove the table around each picture."""

from __future__ import annotations

import re

from lxml import etree

from newsletter.stages.slim.elements import (
    has_plain_style,
    names,
    only_child,
    only_row,
    set_style,
    style_of,
    take_content,
)


def unwrap_pictures(root: etree._Element) -> None:
    """Remove the table around a picture that is at the side where its language begins.

    The table kept the picture from growing wider than it is; `max-width` does the same, and Outlook reads `width`.
    """
    for picture in list(root.iter("img")):
        link = picture.getparent()
        content = link if link is not None and link.tag == "a" else picture
        inner = content.getparent()
        if inner is None or inner.tag != "td" or only_child(inner, str(content.tag)) is None:
            continue
        table = _around_only(inner)
        cell = table.getparent() if table is not None else None
        if table is None or cell is None or cell.tag != "td" or only_child(cell, "table") is None:
            continue
        width, style = style_of(inner).get("width"), style_of(picture)
        if (
            table.get("role") != "presentation"
            or not has_plain_style(table, {"border-collapse", "border-spacing"})
            or not picture.get("width")
            or names(inner) != {"style"}
            or set(style_of(inner)) != {"width"}
            or not re.fullmatch(r"\d+px", width or "")
            or style.get("width") != "100%"
            or cell.get("align") != ("right" if _direction(cell) == "rtl" else "left")
        ):
            continue
        set_style(picture, style | {"max-width": str(width)})
        take_content(cell, inner)


def _around_only(cell: etree._Element) -> etree._Element | None:
    """Return the table of which a cell is the only one."""
    row = cell.getparent()
    around = row.getparent() if row is not None else None
    table = around.getparent() if around is not None and around.tag == "tbody" else around
    if table is None or table.tag != "table" or only_row(table) is None or row is None or len(row) != 1:
        return None
    return table


def _direction(element: etree._Element) -> str:
    around = (element, *element.iterancestors())
    return next((direction for each in around if (direction := each.get("dir"))), "ltr")

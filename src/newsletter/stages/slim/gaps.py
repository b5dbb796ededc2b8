"""Replace gaps between rows, which are rows of their own, by padding."""

from __future__ import annotations

import re

from lxml import etree

from newsletter.dom.tree import remove_keeping_tail
from newsletter.stages.slim.elements import PLAIN_CELL, layout_tables, names, only_child, set_style, style_of
from newsletter.stages.slim.padding import padding_of, read_padding, write_padding


def fold_spacers(root: etree._Element) -> None:
    """Turn the row of a gap into padding of the row above it or, if that one has a background, below it."""
    for table in layout_tables(root):
        for row in [row for row in table if row.tag == "tr"]:
            height = _gap(row)
            if height is None:
                continue
            above, below = row.getprevious(), row.getnext()
            if above is not None and _can_grow(above):
                _pad(above[0], bottom=height)
            elif below is not None and _can_grow(below):
                _pad(below[0], top=height)
            else:
                _give_size(row[0])
                continue
            remove_keeping_tail(row)


def _gap(row: etree._Element) -> float | None:
    """Return the height in px of a row that is only a gap; None for any other."""
    cell = only_child(row, "td") if not names(row) else None
    gap = only_child(cell, "div") if cell is not None else None
    if cell is None or gap is None or gap.get("aria-hidden") != "true" or len(gap):
        return None
    style = style_of(gap)
    height = re.fullmatch(r"(\d+)px", style.get("height", ""))
    if not height or set(style) != {"height", "line-height"} or not style_of(cell).keys() <= PLAIN_CELL:
        return None
    padding = read_padding(style_of(cell).get("padding", "0"))
    is_empty = names(cell) <= {"style"} and not (gap.text or "").strip()  # of a hair space, too
    return float(height[1]) + padding[0] + padding[2] if is_empty and padding is not None else None


def _give_size(cell: etree._Element) -> None:
    """Write a size of 1 px for a space of 0 px: rspamd takes letters of that size for a sign of spam (ZERO_FONT)."""
    style = style_of(cell)
    if style.get("font-size") == "0":
        set_style(cell, style | {"font-size": "1px"})


def _can_grow(row: etree._Element) -> bool:
    """Check whether more padding of a row's cell is only more room: neither of them has a background or a border."""
    cell = only_child(row, "td")
    if cell is None or names(row) or {"bgcolor", "background"} & names(cell):
        return False
    style = style_of(cell)
    return style.keys() <= PLAIN_CELL and read_padding(style.get("padding", "0")) is not None


def _pad(cell: etree._Element, top: float = 0, bottom: float = 0) -> None:
    padding = padding_of(cell)
    grown = write_padding((padding[0] + top, padding[1], padding[2] + bottom, padding[3]))
    set_style(cell, style_of(cell) | {"padding": grown})

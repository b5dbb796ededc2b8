"""Read and write `padding` and `margin` in px."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from newsletter.stages.slim.elements import style_of

SIDES = ("top", "right", "bottom", "left")


def read_padding(value: str) -> tuple[float, float, float, float] | None:
    """Return the lengths of `padding` in px: top, right, bottom, left; None for other units."""
    matches = [re.fullmatch(r"(\d+(?:\.\d+)?)px|0", part) for part in value.split()]
    lengths = [float(match[1] or 0) for match in matches if match]
    if len(lengths) != len(matches) or not 1 <= len(lengths) <= 4:
        return None
    top = lengths[0]
    right = lengths[1] if len(lengths) > 1 else top
    bottom = lengths[2] if len(lengths) > 2 else top
    return top, right, bottom, lengths[3] if len(lengths) > 3 else right


def padding_of(cell: etree._Element) -> tuple[float, float, float, float]:
    """Return the padding of a cell in px: top, right, bottom, left; 0 if it has none, or other units."""
    return read_padding(style_of(cell).get("padding", "0")) or (0, 0, 0, 0)


def write_padding(lengths: Iterable[float]) -> str:
    """Return lengths in px, from the top clockwise, as the shortest value."""
    top, right, bottom, left = (f"{length:g}px" if length else "0" for length in lengths)
    if right != left:
        return f"{top} {right} {bottom} {left}"
    if top != bottom:
        return f"{top} {right} {bottom}"
    return top if top == right else f"{top} {right}"

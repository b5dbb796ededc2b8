"""Read and write `padding` and `margin`: their four sides, in px or in any unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lxml import etree

from newsletter.stages.slim.elements import style_of

SIDES = ("top", "right", "bottom", "left")


def split_sides(value: str) -> tuple[str, str, str, str] | None:
    """Return the four parts of a value: top, right, bottom, left; None if it has no part, a fifth, or a function."""
    parts = value.split()
    if not 1 <= len(parts) <= 4 or any(sign in value for sign in "!;()"):
        return None
    top = parts[0]
    right = parts[1] if len(parts) > 1 else top
    bottom = parts[2] if len(parts) > 2 else top
    return top, right, bottom, parts[3] if len(parts) > 3 else right


def join_sides(sides: Sequence[str]) -> str:
    """Return four parts, from the top clockwise, as the shortest value."""
    top, right, bottom, left = sides
    if right != left:
        return f"{top} {right} {bottom} {left}"
    if top != bottom:
        return f"{top} {right} {bottom}"
    return top if top == right else f"{top} {right}"


@lru_cache(maxsize=512)  # an email has few different values
def read_padding(value: str) -> tuple[float, float, float, float] | None:
    """Return the lengths of `padding` in px: top, right, bottom, left; None for other units."""
    sides = split_sides(value)
    if sides is None:
        return None
    matches = [re.fullmatch(r"(\d+(?:\.\d+)?)px|0", side) for side in sides]
    top, right, bottom, left = (float(match[1] or 0) if match else None for match in matches)
    if top is None or right is None or bottom is None or left is None:
        return None
    return top, right, bottom, left


def padding_of(cell: etree._Element) -> tuple[float, float, float, float]:
    """Return the padding of a cell in px: top, right, bottom, left; 0 if it has none, or other units."""
    return read_padding(style_of(cell).get("padding", "0")) or (0, 0, 0, 0)


def write_padding(lengths: Iterable[float]) -> str:
    """Return lengths in px, from the top clockwise, as the shortest value."""
    return join_sides([f"{length:g}px" if length else "0" for length in lengths])

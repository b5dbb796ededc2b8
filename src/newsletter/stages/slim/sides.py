"""Write margins, padding and borders in one declaration each. A rule that changes one side leaves two."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from newsletter.css.compact import read_style, write_style
from newsletter.stages.slim.elements import rewrite_styles
from newsletter.stages.slim.padding import SIDES, join_sides, split_sides

_BOXES = ("margin", "padding")
_LOGICAL = ("-inline", "-block")
"""Names of sides that depend on the direction of the text, and so does the order in which they count."""
_CSS_WIDE_KEYWORDS = frozenset(["inherit", "initial", "revert", "unset"])
"""Values that no other can be beside."""


def join_declarations(root: etree._Element) -> None:
    """Write `margin:0 0 16px;margin-bottom:0` as `margin:0`, and no side of a border before the whole border."""
    rewrite_styles(root, _joined)


@lru_cache(maxsize=4096)  # the elements of an email have few different styles
def _joined(css: str) -> str:
    """Return a style in which a later value of one side is part of the value of all four."""
    style = read_style(css)
    if any(logical in name for name in style for logical in _LOGICAL):
        return css
    result: dict[str, str] = {}
    for name, value in style.items():
        box, _, side = name.partition("-")
        if name in (*_BOXES, "border") and _is_plain(value):
            sides = [f"{name}-{each}" for each in SIDES]
            result = {key: old for key, old in result.items() if key not in sides or not _is_plain(old)}
            values = split_sides(value)
            result[name] = value if values is None or name == "border" else join_sides(values)
        elif box in _BOXES and side in SIDES and box in result and _is_plain(value) and len(value.split()) == 1:
            values = split_sides(result[box])
            if values is None:
                result[name] = value
            else:
                at = SIDES.index(side)
                result[box] = join_sides([*values[:at], value, *values[at + 1 :]])
        else:
            result[name] = value
    return write_style(result)


def _is_plain(value: str) -> bool:
    """Check whether a value is not important, the only one of its property, and can be beside others."""
    return value not in _CSS_WIDE_KEYWORDS and not any(sign in value for sign in "!;()")

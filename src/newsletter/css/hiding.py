"""Recognises declarations that take an element away, or keep its words in the page, but out of sight."""

from __future__ import annotations

import re
from functools import lru_cache

from newsletter.css.parser import declarations, value_of

_ALMOST_ZERO = re.compile(r"[01](?:\.0+)?(?:px)?|0(?:\.\d+)?(?:[a-z]{2,4}|%)?")
_SIDES = [limit + side for side in ("height", "width", "block-size", "inline-size") for limit in ("", "max-")]
_SIDES_OF_A_BOX = ("left", "right", "top", "bottom", "inset", "inset-inline-start", "inset-inline-end")
_PLACES = (*_SIDES_OF_A_BOX, "text-indent", "margin-left")
_DISTANCE = re.compile(r"-(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(px|r?em|%|v[wh])")
_REMOVING_VALUES = (("display", "none"), ("visibility", "hidden"), ("mso-hide", "all"))
_PX = {"px": 1, "em": 16, "rem": 16, "%": 10, "vw": 10, "vh": 10}
"""What a unit is in px at least; that of a share of the screen is one for a screen of 1,000 px."""


@lru_cache(maxsize=10_000)
def hides_from_everybody(css: str) -> bool:
    """Check whether declarations take an element away for everybody: nobody sees it, and no screen reader reads it."""
    return any(value_of(css, name) == value for name, value in _REMOVING_VALUES)


@lru_cache(maxsize=1_000)
def hiding_declaration(css: str, distance: float = 500) -> str:
    """Return the declaration that puts an element's words out of sight, such as `left: -9999px`; empty if none does.

    Args:
        css: declarations.
        distance: how far away from its place, in px, an element is out of sight.
    """
    own = {name: value.lower().replace(" ", "") for name, (value, _) in declarations(css).items()}
    if own.get("overflow", "") in ("hidden", "clip"):
        for name in _SIDES:
            if _ALMOST_ZERO.fullmatch(own.get(name, "")):
                return f"{name}: {own[name]}"
    for name in _PLACES:
        if (match := _DISTANCE.match(own.get(name, ""))) and float(match[1]) * _PX[match[2]] >= distance:
            return f"{name}: {own[name]}"
    if re.fullmatch(r"0(\.0+)?%?", own.get("opacity", "")):
        return f"opacity: {own['opacity']}"
    return next((name for name in ("clip", "clip-path") if own.get(name, "auto") not in ("auto", "none")), "")

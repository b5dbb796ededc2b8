"""Evaluates media queries: in which views a rule counts."""

from __future__ import annotations

import re
from functools import lru_cache

ON_NARROW, ON_WIDE, IN_OUTLOOK_COM = "on a narrow screen", "on a wide screen", "in Outlook.com's dark mode"

OTHER_VIEWS = {ON_NARROW: "light", ON_WIDE: "light", IN_OUTLOOK_COM: "dark"}
"""Views beside `light` and `dark`, each with the one it is like: the rules of that one count in it, too."""

SCREEN_WIDTHS = {ON_NARROW: 320, ON_WIDE: 1280}  # in px, of a small phone and of a common laptop

_WIDTH = re.compile(r"\s*(?:(min|max)-(?:device-)?width\s*:|width\s*([<>])=?)\s*(\d+(?:\.\d+)?|\.\d+)(px|em|rem)\s*")


@lru_cache(maxsize=1_000)
def applies_at_width(media: str, width: int) -> bool:
    """Check whether a media query is true on a screen of a width in px, for a reader without special settings."""
    return any(_is_true(query.strip().lower(), width) for query in media.split(","))


def _is_true(query: str, width: int) -> bool:
    conditions = re.findall(r"\(([^()]*)\)", query)
    words = set(re.sub(r"\([^()]*\)", " ", query).split())
    return words <= {"only", "screen", "all", "and"} and all(
        holds_at_width(condition, width) for condition in conditions
    )


def is_about_width(condition: str) -> bool:
    """Check whether a condition of a media query, without its parentheses, is about the width of the screen."""
    return _WIDTH.fullmatch(condition) is not None


def holds_at_width(condition: str, width: int) -> bool:
    """Check whether a condition of a media query, without its parentheses, is true on a screen of a width in px."""
    match = _WIDTH.fullmatch(condition)
    if not match:
        return bool(re.fullmatch(r"\s*orientation\s*:\s*portrait\s*", condition)) and width < 600
    limit = float(match[3]) * (1 if match[4] == "px" else 16)
    return width >= limit if match[1] == "min" or match[2] == ">" else width <= limit

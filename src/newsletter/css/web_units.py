"""Turn values that only the style sheet of a website may use into colours and sizes in px."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from newsletter.css.parser import StyleRule, declarations, value_of
from newsletter.css.selectors import each_selector

_ROOTS = frozenset([":root", "html"])
_DARK = "(prefers-color-scheme: dark)"
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_REM = re.compile(r"(?<![\w.#-])(\d+(?:\.\d+)?|\.\d+)rem\b")
_CLAMP = re.compile(r"clamp\(\s{0,9}([^,()]{1,99}),[^()]{0,199}\)")
_DEEPEST = 5
"""How many variables can be in one another."""


def with_plain_values(sheet: Sequence[StyleRule]) -> tuple[tuple[StyleRule, StyleRule], ...]:
    """Return a style sheet with the values of its variables and with sizes in px, each rule with the one it is from.

    A rule whose variables differ in dark mode is followed by one that holds there. `rem` follows the size of the root,
    and `clamp()` is the least that it can be.
    """
    roots = [rule for rule in sheet if _ROOTS.intersection(each_selector(rule.selectors))]
    light = _variables(rule for rule in roots if not rule.media)
    dark = light | _variables(rule for rule in roots if rule.is_dark)
    rem = _root_size(rule for rule in roots if not rule.media)
    plain = []
    for rule in sheet:
        css = _plain(rule.declarations, dark if rule.is_dark else light, rem)
        plain.append((replace(rule, declarations=css), rule))
        if not rule.media and (in_dark := _plain(rule.declarations, dark, rem)) != css:
            plain.append((replace(rule, media=_DARK, declarations=in_dark), rule))
    return tuple(plain)


def _variables(roots: Iterator[StyleRule]) -> dict[str, str]:
    return {
        name: value
        for rule in roots
        for name, (value, _) in declarations(rule.declarations).items()
        if name.startswith("--")
    }


def _root_size(roots: Iterator[StyleRule]) -> float:
    """Return the size of the root's text in px, for a reader whose browser has the usual 16 px."""
    size = 16.0
    for rule in roots:
        match = re.fullmatch(r"([\d.]{1,9})(%|px)", value_of(rule.declarations, "font-size"))
        if match and match[1].count(".") < 2:
            size = float(match[1]) * (0.16 if match[2] == "%" else 1)
    return size


def _plain(css: str, variables: Mapping[str, str], rem: float) -> str:
    for _ in range(_DEEPEST):
        if "var(" not in css:
            break
        css = _VARIABLE.sub(lambda match: variables.get(match[1], match[2] or match[0]).strip(), css)
    css = _CLAMP.sub(lambda match: match[1].strip(), css) if "clamp(" in css else css
    return _REM.sub(lambda match: f"{float(match[1]) * rem:g}px", css) if "rem" in css else css

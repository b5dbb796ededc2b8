"""The rules that stay in a page's `<style>`, and which elements they reach.

tinycss2 reads them; it enters through this module and `colour` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import tinycss2

from newsletter.css.media import IN_OUTLOOK_COM, OTHER_VIEWS, SCREEN_WIDTHS, applies_at_width

Declarations = dict[str, tuple[str, bool]]
"""Values by property, each with whether it is `!important`."""

MatchedDeclarations = tuple[str, ...]
"""Declarations that reach one element, in the order of the cascade."""


_LOOKS = re.compile(r"color|background|font|display|visibility|decoration")  # what rules ask a view for
_RECOLOURED = re.compile(r"\[\s*data-ogs[cb]\s*\]", re.IGNORECASE)
_FONT = re.compile(
    r"(?P<before>(?:[a-z-]+\s+|\d00\s+)*?)"
    r"(?P<size>[\d.]+(?:[a-z]+|%)|(?:xx?-)?small|medium|(?:xx?-)?large|smaller|larger)"
    r"(?:\s*/\s*(?P<line>[\w.%]+))?\s+(?P<family>.+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class StyleRule:
    """One rule of a style sheet: the media query around it (empty for none), its selectors, its declarations."""

    media: str
    selectors: str
    declarations: str

    @cached_property
    def is_dark(self) -> bool:
        """Whether it is for readers who prefer dark colours."""
        return bool(re.search(r"prefers-color-scheme\s*:\s*dark", self.media))

    @cached_property
    def views(self) -> frozenset[str]:
        """In which views it counts: `light`, `dark`, and those of ELSEWHERE."""
        if _RECOLOURED.search(self.selectors):
            return frozenset([IN_OUTLOOK_COM] if not self.media or self.is_dark else [])
        if not self.media:
            return frozenset(["light", "dark", *OTHER_VIEWS])
        if self.is_dark:
            return frozenset(["dark", IN_OUTLOOK_COM])
        if not _LOOKS.search(self.declarations):
            return frozenset()
        return frozenset(view for view, width in SCREEN_WIDTHS.items() if applies_at_width(self.media, width))

    def changes(self, view: str, like: str) -> bool:
        """Whether it counts in a view and not in the one that this is like."""
        return view in self.views and like not in self.views


@lru_cache(maxsize=100)
def rules(css: str, media: str = "") -> tuple[StyleRule, ...]:
    """Read a style sheet.

    Rules inside `@media` keep their media queries. Those inside `@supports` and `@layer` count as well, since some mail
    app will apply them. Other at-rules, such as `@font-face`, are passed over.
    """
    return tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), media))


def _rules(nodes: Iterable[Any], media: str) -> Iterator[StyleRule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield StyleRule(media, _text(node.prelude), _text(node.content))
        elif node.type == "at-rule" and node.content is not None:
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if node.lower_at_keyword == "media":
                yield from _rules(inside, f"{media} {_text(node.prelude)}".strip())
            elif node.lower_at_keyword in ("supports", "layer"):
                yield from _rules(inside, media)


def _text(tokens: Iterable[Any]) -> str:
    """Write tokens as CSS, without comments."""
    text: str = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    return text.strip()


@lru_cache(maxsize=10_000)
def declarations(css: str) -> Declarations:
    """Read `color: red; margin: 0 !important`; of two equal properties the last counts, unless one is important.

    `font` stands for its longhands, which it sets, as well as for itself.
    """
    values: Declarations = {}
    for node in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue  # what no browser reads
        value = _text(node.value)
        for name, own in ((node.lower_name, value), *(_font(value) if node.lower_name == "font" else ())):
            if node.important or not values.get(name, ("", False))[1]:
                values.pop(name, None)
                values[name] = (own, node.important)
    return values


def _font(value: str) -> tuple[tuple[str, str], ...]:
    """Take `font: italic bold 18px/1.6 Verdana, sans-serif` apart; what it does not name goes back to normal."""
    found = _FONT.fullmatch(value.strip())
    if not found:
        return ()  # such as inherit, or a font of the system
    words = found["before"].lower().split()
    return (
        ("font-style", next((word for word in words if word in ("italic", "oblique")), "normal")),
        (
            "font-weight",
            next((word for word in words if word.isdigit() or word.startswith(("bold", "light"))), "normal"),
        ),
        ("font-size", found["size"]),
        ("line-height", found["line"] or "normal"),
        ("font-family", found["family"]),
    )


@lru_cache(maxsize=10_000)
def cascade(*sources: str) -> Declarations:
    """Give what several declarations make of one element: those of the rules that reach it, its own `style` last."""
    found: Declarations = {}
    for source in sources:
        for name, (value, important) in declarations(source).items():
            if important or not found.get(name, ("", False))[1]:
                found.pop(name, None)  # so that the order of the dict is that of the cascade: shorthands matter
                found[name] = (value, important)
    return found

"""The rules that stay in a page's `<style>`, and which elements they reach.

cssselect enters through this module alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

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
    """Read a style sheet, one level of `@media` deep; other at-rules are passed over."""
    return tuple(_rules(css, media))


def _rules(css: str, media: str) -> Iterator[StyleRule]:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    at = 0
    while (brace := css.find("{", at)) >= 0:
        head, end = css[at:brace].rpartition(";")[2].strip(), _closing(css, brace)
        body = css[brace + 1 : end]
        if head.startswith("@media"):
            yield from _rules(body, f"{media} {head.removeprefix('@media').strip()}".strip())
        elif not head.startswith("@"):
            yield StyleRule(media, head, body)
        at = end + 1


@lru_cache(maxsize=10_000)
def declarations(css: str) -> Declarations:
    """Read `color: red; margin: 0 !important`; of two equal properties the last counts, unless one is important.

    `font` stands for its longhands, which it sets, as well as for itself.
    """
    found: Declarations = {}
    for part in re.split(r";(?![^(]*\))", css):
        name, colon, value = part.partition(":")
        important = bool(re.search(r"!\s*important\s*$", value, re.IGNORECASE))
        value = re.sub(r"!\s*important\s*$", "", value, flags=re.IGNORECASE).strip()
        key = name.strip().lower()
        for longhand, own in ((key, value), *(_font(value) if key == "font" else ())):
            if colon and not (found.get(longhand, ("", False))[1] and not important):
                found.pop(longhand, None)
                found[longhand] = (own, important)
    return found


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


def _closing(css: str, brace: int) -> int:
    depth = 0
    for match in re.finditer(r"[{}]", css[brace:]):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return brace + match.start()
    return len(css)

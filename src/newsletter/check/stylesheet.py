"""The rules that stay in a page's `<style>`, and which elements they reach.

cssselect enters through this module alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

import cssselect
from cssselect.parser import CombinedSelector
from lxml import etree

Declarations = dict[str, tuple[str, bool]]
"""Values by property, each with whether it is `!important`."""


ON_NARROW, ON_WIDE, IN_OUTLOOK_COM = "on a narrow screen", "on a wide screen", "in Outlook.com's dark mode"
ELSEWHERE = {ON_NARROW: "light", ON_WIDE: "light", IN_OUTLOOK_COM: "dark"}
"""Views that rules of the head may make different from the light or dark one, by whose rules count there as well."""

_WIDTHS = {ON_NARROW: 320, ON_WIDE: 1280}  # px; of a small phone, and of a usual laptop
_LOOKS = re.compile(r"color|background|font|display|visibility|decoration")  # what rules ask a view for
_RECOLOURED = re.compile(r"\[\s*data-ogs[cb]\s*\]", re.IGNORECASE)
_TRANSLATOR = cssselect.HTMLTranslator()
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
            return frozenset(["light", "dark", *ELSEWHERE])
        if self.is_dark:
            return frozenset(["dark", IN_OUTLOOK_COM])
        if not _LOOKS.search(self.declarations):
            return frozenset()
        return frozenset(view for view, width in _WIDTHS.items() if _is_shown(self.media, width))

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


@lru_cache(maxsize=1_000)
def _is_shown(media: str, width: int) -> bool:
    """Whether a media query is true in light colours, on a screen of a width in px, for nobody in particular."""
    return any(_is_true(query.strip().lower(), width) for query in media.split(","))


def _is_true(query: str, width: int) -> bool:
    conditions = re.findall(r"\(([^()]*)\)", query)
    words = set(re.sub(r"\([^()]*\)", " ", query).split())
    return words <= {"only", "screen", "all", "and"} and all(_holds(condition, width) for condition in conditions)


def _holds(condition: str, width: int) -> bool:
    found = re.fullmatch(r"\s*(?:(min|max)-(?:device-)?width\s*:|width\s*([<>])=?)\s*([\d.]+)(px|em|rem)\s*", condition)
    if not found:
        return bool(re.fullmatch(r"\s*orientation\s*:\s*portrait\s*", condition)) and width < 600
    limit = float(found[3]) * (1 if found[4] == "px" else 16)
    return width >= limit if found[1] == "min" or found[2] == ">" else width <= limit


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


def reached(root: etree._Element, sheet: Sequence[StyleRule]) -> dict[etree._Element, list[StyleRule]]:
    """Give the rules of a sheet that reach each element, in the order of the cascade: the last one counts most."""
    ranked: dict[etree._Element, list[tuple[tuple[int, int, int], int]]] = {}
    known: dict[tuple[etree.XPath, ...], dict[etree._Element, None]] = {(): {root: None}}

    def matched(steps: tuple[etree.XPath, ...]) -> dict[etree._Element, None]:
        # What `.page p` and `.page td` share is sought once.
        if steps not in known:
            above = matched(steps[:-1])
            known[steps] = {
                found: None for element in above for found in cast(list[etree._Element], steps[-1](element))
            }
        return known[steps]

    for order, rule in enumerate(sheet):
        # What Outlook.com marks may be any element; `:nth-child(n)` is each, and counts as much as an attribute.
        for steps, specificity in _selectors(_RECOLOURED.sub(":nth-child(n)", rule.selectors)):
            for element in matched(steps):
                ranked.setdefault(element, []).append((specificity, order))
    return {element: [sheet[order] for _, order in sorted(ranks)] for element, ranks in ranked.items()}


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


@lru_cache(maxsize=1_000)
def _selectors(selectors: str) -> list[tuple[tuple[etree.XPath, ...], tuple[int, int, int]]]:
    """Give each selector of a list as steps, each from what the one before found, and its specificity."""
    try:
        parsed = cssselect.parse(selectors)
        return [(_steps(item.parsed_tree), item.specificity()) for item in parsed if not item.pseudo_element]
    except (cssselect.SelectorError, etree.XPathError):
        return []  # what no selector engine reads, no mail client obeys


def _steps(tree: Any, axis: str = "descendant-or-self::") -> tuple[etree.XPath, ...]:
    if isinstance(tree, CombinedSelector) and tree.combinator == " ":
        return (*_steps(tree.selector, axis), *_steps(tree.subselector, "descendant::"))
    return (_xpath(f"{axis}{_TRANSLATOR.xpath(tree)}"),)


@lru_cache(maxsize=1_000)
def _xpath(path: str) -> etree.XPath:
    return etree.XPath(path)


def _closing(css: str, brace: int) -> int:
    depth = 0
    for match in re.finditer(r"[{}]", css[brace:]):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return brace + match.start()
    return len(css)

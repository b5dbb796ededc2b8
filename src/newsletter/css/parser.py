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
from cssselect.parser import Class, CombinedSelector, Element, Hash
from lxml import etree

Declarations = dict[str, tuple[str, bool]]
"""Values by property, each with whether it is `!important`."""

Sources = tuple[str, ...]
"""Declarations that reach one element, in the order of the cascade."""

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
_CALLED = etree.XPath("descendant-or-self::*[@id or @class]")


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


def reached(root: etree._Element, sheet: Sequence[StyleRule]) -> dict[etree._Element, tuple[StyleRule, ...]]:
    """Give the rules of a sheet that reach each element, in the order of the cascade: the last one counts most.

    Elements that the same rules reach have them in one tuple.
    """
    found: dict[etree._Element, list[int]] = {}
    page = _Indexed(root)
    # What Outlook.com marks may be any element; `:nth-child(n)` is each, and counts as much as an attribute.
    written = (_RECOLOURED.sub(":nth-child(n)", rule.selectors) for rule in sheet)
    ranked = [(rank, order, steps) for order, css in enumerate(written) for steps, rank in _selectors(css)]
    for _, order, steps in sorted(ranked, key=lambda selector: selector[:2]):
        for element in page.reached(steps):
            found.setdefault(element, []).append(order)
    told: dict[tuple[int, ...], tuple[StyleRule, ...]] = {}
    for orders in map(tuple, found.values()):
        if orders not in told:
            told[orders] = tuple(sheet[order] for order in orders)
    return {element: told[tuple(orders)] for element, orders in found.items()}


@dataclass(frozen=True)
class _Step:
    """One part of a selector, such as each of the two in `.page td`."""

    is_child: bool
    """Whether it has to be a child of what the step before it reaches, and not only somewhere inside."""
    names: tuple[str, ...]
    """The tag (or an asterisk), the id (with #) and the classes (with a point) that an element has to have."""
    path: etree.XPath | None
    """Finds the elements, from the root, where names do not tell them."""


class _Indexed:
    """A page's elements by tag and class; what `.page p` and `.page td` share is sought once."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._named: dict[str, dict[etree._Element, None]] = {}
        for element in cast(list[etree._Element], _CALLED(root)):
            names = [f".{name}" for name in element.get("class", "").split()]
            for name in names if element.get("id") is None else (f"#{element.get('id')}", *names):
                self._named.setdefault(name, {})[element] = None
        self._reached: dict[tuple[_Step, ...], list[etree._Element]] = {}
        self._inside: dict[tuple[tuple[_Step, ...], bool], set[etree._Element]] = {}

    def reached(self, steps: tuple[_Step, ...]) -> list[etree._Element]:
        """Give the elements that a selector reaches."""
        if steps not in self._reached:
            *above, last = steps
            found = self._matching(last)
            if above:
                around = self._within(tuple(above), last.is_child)
                found = [element for element in found if element in around]
            self._reached[steps] = found
        return self._reached[steps]

    def _matching(self, step: _Step) -> list[etree._Element]:
        if step.path is not None:
            return cast(list[etree._Element], step.path(self._root))
        fewest, *others = sorted(map(self._having, step.names), key=len)
        return [element for element in fewest if all(element in other for other in others)] if others else list(fewest)

    def _having(self, name: str) -> dict[etree._Element, None]:
        if name not in self._named:
            is_tag = name[0] not in ".#"
            self._named[name] = dict.fromkeys(self._root.iter(etree.Element if name == "*" else name) if is_tag else ())
        return self._named[name]

    def _within(self, steps: tuple[_Step, ...], is_child: bool) -> set[etree._Element]:
        """Give the children, or all that is inside, of what a selector reaches."""
        if (steps, is_child) not in self._inside:
            around = self.reached(steps)
            inside = (element.iterchildren() if is_child else element.iterdescendants() for element in around)
            self._inside[steps, is_child] = {element for elements in inside for element in elements}
        return self._inside[steps, is_child]


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
def _selectors(selectors: str) -> list[tuple[tuple[_Step, ...], tuple[int, int, int]]]:
    """Give each selector of a list as its steps, and its specificity."""
    try:
        parsed = cssselect.parse(selectors)
        return [(_steps(item.parsed_tree), item.specificity()) for item in parsed if not item.pseudo_element]
    except (cssselect.SelectorError, etree.XPathError):
        return []  # what no selector engine reads, no mail client obeys


def _steps(tree: Any, is_child: bool = False) -> tuple[_Step, ...]:
    if isinstance(tree, CombinedSelector) and tree.combinator in (" ", ">"):
        return (*_steps(tree.selector), *_steps(tree.subselector, tree.combinator == ">"))
    names = _names(tree)
    path = None if names is not None else etree.XPath(f"descendant-or-self::{_TRANSLATOR.xpath(tree)}")
    return (_Step(is_child, names or (), path),)


def _names(tree: Any) -> tuple[str, ...] | None:
    """Give the tag, id and classes that a selector asks for; None if it asks for anything else, as for an attribute."""
    if isinstance(tree, Class | Hash):
        names = _names(tree.selector)
        own = f"#{tree.id}" if isinstance(tree, Hash) else f".{tree.class_name}"
        return None if names is None else (*(name for name in names if name != "*"), own)
    if isinstance(tree, Element) and not tree.namespace:
        return (tree.element.lower() if tree.element else "*",)
    return None


def _closing(css: str, brace: int) -> int:
    depth = 0
    for match in re.finditer(r"[{}]", css[brace:]):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return brace + match.start()
    return len(css)

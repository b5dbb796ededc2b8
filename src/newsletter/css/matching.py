"""Which elements each rule of a style sheet matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import cssselect
from cssselect.parser import Class, CombinedSelector, Element, Hash
from lxml import etree

from newsletter.css.parser import _RECOLOURED, StyleRule

_TRANSLATOR = cssselect.HTMLTranslator()


_CALLED = etree.XPath("descendant-or-self::*[@id or @class]")


def match_rules(root: etree._Element, sheet: Sequence[StyleRule]) -> dict[etree._Element, tuple[StyleRule, ...]]:
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

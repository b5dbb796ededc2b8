"""Finds the elements that each rule of a style sheet matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import cssselect
from cssselect.parser import Class, CombinedSelector, Element, Hash
from lxml import etree

from newsletter.css.parser import RECOLOURED, StyleRule

_TRANSLATOR = cssselect.HTMLTranslator()

_WITH_ID_OR_CLASS = etree.XPath("descendant-or-self::*[@id or @class]")


def match_rules(root: etree._Element, sheet: Sequence[StyleRule]) -> dict[etree._Element, tuple[StyleRule, ...]]:
    """Return the rules of a sheet that match each element, in the order of the cascade: the last one counts most.

    Elements that the same rules match share one tuple. Elements that no rule matches are left out.
    """
    if not sheet:
        return {}
    matches: dict[etree._Element, list[int]] = {}
    page = PageIndex(root)
    # Outlook.com may mark any element. `:nth-child(n)` matches each, and is as specific as an attribute.
    selectors = (RECOLOURED.sub(":nth-child(n)", rule.selectors) for rule in sheet)
    ranked = [(rank, order, steps) for order, css in enumerate(selectors) for steps, rank in _selectors(css)]
    for _, order, steps in sorted(ranked, key=lambda selector: selector[:2]):
        for element in page.matches(steps):
            matches.setdefault(element, []).append(order)
    matched_rules: dict[tuple[int, ...], tuple[StyleRule, ...]] = {}
    for orders in map(tuple, matches.values()):
        if orders not in matched_rules:
            matched_rules[orders] = tuple(sheet[order] for order in orders)
    return {element: matched_rules[tuple(orders)] for element, orders in matches.items()}


@dataclass(frozen=True)
class _Step:
    """One part of a selector, such as each of the two in `.page td`."""

    is_child: bool
    """Whether an element has to be a child of a match of the step before, and not only a descendant."""
    names: tuple[str, ...]
    """The tag (or an asterisk), the id (with #) and the classes (with a dot) that an element has to have."""
    path: etree.XPath | None
    """Finds the elements, from the root, if names are not enough; else None."""


class PageIndex:
    """A page's elements by tag, id and class. The step that `.page p` and `.page td` share is matched once.

    It holds for the page as it was at the first selector.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._by_name: dict[str, dict[etree._Element, None]] = {}
        for element in cast(list[etree._Element], _WITH_ID_OR_CLASS(root)):
            classes = [f".{name}" for name in element.get("class", "").split()]
            for name in classes if element.get("id") is None else (f"#{element.get('id')}", *classes):
                self._by_name.setdefault(name, {})[element] = None
        self._matches: dict[tuple[_Step, ...], list[etree._Element]] = {}
        self._inside: dict[tuple[tuple[_Step, ...], bool], set[etree._Element]] = {}

    def select(self, selectors: str) -> list[etree._Element]:
        """Return the elements that one of a list of selectors matches, each once; none for what cannot be read."""
        return list(dict.fromkeys(element for steps, _ in _selectors(selectors) for element in self.matches(steps)))

    def matches(self, steps: tuple[_Step, ...]) -> list[etree._Element]:
        """Return the elements that a selector matches."""
        if steps not in self._matches:
            *above, last = steps
            matches = self._of_step(last)
            if above:
                inside = self._within(tuple(above), last.is_child)
                matches = [element for element in matches if element in inside]
            self._matches[steps] = matches
        return self._matches[steps]

    def _of_step(self, step: _Step) -> list[etree._Element]:
        if step.path is not None:
            return cast(list[etree._Element], step.path(self._root))
        fewest, *others = sorted(map(self._with_name, step.names), key=len)
        return [element for element in fewest if all(element in other for other in others)] if others else list(fewest)

    def _with_name(self, name: str) -> dict[etree._Element, None]:
        if name not in self._by_name:
            tags = () if name[0] in ".#" else self._root.iter(etree.Element if name == "*" else name)
            self._by_name[name] = dict.fromkeys(tags)
        return self._by_name[name]

    def _within(self, steps: tuple[_Step, ...], is_child: bool) -> set[etree._Element]:
        """Return the children, or all descendants, of the elements that a selector matches."""
        if (steps, is_child) not in self._inside:
            around = self.matches(steps)
            inside = (element.iterchildren() if is_child else element.iterdescendants() for element in around)
            self._inside[steps, is_child] = {element for elements in inside for element in elements}
        return self._inside[steps, is_child]


@lru_cache(maxsize=1_000)
def _selectors(selectors: str) -> list[tuple[tuple[_Step, ...], tuple[int, int, int]]]:
    """Return each selector of a list as its steps, and its specificity."""
    try:
        parsed = cssselect.parse(selectors)
        return [(_steps(item.parsed_tree), item.specificity()) for item in parsed if not item.pseudo_element]
    except (cssselect.SelectorError, etree.XPathError):
        return []  # mail apps ignore a selector that cannot be read


def _steps(tree: Any, is_child: bool = False) -> tuple[_Step, ...]:
    if isinstance(tree, CombinedSelector) and tree.combinator in (" ", ">"):
        return (*_steps(tree.selector), *_steps(tree.subselector, tree.combinator == ">"))
    names = _names(tree)
    path = None if names is not None else etree.XPath(f"descendant-or-self::{_TRANSLATOR.xpath(tree)}")
    return (_Step(is_child, names or (), path),)


def _names(tree: Any) -> tuple[str, ...] | None:
    """Return the tag, id and classes that a selector needs; None if it needs anything else, such as an attribute."""
    if isinstance(tree, Class | Hash):
        names = _names(tree.selector)
        own = f"#{tree.id}" if isinstance(tree, Hash) else f".{tree.class_name}"
        return None if names is None else (*(name for name in names if name != "*"), own)
    if isinstance(tree, Element) and not tree.namespace:
        return (tree.element.lower() if tree.element else "*",)
    return None

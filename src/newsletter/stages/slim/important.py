"""Find the rules of a page, and the elements that important ones change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from newsletter.css.matching import match_rules
from newsletter.css.parser import StyleRule, declarations, rules

_SHEET = re.compile(r"<style\b[^<>]*+>([^<]*+)</style>")
_BRACKETS = re.compile(r"\([^()]*+\)|\[[^\[\]]*+\]")
_PLAIN = re.compile(r"[\w\s.>+~-]++")
_COMBINATOR = re.compile(r"[\s>+~]+")
_TAG = re.compile(r"[A-Za-z][\w-]*+")
_CLASS = re.compile(r"\.([\w-]++)")

Medias = Mapping[str, frozenset[str]]
"""Media queries by property."""


class _Selector(NamedTuple):
    """The classes that an element, and those around it, need if a rule may match, and what the rule sets."""

    own: frozenset[str]
    around: frozenset[str]
    properties: tuple[str, ...]
    media: str


class ImportantRules:
    """The important rules of some sheets: a style in an element does not beat them.

    `classes` are all classes that they name.
    """

    def __init__(self, sheets: Sequence[StyleRule], properties: Sequence[str]) -> None:
        """Read rules.

        Args:
            sheets: the rules.
            properties: the properties that matter.
        """
        relevant = {rule: names for rule in sheets if (names := _important_names(rule, properties))}
        # Without brackets, a rule is for the same elements in each mail app.
        self._plain = {
            replace(rule, selectors=",".join(filter(_PLAIN.fullmatch, rule.selectors.split(",")))): names
            for rule, names in relevant.items()
        }
        self._by_tag: defaultdict[str, list[_Selector]] = defaultdict(list)
        for rule, names in relevant.items():
            for (tag, *own), around in zip(last_parts(rule), _classes_around(rule), strict=True):
                selector = _Selector(frozenset(own), frozenset(around), tuple(names), rule.media)
                self._by_tag[tag].append(selector)
        selectors = [each for together in self._by_tag.values() for each in together]
        self.classes = frozenset(name for each in selectors for name in each.own | each.around)
        self._known: dict[tuple[str, frozenset[str], frozenset[str]], Medias] = {}

    def certain(self, root: etree._Element) -> Mapping[etree._Element, Medias]:
        """Return the media queries in which a rule surely sets a property of an element, by element and property."""
        matches = match_rules(root, list(self._plain))
        known: dict[int, Medias] = {}  # elements that the same rules match share one tuple
        for together in matches.values():
            if id(together) not in known:
                medias: dict[str, frozenset[str]] = {}
                for rule in together:
                    _add(medias, self._plain[rule], rule.media)
                known[id(together)] = medias
        return {element: known[id(together)] for element, together in matches.items()}

    def possible(self, tag: str, own: frozenset[str], around: frozenset[str]) -> Medias:
        """Return the media queries in which a rule may set a property of an element, by property.

        Args:
            tag: the tag of the element.
            own: its classes, as `classes_of` returns them; those that are not in `classes` change nothing.
            around: its classes, and those of all elements around it.
        """
        key = (tag, own, around)
        if key not in self._known:
            medias: dict[str, frozenset[str]] = {}
            for selector in (*self._by_tag.get(tag, ()), *self._by_tag.get("*", ())):
                if selector.own <= own and selector.around <= around:
                    _add(medias, selector.properties, selector.media)
            self._known[key] = medias
        return self._known[key]


important_rules = lru_cache(maxsize=16)(ImportantRules)  # all pages of a layout have the same rules


def classes_of(element: etree._Element) -> frozenset[str]:
    """Return the classes of an element in lower case, with dots."""
    return _classes_in(element.get("class", ""))


@lru_cache(maxsize=512)
def _classes_in(text: str) -> frozenset[str]:
    return frozenset(f".{name}" for name in text.lower().split())


def _add(medias: dict[str, frozenset[str]], names: Sequence[str], media: str) -> None:
    for name in names:
        medias[name] = medias.get(name, frozenset()) | {media}


def _important_names(rule: StyleRule, properties: Sequence[str]) -> list[str]:
    values = declarations(rule.declarations)
    return [name for name in properties if values.get(name, ("", False))[1]]


def rules_of_page(root: etree._Element) -> Iterator[StyleRule]:
    """Yield the rules of all sheets; `mso` is the media query of those in comments for Outlook."""
    for sheet in root.iter("style"):
        yield from rules(sheet.text or "")
    for comment in root.iter(etree.Comment):
        for css in _SHEET.findall(comment.text or ""):
            yield from rules(css, "mso")


@lru_cache(maxsize=512)  # all pages of a layout have the same rules
def last_parts(rule: StyleRule) -> list[list[str]]:
    """Return the tag (or `*`) and the classes of the elements that a rule may change, for each of its selectors."""
    lasts = (_COMBINATOR.split(selector)[-1] for selector in _selectors(rule))
    return [[tag[0] if (tag := _TAG.match(last)) else "*", *_classes(last)] for last in lasts]


@lru_cache(maxsize=512)
def _classes_around(rule: StyleRule) -> list[list[str]]:
    """Return the classes that an element or those around it need to have, for each selector of a rule."""
    return [[] if re.search(r"[+~]", selector) else _classes(selector) for selector in _selectors(rule)]


def _selectors(rule: StyleRule) -> list[str]:
    """Return the selectors of a rule in lower case, without brackets: they ask for more than a page may show."""
    selectors = _BRACKETS.sub("", rule.selectors).lower()
    if re.search(r"[\\()\[\]]", selectors):
        return ["*"]  # hard to read
    return [selector.strip() for selector in selectors.split(",")]


def _classes(selector: str) -> list[str]:
    return [f".{name}" for name in _CLASS.findall(selector)]

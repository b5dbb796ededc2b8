"""The rules of a page, and the elements that important ones change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

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

_Elements = defaultdict[etree._Element, dict[str, frozenset[str]]]


class ImportantRules:
    """The elements that important rules change: a style in an element does not beat them."""

    def __init__(self, root: etree._Element, sheets: Sequence[StyleRule], properties: Sequence[str]) -> None:
        """Look up which elements the rules of some sheets match.

        Args:
            root: the html element.
            sheets: the rules.
            properties: the properties that matter.
        """
        self._possible: _Elements = defaultdict(dict)
        self._sure: _Elements = defaultdict(dict)
        # Without brackets, a rule is for the same elements in each mail app.
        relevant = {rule: names for rule in sheets if (names := _important_names(rule, properties))}
        plain = {
            replace(rule, selectors=",".join(filter(_PLAIN.fullmatch, rule.selectors.split(",")))): names
            for rule, names in relevant.items()
        }
        for element, matches in match_rules(root, list(plain)).items():
            for rule in matches:
                _add(self._sure[element], plain[rule], rule.media)
        selectors = [
            (keys, around, names, rule.media)
            for rule, names in relevant.items()
            for keys, around in zip(last_parts(rule), _classes_around(rule), strict=True)
        ]
        index = _Index(root, {key for keys, around, _, _ in selectors for key in (*keys, *around)})
        for keys, around, names, media in selectors:
            for element in index.matches(keys, around):
                _add(self._possible[element], names, media)

    def possible(self, element: etree._Element) -> Medias:
        """Return the media queries in which a rule may set a property of an element, by property."""
        return self._possible.get(element, {})

    def sure(self, element: etree._Element) -> Medias:
        """Return the media queries in which a rule surely sets a property of an element, by property."""
        return self._sure.get(element, {})


class _Index:
    """The elements of a page by tag and class, and those in them."""

    def __init__(self, root: etree._Element, keys: set[str]) -> None:
        """Look up the elements that have some tags and classes, or are in such elements; `*` for all elements."""
        self._with_name: dict[str, set[etree._Element]] = {key: set() for key in keys}
        self._inside: dict[str, set[etree._Element]] = {key: set() for key in keys}
        self._fill(root, frozenset())

    def _fill(self, element: etree._Element, around: frozenset[str]) -> None:
        own = {f".{name}" for name in element.get("class", "").lower().split()} & self._inside.keys()
        for key in ("*", str(element.tag), *own):
            if key in self._with_name:
                self._with_name[key].add(element)
        around = around | own if own else around
        for key in around:
            self._inside[key].add(element)
        for child in element.iterchildren(etree.Element):
            self._fill(child, around)

    def matches(self, names: Sequence[str], around: Sequence[str]) -> set[etree._Element]:
        """Return the elements that have some names, with some classes on them or on elements around them."""
        return set.intersection(*(self._with_name[key] for key in names), *(self._inside[key] for key in around))


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
    """Return the selectors of a rule in small letters, without brackets: they ask for more than a page may show."""
    selectors = _BRACKETS.sub("", rule.selectors).lower()
    if re.search(r"[\\()\[\]]", selectors):
        return ["*"]  # hard to read
    return [selector.strip() for selector in selectors.split(",")]


def _classes(selector: str) -> list[str]:
    return [f".{name}" for name in _CLASS.findall(selector)]

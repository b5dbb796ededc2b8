"""The rules of a page, and the elements that important ones change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from newsletter.css.matching import match_rules
from newsletter.css.parser import StyleRule, declarations, rules

_SHEET = re.compile(r"<style\b[^<>]*+>([^<]*+)</style>")
_BRACKETS = re.compile(r"\([^()]*+\)|\[[^\[\]]*+\]")
_PLAIN = re.compile(r"[\w\s.>+~-]++")
_COMBINATOR = re.compile(r"[\s>+~]+")
_TAG = re.compile(r"[A-Za-z][\w-]*+")
_CLASS = re.compile(r"\.([\w-]++)")

_Index = defaultdict[str, set[etree._Element]]

_Elements = Mapping[str, _Index]
"""Elements by property and media query."""


class ImportantRules:
    """The elements that important rules change: a style in an element does not beat them."""

    def __init__(self, root: etree._Element, sheets: Sequence[StyleRule], properties: Sequence[str]) -> None:
        """Look up which elements the rules of some sheets match.

        Args:
            root: the html element.
            sheets: the rules.
            properties: the properties that matter.
        """
        self._possible: _Elements = defaultdict(lambda: defaultdict(set))
        self._sure: _Elements = defaultdict(lambda: defaultdict(set))
        # Without brackets, a rule is for the same elements in each mail app.
        plain = [
            replace(rule, selectors=",".join(filter(_PLAIN.fullmatch, rule.selectors.split(",")))) for rule in sheets
        ]
        for element, matches in match_rules(root, plain).items():
            for rule in matches:
                for name in _important_names(rule, properties):
                    self._sure[name][rule.media].add(element)
        with_name: _Index = defaultdict(set)  # elements by their tags and classes
        inside: _Index = defaultdict(set)  # the same, and all elements in them
        _fill(root, frozenset(), with_name, inside)
        for rule in sheets:
            for name in _important_names(rule, properties):
                for keys, around in zip(last_parts(rule), _classes_around(rule), strict=True):
                    sets = [with_name[key] for key in keys] + [inside[key] for key in around]
                    self._possible[name][rule.media] |= set.intersection(*sets)

    def possible(self, element: etree._Element, name: str) -> frozenset[str]:
        """Return the media queries in which a rule may set a property of an element."""
        return frozenset(media for media, elements in self._possible[name].items() if element in elements)

    def sure(self, element: etree._Element, name: str) -> frozenset[str]:
        """Return the media queries in which a rule surely sets a property of an element."""
        return frozenset(media for media, elements in self._sure[name].items() if element in elements)


def _fill(element: etree._Element, around: frozenset[str], with_name: _Index, inside: _Index) -> None:
    """Add an element, and all in it, to the sets of the names that it has, and that elements around it have."""
    own = {f".{name}" for name in element.get("class", "").lower().split()}
    for key in ("*", str(element.tag), *own):
        with_name[key].add(element)
    around |= own
    for key in around:
        inside[key].add(element)
    for child in element.iterchildren(etree.Element):
        _fill(child, around, with_name, inside)


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


def last_parts(rule: StyleRule) -> list[list[str]]:
    """Return the tag (or `*`) and the classes of the elements that a rule may change, for each of its selectors."""
    lasts = (_COMBINATOR.split(selector)[-1] for selector in _selectors(rule))
    return [[tag[0] if (tag := _TAG.match(last)) else "*", *_classes(last)] for last in lasts]


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

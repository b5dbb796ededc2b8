"""The rules that stay in a page's `<style>`, and which elements they reach.

cssselect enters through this module alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

import cssselect
from lxml import etree

Declarations = dict[str, tuple[str, bool]]
"""Values by property, each with whether it is `!important`."""


@dataclass(frozen=True)
class StyleRule:
    """One rule of a style sheet: the media query around it (empty for none), its selectors, its declarations."""

    media: str
    selectors: str
    declarations: str


def rules(css: str, media: str = "") -> Iterator[StyleRule]:
    """Read a style sheet, one level of `@media` deep; other at-rules are passed over."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    at = 0
    while (brace := css.find("{", at)) >= 0:
        head, end = css[at:brace].rpartition(";")[2].strip(), _closing(css, brace)
        body = css[brace + 1 : end]
        if head.startswith("@media"):
            yield from rules(body, f"{media} {head.removeprefix('@media').strip()}".strip())
        elif not head.startswith("@"):
            yield StyleRule(media, head, body)
        at = end + 1


@cache
def declarations(css: str) -> Declarations:
    """Read `color: red; margin: 0 !important`; of two equal properties the last counts, unless one is important."""
    found: Declarations = {}
    for part in re.split(r";(?![^(]*\))", css):
        name, colon, value = part.partition(":")
        important = bool(re.search(r"!\s*important\s*$", value, re.IGNORECASE))
        value = re.sub(r"!\s*important\s*$", "", value, flags=re.IGNORECASE).strip()
        key = name.strip().lower()
        if colon and not (found.get(key, ("", False))[1] and not important):
            found.pop(key, None)
            found[key] = (value, important)
    return found


def styles(root: etree._Element, sheet: list[StyleRule]) -> dict[etree._Element, Declarations]:
    """Give what each element's own `style` and a sheet's rules make of it, by the cascade of CSS."""
    ranked: dict[etree._Element, list[tuple[tuple[int, int, int], int, str]]] = {}
    for order, rule in enumerate(sheet):
        for xpath, specificity in _xpaths(rule.selectors):
            for element in cast(list[etree._Element], xpath(root)):
                ranked.setdefault(element, []).append((specificity, order, rule.declarations))
    made = {}
    for element in root.iter(etree.Element):
        own = declarations(element.get("style", ""))
        if element in ranked:
            made[element] = _cascade([declarations(css) for _, _, css in sorted(ranked[element])], own)
        elif own:
            made[element] = own
    return made


def _cascade(sheet: list[Declarations], own: Declarations) -> Declarations:
    found: Declarations = {}
    for source in (*sheet, own):
        for name, (value, important) in source.items():
            if important or not found.get(name, ("", False))[1]:
                found.pop(name, None)  # so that the order of the dict is that of the cascade: shorthands matter
                found[name] = (value, important)
    return found


@cache
def _xpaths(selectors: str) -> list[tuple[etree.XPath, tuple[int, int, int]]]:
    translator = cssselect.HTMLTranslator()
    try:
        parsed = cssselect.parse(selectors)
        return [
            (etree.XPath(translator.selector_to_xpath(selector)), selector.specificity())
            for selector in parsed
            if not selector.pseudo_element
        ]
    except (cssselect.SelectorError, etree.XPathError):
        return []  # what no selector engine reads, no mail client obeys


def _closing(css: str, brace: int) -> int:
    depth = 0
    for match in re.finditer(r"[{}]", css[brace:]):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return brace + match.start()
    return len(css)

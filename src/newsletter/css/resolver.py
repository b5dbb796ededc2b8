"""How elements look in every view: light, dark, and wherever else the rules in the head change something."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from newsletter.css import vml
from newsletter.css.computed import STYLING, ComputedStyle, StyleCache
from newsletter.css.matching import match_rules
from newsletter.css.media import OTHER_VIEWS
from newsletter.css.parser import MatchedDeclarations, StyleRule, cascade, rules

StylesByView = Mapping[str, ComputedStyle]
"""Styles by view: `light`, `dark`, and each of `stylesheet.ELSEWHERE` that may be different."""


def sheet_of(root: etree._Element) -> tuple[StyleRule, ...]:
    """Give the rules that stand in a page, with the media queries around them."""
    return tuple(rule for style in root.iter("style") for rule in rules(str(style.text or ""), style.get("media", "")))


def style_in(looks: StylesByView, view: str) -> ComputedStyle:
    """Give the style of a view."""
    return looks.get(view) or looks[OTHER_VIEWS[view]]


class StyleResolver:
    """Gives the looks of a page's elements; those that have the same on, in the same place, share theirs."""

    def __init__(self, root: etree._Element, wardrobe: StyleCache, for_outlook: bool) -> None:
        # Outlook for Windows reads nothing inside @media.
        sheet = [rule for rule in sheet_of(root) if ("light" in rule.views if for_outlook else rule.views)]
        more = (view for view, like in OTHER_VIEWS.items() if any(rule.changes(view, like) for rule in sheet))
        self._views = {"light": "light", "dark": "dark"} | {view: OTHER_VIEWS[view] for view in more}
        self._for_outlook = for_outlook
        self._wardrobe = wardrobe
        self._reached = match_rules(root, sheet)
        self._declared: dict[int, dict[str, MatchedDeclarations]] = {}
        self._made: dict[tuple[object, ...], tuple[StylesByView, MatchedDeclarations]] = {}

    def styles(
        self, element: etree._Element, tag: str, attributes: dict[str, str], above: StylesByView | None
    ) -> tuple[StylesByView, MatchedDeclarations]:
        """Give an element's looks, and the declarations that make its dark one, its own last.

        Args:
            element: as lxml has it, of the page that this is the mirror of.
            tag: its name.
            attributes: its attributes.
            above: the looks of its parent, which somebody keeps, so that their id stays theirs; None for the root.
        """
        matched = self._reached.get(element, ())  # one tuple for all elements that the same rules reach
        if vml.is_shape(tag):
            return self._looks(tag, attributes, matched, above, (vml.painted(element),))
        styling = [(name, attributes[name]) for name in STYLING if name in attributes]
        key = (tag, id(matched), id(above), attributes.get("style"), *styling)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._looks(tag, attributes, matched, above)
        return made

    def _looks(
        self,
        tag: str,
        attributes: dict[str, str],
        matched: tuple[StyleRule, ...],
        above: StylesByView | None,
        drawn: MatchedDeclarations = (),
    ) -> tuple[StylesByView, MatchedDeclarations]:
        if id(matched) not in self._declared:
            self._declared[id(matched)] = _by_view(matched, self._views)
        declared, looks = self._declared[id(matched)], dict[str, ComputedStyle]()
        own = attributes.get("style", "")
        if self._for_outlook:
            own = _as_outlook_reads(own, declared["light"])
        for view, like in self._views.items():
            if view == like or declared[view] is not declared[like] or (above and view in above):
                sources = (*drawn, *declared[view], own)
                looks[view] = self._wardrobe.style(tag, attributes, sources, style_in(above, view) if above else None)
        return looks, (*drawn, *declared["dark"], own)


def _by_view(matched: tuple[StyleRule, ...], views: Mapping[str, str]) -> dict[str, MatchedDeclarations]:
    """Give the declarations that count in each view; those of a view that is like another are that one's."""
    told: dict[str, MatchedDeclarations] = {}
    for view, like in views.items():
        sources = tuple(rule.declarations for rule in matched if view in rule.views)
        told[view] = told[like] if sources == told.get(like) else sources
    return told


def _as_outlook_reads(own: str, declared: MatchedDeclarations) -> str:
    """Give an element's own style as Outlook for Windows has it, which knows a way of its own to hide things."""
    if not any("mso-hide" in source for source in (*declared, own)):
        return own
    is_gone = cascade(*declared, own).get("mso-hide", ("", False))[0] == "all"
    return f"{own};display:none !important" if is_gone else own

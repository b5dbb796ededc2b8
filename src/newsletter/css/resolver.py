"""Resolves how elements look in each view: light, dark, and others in which the rules in the head change something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from newsletter.css import vml
from newsletter.css.computed import STYLING, ComputedStyle, element_style
from newsletter.css.matching import match_rules
from newsletter.css.media import OTHER_VIEWS
from newsletter.css.parser import MatchedDeclarations, StyleRule, cascade
from newsletter.css.parser import rules as read_rules

StylesByView = Mapping[str, ComputedStyle]
"""Styles by view: `light`, `dark`, and each of `media.OTHER_VIEWS` that may be different."""


def sheet_of(root: etree._Element) -> tuple[StyleRule, ...]:
    """Return the rules in a page's style elements, with the media queries around them."""
    return tuple(
        rule for style in root.iter("style") for rule in read_rules(str(style.text or ""), style.get("media", ""))
    )


def style_in(styles: StylesByView, view: str) -> ComputedStyle:
    """Return the style in a view: its own, or that of the view it is like."""
    return styles.get(view) or styles[OTHER_VIEWS[view]]


class StyleResolver:
    """Resolves the styles of a page's elements.

    Elements with equal attributes, matched rules and parent styles share one result.
    """

    def __init__(self, root: etree._Element, rules: Iterable[StyleRule], for_outlook: bool) -> None:
        """Match rules to elements.

        Args:
            root: the html element of the page.
            rules: the rules of its style sheets, in order.
            for_outlook: whether the styles are those of Outlook for Windows.
        """
        # Outlook for Windows reads nothing inside @media.
        sheet = [rule for rule in rules if ("light" in rule.views if for_outlook else rule.views)]
        more = (view for view, like in OTHER_VIEWS.items() if any(rule.changes(view, like) for rule in sheet))
        self._views = {"light": "light", "dark": "dark"} | {view: OTHER_VIEWS[view] for view in more}
        self._for_outlook = for_outlook
        self._matches = match_rules(root, sheet)
        self._declarations: dict[tuple[StyleRule, ...], dict[str, MatchedDeclarations]] = {}
        self._results: dict[tuple[object, ...], tuple[StylesByView, MatchedDeclarations]] = {}

    def styles(
        self, element: etree._Element, tag: str, attributes: dict[str, str], above: StylesByView | None
    ) -> tuple[StylesByView, MatchedDeclarations]:
        """Return an element's styles by view, and the declarations of its dark style, its own last.

        Args:
            element: an element of the page.
            tag: its name.
            attributes: its attributes.
            above: the styles of its parent; None for the root.
        """
        matched = self._matches.get(element, ())
        if vml.is_shape(tag):
            return self._resolve(tag, attributes, matched, above, (vml.shape_declarations(element),))
        styling = [(name, attributes[name]) for name in STYLING if name in attributes]
        key = (tag, matched, tuple(above.items()) if above else (), attributes.get("style"), *styling)
        result = self._results.get(key)
        if result is None:
            result = self._results[key] = self._resolve(tag, attributes, matched, above)
        return result

    def _resolve(
        self,
        tag: str,
        attributes: dict[str, str],
        matched: tuple[StyleRule, ...],
        above: StylesByView | None,
        of_shape: MatchedDeclarations = (),
    ) -> tuple[StylesByView, MatchedDeclarations]:
        if matched not in self._declarations:
            self._declarations[matched] = _by_view(matched, self._views)
        by_view, styles = self._declarations[matched], dict[str, ComputedStyle]()
        own = attributes.get("style", "")
        if self._for_outlook:
            own = _as_outlook_reads(own, by_view["light"])
        for view, like in self._views.items():
            if view == like or by_view[view] is not by_view[like] or (above and view in above):
                sources = (*of_shape, *by_view[view], own)
                styles[view] = element_style(tag, attributes, sources, style_in(above, view) if above else None)
        return styles, (*of_shape, *by_view["dark"], own)


def _by_view(matched: tuple[StyleRule, ...], views: Mapping[str, str]) -> dict[str, MatchedDeclarations]:
    """Return the declarations that count in each view. A view that is like another one shares its tuple."""
    by_view: dict[str, MatchedDeclarations] = {}
    for view, like in views.items():
        sources = tuple(rule.declarations for rule in matched if view in rule.views)
        by_view[view] = by_view[like] if sources == by_view.get(like) else sources
    return by_view


def _as_outlook_reads(own: str, matched: MatchedDeclarations) -> str:
    """Return an element's own style as Outlook for Windows reads it: `mso-hide: all` hides an element there."""
    if not any("mso-hide" in source for source in (*matched, own)):
        return own
    is_hidden = cascade(*matched, own).get("mso-hide", ("", False))[0] == "all"
    return f"{own};display:none !important" if is_hidden else own

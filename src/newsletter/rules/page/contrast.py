"""Text has enough contrast with its background, in light and in dark mode.

People with low vision or optic neuritis, and people in the sun, cannot read text that is almost as bright as its
background. The rule computes the contrast from the colours in the email. It does so for light and dark mode, and for
narrow and wide screens if they have their own styles. Outlook gets its own version of the page, with shapes (VML).

Bad:
    <p style="color:#8A8A8A;">Small print</p>

Good:
    <p style="color:#4A4A4A;">Small print</p>

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA): 4.5:1, or 3:1 for large text (24 px, or 18.66 px and bold).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.style_location import rule_at, view_rule_at
from newsletter.css.colour import parse_colour, ratio, to_hex
from newsletter.css.computed import ComputedStyle
from newsletter.css.media import OTHER_VIEWS

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"text": 4.5, "large_text": 3.0}
STRICTER_WHEN_HIGHER = ("text", "large_text")

_BEHIND = ("background-color", "background")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each element with words, and the alt of each picture, which is shown if the picture is missing."""
    nodes = [node for node in page.nodes if _has_words(node)]
    reported = set[HasLocation]()
    everywhere = {(node.location, node.text, node.style.color, node.style.background) for node in nodes}
    for node in nodes:
        for finding in _faults(node, node.style, "", options):
            # One line of a style sheet is one problem, however many words have its colours.
            names = ("color",) if _is_pale(node.style, page, options) else (*_BEHIND, "color")
            at = rule_at(page, node, *names) or node
            if at not in reported:
                reported.add(at)
                yield replace(finding, where=at)
        for view, look in (("dark", node.dark), *node.other_views):
            if view != "dark" and _pair(look) == _pair(node.style_in(OTHER_VIEWS[view])):
                continue
            for finding in _faults(node, look, " in dark mode" if view == "dark" else f" {view}", options):
                in_view = _rule_in_view(page, node, view, _is_pale(look, page, options, view))
                if in_view not in reported:
                    reported.update([in_view] if in_view else [])
                    yield replace(finding, where=in_view or node)
    for node in filter(_has_words, page.outlook):
        if (node.location, node.text, node.style.color, node.style.background) not in everywhere:
            yield from _faults(node, node.style, " in Outlook", options)


def _rule_in_view(page: ParsedPage, node: PageElement, view: str, is_pale: bool) -> HasLocation | None:
    """Return the location of the rule that is to blame in a view: that of the words, or of what is behind them."""
    if is_pale:
        return view_rule_at(page, node, view, "color")
    if node.style_in(view).background == node.style.background:
        return rule_at(page, node, *_BEHIND)
    return view_rule_at(page, node, view, *_BEHIND, "color")


def _is_pale(style: ComputedStyle, page: ParsedPage, options: Mapping[str, Any], view: str = "light") -> bool:
    """Check whether the colour of words is to blame, and not what is behind them: it has no contrast on a card."""
    colours = page.edition.brand.colours
    is_dark = "dark" in (view, OTHER_VIEWS.get(view))
    card = parse_colour((colours.dark if is_dark else colours.light).card)
    wanted = options["large_text"] if style.is_large else options["text"]
    return style.color is None or (card is not None and ratio(style.color, card) < wanted)


def _has_words(node: PageElement) -> bool:
    return bool(node.text) or node.tag == "img"


def _pair(style: ComputedStyle) -> tuple[object, ...]:
    return style.color, style.background, style.is_large, style.visible


def _faults(node: PageElement, style: ComputedStyle, when: str, options: Mapping[str, Any]) -> Iterator[Finding]:
    words = node.text or (node.get("alt") if node.tag == "img" else "")
    if not words.strip() or not style.visible:
        return
    if style.color is None or style.background is None:
        hint = "Write each colour as #RRGGBB, without var() and without transparency."
        yield Finding(node, f"The colours of <{node.tag}> cannot be computed{when}.", hint)
        return
    wanted = options["large_text"] if style.is_large else options["text"]
    if (contrast := style.contrast or 0) < wanted:
        colours = f"{to_hex(style.color)} on {to_hex(style.background)}"
        message = f"The contrast of {quoted(words)}{when} is {int(contrast * 100) / 100}:1 ({colours})."
        hint = f"Use darker text or a lighter background, or the reverse, until it is {wanted:g}:1."
        yield Finding(node, message, hint)

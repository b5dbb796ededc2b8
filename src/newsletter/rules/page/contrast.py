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
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding
from newsletter.css.colour import to_hex
from newsletter.css.computed import ComputedStyle
from newsletter.css.media import OTHER_VIEWS

SEVERITY = "error"
OPTIONS = {"text": 4.5, "large_text": 3.0}


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each element with words, and the alt of each picture, which is shown if the picture is missing."""
    nodes = [node for node in page.nodes if _has_words(node)]
    everywhere = {(node.location, node.text, node.style.color, node.style.background) for node in nodes}
    for node in nodes:
        yield from _faults(node, node.style, "", options)
        yield from _faults(node, node.dark, " in dark mode", options)
        for view, look in node.other_views:
            if _pair(look) != _pair(node.style_in(OTHER_VIEWS[view])):
                yield from _faults(node, look, f" {view}", options)
    for node in filter(_has_words, page.outlook):
        if (node.location, node.text, node.style.color, node.style.background) not in everywhere:
            yield from _faults(node, node.style, " in Outlook", options)


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

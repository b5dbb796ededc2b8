"""Text stands out from what is behind it, in light and in dark.

People with low vision, with optic neuritis, or outdoors in the sun lose letters that are too near in brightness to
their background. It is computed from the colours that reach the mail client, for light and for dark colours, for
narrow and wide screens where they have rules of their own, and for Outlook, which sees a page of its own and draws
shapes (VML).

Bad:
    <p style="color:#8A8A8A;">Small print</p>

Good:
    <p style="color:#4A4A4A;">Small print</p>

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA): 4.5:1, or 3:1 for large text (24 px, or 18.66 px and bold).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding
from newsletter.css.colour import to_hex
from newsletter.css.computed import ComputedStyle
from newsletter.css.media import OTHER_VIEWS

SEVERITY = "error"
OPTIONS = {"text": 4.5, "large_text": 3.0}
EDITIONS = {"large-print": {"large_text": 4.5}}  # where all text is large, none is less important


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each element that has words, or shows its alt while its picture is missing."""
    shown = [node for node in page.nodes if _can_speak(node)]
    everywhere = {(node.location, node.text, node.style.color, node.style.background) for node in shown}
    for node in shown:
        yield from _faults(node, node.style, "", options)
        yield from _faults(node, node.dark, " in dark mode", options)
        for view, look in node.other_views:
            if _pair(look) != _pair(node.style_in(OTHER_VIEWS[view])):
                yield from _faults(node, look, f" {view}", options)
    for node in filter(_can_speak, page.outlook):
        if (node.location, node.text, node.style.color, node.style.background) not in everywhere:
            yield from _faults(node, node.style, " in Outlook", options)


def _can_speak(node: PageElement) -> bool:
    return bool(node.text) or node.tag == "img"


def _pair(style: ComputedStyle) -> tuple[object, ...]:
    return style.color, style.background, style.is_large, style.visible


def _faults(node: PageElement, style: ComputedStyle, when: str, options: Mapping[str, Any]) -> Iterator[Finding]:
    words = node.text or (node.get("alt") if node.tag == "img" else "")
    if not words.strip() or not style.visible:
        return
    quote = f"“{words[:30]}…”" if len(words) > 30 else f"“{words}”"
    if style.color is None or style.background is None:
        hint = "Write each colour as #RRGGBB, with no var() and nothing that lets through what is behind."
        yield Finding(node, f"The colours of <{node.tag}> cannot be read{when}.", hint)
        return
    wanted = options["large_text"] if style.is_large else options["text"]
    if (contrast := style.contrast or 0) < wanted:
        colours = f"{to_hex(style.color)} on {to_hex(style.background)}"
        message = f"The contrast of {quote}{when} is {int(contrast * 100) / 100}:1 ({colours})."
        yield Finding(node, message, f"Make the text darker or the background lighter, or the reverse: {wanted}:1.")

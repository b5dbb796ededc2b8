"""Text has enough contrast if a mail app inverts the colours by itself.

Gmail on iPhones and Outlook on Windows ignore our dark colours. They make light colours dark and dark colours light,
and keep the hue. Two colours with enough contrast can lose it. The rule inverts the lightness (HSL) to compute this.

Bad:
    <p style="color:#0000FF;background:#FFFFFF">   (becomes the same blue on black: 2.4:1)

Good:
    <p style="color:#00505B;background:#FFFFFF">

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA); no mail app documents how it does this.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.css.colour import Rgb, inverted_lightness, ratio, to_hex
from newsletter.english import count
from newsletter.source.nodes import KeyPath

SEVERITY = "warning"
OPTIONS = {"text": 4.5, "large_text": 3.0}
STRICTER_WHEN_HIGHER = ("text", "large_text")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compute the contrast of inverted colours for the words with enough contrast in light mode.

    Elements of one part of the issue with the same two colours have the same cause, and are one finding.
    """
    too_little: dict[tuple[Rgb, Rgb, KeyPath | None], list[PageElement]] = {}
    for node in page.with_text:
        color, background = node.style.color, node.style.background
        if color is None or background is None:
            continue
        wanted = options["large_text"] if node.style.is_large else options["text"]
        if ratio(color, background) >= wanted > ratio(inverted_lightness(color), inverted_lightness(background)):
            too_little.setdefault((color, background, node.path), []).append(node)
    for (color, background, _), (node, *others) in too_little.items():
        inverted = inverted_lightness(color), inverted_lightness(background)
        tags = f"<{node.tag}>" + (f" and of {count(len(others), 'more element')}" if others else "")
        message = (
            f"If a mail app inverts the colours of {tags}, their contrast is {int(ratio(*inverted) * 100) / 100}:1."
        )
        pair = f"{to_hex(color)} on {to_hex(background)} becomes {to_hex(inverted[0])} on {to_hex(inverted[1])}"
        yield Finding(node, message, f"Choose a darker or less bright colour: {pair}.")

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

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding
from newsletter.css.colour import inverted_lightness, ratio, to_hex

SEVERITY = "warning"
OPTIONS = {"text": 4.5, "large_text": 3.0}


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compute the contrast of inverted colours, for each element with words and enough contrast in light mode."""
    for node in page.with_text:
        style = node.style
        if style.color is None or style.background is None:
            continue
        wanted = options["large_text"] if style.is_large else options["text"]
        color, background = inverted_lightness(style.color), inverted_lightness(style.background)
        if ratio(style.color, style.background) >= wanted > (contrast := ratio(color, background)):
            message = (
                f"If a mail app inverts the colours of <{node.tag}>, their contrast is {int(contrast * 100) / 100}:1."
            )
            pair = (
                f"{to_hex(style.color)} on {to_hex(style.background)} becomes {to_hex(color)} on {to_hex(background)}"
            )
            yield Finding(node, message, f"Choose a darker or less bright colour: {pair}.")

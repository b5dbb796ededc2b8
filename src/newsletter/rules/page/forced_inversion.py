"""Text stands out when a mail client turns the colours round by itself.

Gmail on iPhones and Outlook on Windows pay no heed to our dark colours: they make light ones dark and dark ones light,
and keep the hue. A pair that has contrast in light can lose it. Reckoned by turning round the lightness (HSL).

Bad:
    <p style="color:#0000FF;background:#FFFFFF">   (turns into the same blue on black: 2.4:1)

Good:
    <p style="color:#00505B;background:#FFFFFF">

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA); no mail client documents how it does this.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding
from newsletter.css.colour import inverted_lightness, ratio, to_hex

SEVERITY = "warning"
OPTIONS = {"text": 4.5, "large_text": 3.0}
EDITIONS = {"large-print": {"large_text": 4.5}}


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Turn the light colours of each element with words round, where they have enough contrast as they are."""
    for node in page.with_text:
        style = node.style
        if style.color is None or style.background is None:
            continue
        wanted = options["large_text"] if style.is_large else options["text"]
        color, background = inverted_lightness(style.color), inverted_lightness(style.background)
        if ratio(style.color, style.background) >= wanted > (contrast := ratio(color, background)):
            message = f"Turned round, the colours of <{node.tag}> have a contrast of {int(contrast * 100) / 100}:1."
            pair = (
                f"{to_hex(style.color)} on {to_hex(style.background)} becomes {to_hex(color)} on {to_hex(background)}"
            )
            yield Finding(node, message, f"Choose a darker or a less bright colour: {pair}.")

"""Text has enough contrast with what is behind it on the screen.

The rule `contrast` reads the styles; this rule measures the colours that the browser shows, in each state. If a
picture, a gradient or something transparent is behind the text, it measures the pixels.

Bad:
    <td background="photo.jpg" style="color:#FFFFFF">Come and see us</td>

Good:
    <td style="background-color:#00505B;color:#FFFFFF">Come and see us</td>

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA): 4.5:1, or 3:1 for large text (24 px, or 18.66 px and bold).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"text": 4.5, "large_text": 3.0}
STRICTER_WHEN_HIGHER = ("text", "large_text")


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each text with too little contrast."""
    for text in page.low_contrast_text(options["text"], options["large_text"]):
        measured = text["measured"] or 1.0  # the text changes no pixel
        hint = f"Use darker text or a lighter background, or the reverse, until it is {text['wanted']:g}:1."
        message = f"The contrast of {quoted(text['words'])} on the screen is {int(measured * 100) / 100:g}:1."
        yield Finding(page.at(text), message, hint, rank=-measured)

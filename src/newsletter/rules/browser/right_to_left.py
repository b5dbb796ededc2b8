"""Text that is written from right to left begins on the right, and its numbers stay whole.

In Arabic or Hebrew a phone number such as 03069 990 100 is still read from left to right. Without marks around it, its
groups of digits change places, and whoever rings it reaches somebody else.

Bad:
    <p dir="rtl" style="text-align:left">

Good:
    <p dir="rtl">

WCAG 2.2, 1.3.2 Meaningful Sequence (A); Unicode Standard Annex 9.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_TOLERANCE = 2  # px


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at where lines begin, and at the order of a number's groups of digits."""
    for number in seen.found["numbers"]:
        if number["lefts"] != sorted(number["lefts"]):
            spot = seen.locator.locate(number["element"], number["text"])
            hint = "Wrap the number in an element with dir=ltr."
            yield Finding(spot, f"The groups of the number {number['number']} have changed places.", hint)
    for text in seen.shown:
        # A browser's own spelling is -webkit-center for what an attribute sets in the middle, such as a button's words.
        if text["rightToLeft"] and text["indent"] > _TOLERANCE and not text["align"].endswith("center"):
            hint = "Align it with text-align: right or start."
            yield Finding(seen.at(text), f"{quoted(text['words'])} does not begin on the right.", hint)

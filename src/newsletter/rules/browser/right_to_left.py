"""Text in a right-to-left language begins on the right, and its numbers keep their order.

In Arabic or Hebrew, a phone number such as 03069 990 100 is still read from left to right. Without markup around it,
its groups of digits and its signs change places, and people call a wrong number.

Bad:
    <p dir="rtl" style="text-align:left">

Good:
    <p dir="rtl">

WCAG 2.2, 1.3.2 Meaningful Sequence (A); Unicode Standard Annex 9.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_TOLERANCE = 2  # px


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check where lines begin, and the order of the groups of digits and signs in each number."""
    for number in page.measurements["numbers"]:
        if number["lefts"] != sorted(number["lefts"]):
            where = page.locator.locate(number["element"], number["text"])
            hint = "Wrap the number in an element with dir=ltr."
            yield Finding(where, f"The digits and signs of the number {number['number']} are in the wrong order.", hint)
    for text in page.visible_texts:
        # Browsers compute -webkit-center for an attribute that centres, such as the align attribute of a button.
        if text["rightToLeft"] and text["indent"] > _TOLERANCE and not text["align"].endswith("center"):
            hint = "Write text-align: right, or start."
            yield Finding(page.at(text), f"{quoted(text['words'])} does not begin on the right.", hint)

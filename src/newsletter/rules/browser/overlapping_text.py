"""No words lie on top of others, and nothing covers them.

Where two lines share one place, neither can be read; it happens when lines are moved by px and the text grows. What a
picture or a coloured box covers cannot be read at all.

Bad:
    <p style="margin-top:-20px">

Good:
    <p style="margin-top:0">

WCAG 2.2, 1.4.4 Resize Text and 1.4.12 Text Spacing (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the places of words that are near one another, and look what lies over them."""
    for item in seen.found["covered"]:
        by = quoted(item["by"]) if item["by"] else "something without words"
        hint = "Take out what moves one over the other: negative margins, positions, transform."
        yield Finding(seen.at(item), f"{quoted(item['words'])} is covered by {by}.", hint)
    for item in seen.found["overlaps"]:
        one, _, other = item["words"].partition(" / ")
        spot = seen.locator.locate(item["number"], item["text"])
        hint = "Take out negative margins, positions and line heights in px."
        yield Finding(spot, f"{quoted(one)} and {quoted(other)} lie on top of each other.", hint)

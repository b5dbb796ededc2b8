"""No words overlap, and nothing covers them.

If two lines overlap, neither can be read. It happens if lines are moved by a number of px and a reader makes the text
larger. Words behind a picture or a coloured box cannot be read at all.

Bad:
    <p style="margin-top:-20px">

Good:
    <p style="margin-top:0">

WCAG 2.2, 1.4.4 Resize Text and 1.4.12 Text Spacing (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check for words that something covers, and for words that overlap."""
    for item in page.measurements["covered"]:
        by = quoted(item["by"]) if item["by"] else "something without text"
        hint = "Remove what moves one over the other: negative margins, position or transform."
        yield Finding(page.at(item), f"{quoted(item['words'])} is covered by {by}.", hint)
    for overlap in page.measurements["overlaps"]:
        one, _, other = overlap["words"].partition(" / ")
        where = page.locator.locate(overlap["number"], overlap["text"])
        hint = "Remove negative margins, position, and line heights in px."
        yield Finding(where, f"{quoted(one)} and {quoted(other)} overlap.", hint)

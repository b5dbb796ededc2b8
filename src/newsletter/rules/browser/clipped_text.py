"""No text is cut off at the edge of its box.

A box of a fixed height holds its words until somebody makes them larger or sets them further apart: then the last ones
are gone, and nobody can know that they were there.

Bad:
    <div style="height:48px;overflow:hidden">Bring your card and this letter</div>

Good:
    <div>Bring your card and this letter</div>

WCAG 2.2, 1.4.4 Resize Text and 1.4.12 Text Spacing (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Take out the height, or write min-height; take out overflow: hidden and white-space: nowrap."


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at boxes that hide what has no room in them, and at words that stick out of their own."""
    for item in seen.found["clipped"]:
        if item["words"] and not item["isReached"]:
            yield Finding(seen.at(item), f"{quoted(item['words'])} is cut off at the edge of its box.", _HINT)
    for text in seen.shown:
        if text["spills"]:
            yield Finding(seen.at(text), f"{quoted(text['words'])} sticks out of its box.", _HINT)

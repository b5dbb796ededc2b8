"""No text is cut off at the edge of its box.

Words fit into a box of a fixed height until a reader makes the text larger or the spaces wider. Then the last words
disappear, and nobody knows that they were there.

Bad:
    <div style="height:48px;overflow:hidden">Bring your card and this letter</div>

Good:
    <div>Bring your card and this letter</div>

WCAG 2.2, 1.4.4 Resize Text and 1.4.12 Text Spacing (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Remove the height, or write min-height. Remove overflow: hidden and white-space: nowrap."


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check for boxes that cut off their words, and for words that are wider than their box."""
    for item in page.measurements["clipped"]:
        if item["words"] and not item["isReached"]:
            yield Finding(page.at(item), f"{quoted(item['words'])} is cut off at the edge of its box.", _HINT)
    for text in page.visible_texts:
        if text["spills"]:
            yield Finding(page.at(text), f"{quoted(text['words'])} sticks out of its box.", _HINT)

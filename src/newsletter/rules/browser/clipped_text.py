"""No text is cut off at the edge of its box.

Words fit into a box of a fixed height until a reader makes the text larger or the spaces wider. Then the last words
disappear, and nobody knows that they were there. The number of a list is outside its box: if it is cut off, 10
looks like 0.

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


_LIST_HINT = "Give the list a larger margin on the side where it begins: 2.2em for two digits, 2.8em for three."


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check for boxes that cut off words or the numbers of lists, and for words that are wider than their box."""
    for item in page.measurements["clipped"]:
        if item["words"] and not item["isReached"]:
            yield Finding(page.at(item), f"{quoted(item['words'])} is cut off at the edge of its box.", _HINT)
    for listed in page.measurements["cutMarkers"]:
        message = f"The number or sign before {quoted(listed['words'])} in a list is cut off."
        yield Finding(page.at(listed), message, _LIST_HINT)
    for text in page.visible_texts:
        if text["spills"]:
            yield Finding(page.at(text), f"{quoted(text['words'])} sticks out of its box.", _HINT)

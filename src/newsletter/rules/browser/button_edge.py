"""A button can be seen: its background or its border differs clearly from what is around it.

The contrast themes of Windows remove all backgrounds. A button without a border then looks like any other words.

Bad:
    <mj-button background-color="#00505B">

Good:
    <mj-button background-color="#00505B" border="2px solid #00505B">

WCAG 2.2, 1.4.11 Non-text Contrast (AA): 3:1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"contrast": 3.0}
STRICTER_WHEN_HIGHER = ("contrast",)


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the background and the border of each button."""
    for link in page.measurements["links"]:
        if link["button"]:
            edge = link["edge"] if link["edgeWidth"] >= 1 else 1
            if max(link["fill"], edge) < options["contrast"]:
                message = f"The button {quoted(link['words'])} has no background or border that can be seen."
                yield Finding(page.at(link), message, "Give it a border of 2 px in its background colour.")

"""A button can be told from what lies around it, by its ground or by its edge.

Windows' contrast themes take every ground away. A button that was a coloured block is then words like any others,
unless it has a border.

Bad:
    <mj-button background-color="#00505B">

Good:
    <mj-button background-color="#00505B" border="2px solid #00505B">

WCAG 2.2, 1.4.11 Non-text Contrast (AA): 3:1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"contrast": 3.0}


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at links that have a ground of their own."""
    for link in seen.found["links"]:
        if link["button"]:
            edge = link["edge"] if link["edgeWidth"] >= 1 else 1
            if max(link["fill"], edge) < options["contrast"]:
                message = f"The button {quoted(link['words'])} has neither a ground nor an edge that can be seen."
                yield Finding(seen.at(link), message, "Give it a border of 2 px in the colour of its ground.")

"""The page shows its parts in the order in which it is read out.

Screen readers and the Tab key follow the order of the HTML. If the layout shows another order, people who listen and
look at the same time lose their place.

Bad:
    <div style="display:flex;flex-direction:column-reverse">

Good:
    <div>

WCAG 2.2, 1.3.2 Meaningful Sequence and 2.4.3 Focus Order (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare each block of text or picture with the one before it."""
    for item in page.measurements["astray"]:
        message = f"{quoted(item['words'])} comes after {quoted(item['after'])} in the HTML, but is shown before it."
        hint = "Write them in the order in which they are shown, and remove what moves them."
        yield Finding(page.at(item), message, hint)

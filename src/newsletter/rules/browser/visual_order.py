"""What comes next in the page also comes next to the eye.

Screen readers and the Tab key follow the page's own order. Where the layout shows another one, what is heard and what
is seen do not match, and whoever uses both is lost.

Bad:
    <div style="display:flex;flex-direction:column-reverse">

Good:
    <div>

WCAG 2.2, 1.3.2 Meaningful Sequence and 2.4.3 Focus Order (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each block of text or picture and the one before it."""
    for item in seen.found["astray"]:
        message = f"{quoted(item['words'])} comes after {quoted(item['after'])} in the page, but is shown before it."
        hint = "Write them in the order in which they are shown, and take out what moves them."
        yield Finding(seen.at(item), message, hint)

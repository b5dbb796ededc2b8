"""Nobody has to scroll sideways to read.

On a phone, or with large text, a line that runs off the screen has to be pushed to and fro for every line. People with
tremor or low vision give up.

Bad:
    <mj-raw><table width="580">...</table></mj-raw>

Good:
    <mj-table width="100%">...</mj-table>

WCAG 2.2, 1.4.10 Reflow (AA): 320 pixels.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Let its width follow the screen: width: 100% or max-width, no width in px, shorter unbroken words."


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look whether the page is wider than the window, and name what sticks out."""
    beyond = seen.found["sideways"]
    if beyond <= 0:
        return
    for item in seen.found["wide"] or [{"number": 0, "words": ""}]:
        what = quoted(item["words"]) if item["words"] else "Something without words"
        message = f"{what} makes the page {beyond:g} px wider than a window of {seen.state.width} px."
        yield Finding(seen.at(item), message, _HINT, rank=beyond)

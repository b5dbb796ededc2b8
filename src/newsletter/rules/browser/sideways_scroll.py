"""Readers do not have to scroll sideways.

If lines run off the screen of a phone, or with large text, readers have to move the page sideways and back for every
line. People with tremor or low vision give up.

Bad:
    <mj-raw><table width="580">...</table></mj-raw>

Good:
    <mj-table width="100%">...</mj-table>

WCAG 2.2, 1.4.10 Reflow (AA): 320 pixels.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Let its width follow the screen: use width: 100% or max-width, no width in px, and no very long words."


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check whether the page is wider than the window, and report what makes it so."""
    beyond = page.measurements["sideways"]
    if beyond <= 0:
        return
    for item in page.measurements["wide"] or [{"number": 0, "words": ""}]:
        what = quoted(item["words"]) if item["words"] else "Something without text"
        message = f"{what} makes the page {beyond:g} px wider than a screen of {page.state.width} px."
        yield Finding(page.at(item), message, _HINT, rank=beyond)

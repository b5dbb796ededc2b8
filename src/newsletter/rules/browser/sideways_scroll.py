"""Readers do not have to scroll sideways.

If lines run off the screen of a phone, or with large text, readers have to move the page sideways and back for every
line. People with tremor or low vision give up. A table in a box that scrolls is as hard to read. Only
with enlarged text, or where an app removes all style sheets, it may need one.

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


_BOX_HINT = "Shorten its longest words, or have fewer columns."


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check whether the page is wider than the window, or what is in a box wider than the box, and report what is."""
    if not page.state.tables_may_scroll:
        for box in page.measurements["scrolling"]:
            message = f"{quoted(box['words'])} is {box['beyond']:g} px wider than its box, which scrolls sideways."
            yield Finding(page.at(box), message, _BOX_HINT, rank=box["beyond"])
    beyond = page.measurements["sideways"]
    if beyond <= 0:
        return
    for item in page.measurements["wide"] or [{"number": 0, "words": ""}]:
        what = quoted(item["words"]) if item["words"] else "Something without text"
        message = f"{what} makes the page {beyond:g} px wider than a screen of {page.state.width} px."
        yield Finding(page.at(item), message, _HINT, rank=beyond)

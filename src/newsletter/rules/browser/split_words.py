"""No word is broken in the middle at the end of a line.

“Appoin” on one line and “tments” on the next are two riddles to somebody with aphasia, dyslexia or tired eyes. A word
or an address that is longer than its whole line has to be broken, and is not told. No-break spaces can break a word,
too: where what they hold together is wider than the line, a browser breaks it anywhere.

Bad:
    <td style="word-break:break-word;width:60px">Appointments</td>

Good:
    <td style="word-break:normal;overflow-wrap:break-word">Appointments</td>

Stroke Association, Accessible Information Guidelines; W3C, Making Content Usable (COGA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_HELD = re.compile(r"\S*\w[\u00a0\u202f](?:\S|[\u00a0\u202f])*")


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at words that stand on two lines although they would fit on one."""
    for item in seen.found["split"]:
        if item["length"] <= item["room"]:
            spot = seen.locator.locate(item["number"], item["text"])
            hint = "Give it a wider place; in the template, write word-break: normal."
            if any(item["word"] in held for held in _HELD.findall(item["text"])):
                hint = "No-break spaces hold it to its neighbours: write plain spaces, or use fewer of them."
            yield Finding(spot, f"The word {quoted(item['word'])} is broken in the middle.", hint)

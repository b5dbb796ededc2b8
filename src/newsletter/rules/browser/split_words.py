"""No word is broken in the middle at the end of a line.

“Appoin” on one line and “tments” on the next are two puzzles for somebody with aphasia, dyslexia or tired eyes. A word
or an address that is longer than the whole line has to be broken, and is not reported. No-break spaces can break a word
too: if the words that they tie together are wider than the line, a browser breaks them anywhere.

Bad:
    <td style="word-break:break-word;width:60px">Appointments</td>

Good:
    <td style="word-break:normal;overflow-wrap:break-word">Appointments</td>

Stroke Association, Accessible Information Guidelines; W3C, Making Content Usable (COGA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_UNBREAKABLE = re.compile(r"(?<!\S)\S*\w[\u00a0\u202f](?:\S|[\u00a0\u202f])*+")


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each word that is on two lines although it fits on one."""
    for item in page.measurements["split"]:
        if item["length"] <= item["room"]:
            where = page.locator.locate(item["number"], item["text"])
            hint = "Give it more room; in the template, write word-break: normal."
            if any(item["word"] in piece for piece in _UNBREAKABLE.findall(item["text"])):
                hint = "No-break spaces tie it to the words beside it: replace some of them with ordinary spaces."
            yield Finding(where, f"The word {quoted(item['word'])} is broken in the middle.", hint)

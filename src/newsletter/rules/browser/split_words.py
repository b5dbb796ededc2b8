"""No word is broken in the middle at the end of a line.

“Appoin” on one line and “tments” on the next are two riddles to somebody with aphasia, dyslexia or tired eyes. What
is longer than its whole line has to be broken, and is not told: a long word, an address, or words and numbers that
no-break spaces hold together.

Bad:
    <td style="word-break:break-word;width:60px">Appointments</td>

Good:
    <td style="word-break:normal;overflow-wrap:break-word">Appointments</td>

Stroke Association, Accessible Information Guidelines; W3C, Making Content Usable (COGA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.seen import Seen, quoted
from newsletter.rules import Finding

SEVERITY = "error"


def check(seen: Seen, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at words that stand on two lines although the words that belong together would fit on one."""
    for item in seen.found["split"]:
        if item["unit"] <= item["room"]:
            spot = seen.finder.spot(item["number"], item["text"])
            hint = "Give it a wider place; in the template, write word-break: normal."
            yield Finding(spot, f"The word {quoted(item['word'])} is broken in the middle.", hint)

"""Nothing moves for a reader who has asked for less motion.

Movement makes people with balance disorders or migraine ill. As `motion`, but seen: what still runs when the computer
says that its reader wants less of it.

Bad:
    .badge { animation: pulse 1s infinite; }

Good:
    @media (prefers-reduced-motion: no-preference) { .badge { animation: pulse 1s infinite; } }

WCAG 2.2, 2.2.2 Pause, Stop, Hide (A) and 2.3.3 Animation from Interactions (AAA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at what the browser is moving."""
    for item in seen.found["moving"]:
        what = quoted(item["words"]) if item["words"] else "Something without words"
        hint = "Put the animation into @media (prefers-reduced-motion: no-preference) { ... }, or take it out."
        yield Finding(seen.at(item), f"{what} moves.", hint)

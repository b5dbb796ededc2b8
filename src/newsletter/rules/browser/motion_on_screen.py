"""Nothing moves for a reader who has asked for less motion.

Movement makes people with balance disorders or migraine ill. The rule `motion` reads the styles; this rule looks at
what still moves in a browser that asks for less motion.

Bad:
    .badge { animation: pulse 1s infinite; }

Good:
    @media (prefers-reduced-motion: no-preference) { .badge { animation: pulse 1s infinite; } }

WCAG 2.2, 2.2.2 Pause, Stop, Hide (A) and 2.3.3 Animation from Interactions (AAA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_STATES = ("reduced motion",)


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report everything that the browser moves."""
    for item in page.measurements["moving"]:
        what = quoted(item["words"]) if item["words"] else "Something without text"
        hint = "Put the animation into @media (prefers-reduced-motion: no-preference) { ... }, or remove it."
        yield Finding(page.at(item), f"{what} moves.", hint)

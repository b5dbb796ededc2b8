"""Text on the screen is large enough, whatever made it so.

As `text-size`, but measured as it is drawn: sizes in em, rules that only some screens get, text that is scaled down,
words that a style sheet adds, and what is left when a mail client has taken rules away.

Bad:
    @media (max-width: 479px) { .caption { font-size: 0.7em; } }

Good:
    .caption { font-size: 16px; }

UKAAF clear print guidelines; WCAG 2.2 has no smallest size.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
EDITIONS = {"large-print": {"smallest": 24.0}}
OPTIONS = {"smallest": 16.0}


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each piece of text that can be seen, and at what style sheets add to it."""
    for text in (*seen.shown, *seen.found["added"]):
        if text["size"] < options["smallest"] - 0.05:
            hint = f"Write font-size: {options['smallest']:g}px or more for it."
            message = f"{quoted(text['words'])} is {round(text['size'], 1):g} px large."
            yield Finding(seen.at(text), message, hint, rank=-text["size"])

"""Text on the screen is large enough.

The rule `text-size` reads the styles; this rule measures the text as the browser shows it. So it covers sizes in em,
styles for some screens only, text that is scaled down and text that a style sheet adds. It also covers the page that
is left after a mail app has removed styles.

Bad:
    @media (max-width: 479px) { .caption { font-size: 0.7em; } }

Good:
    .caption { font-size: 16px; }

UKAAF clear print guidelines; WCAG 2.2 has no smallest size.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"smallest": 16.0}
STRICTER_WHEN_HIGHER = ("smallest",)


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the size of each visible text, and of what style sheets add to it."""
    for text in (*page.visible_texts, *page.measurements["added"]):
        if text["size"] < options["smallest"] - 0.05:
            hint = f"Write font-size: {options['smallest']:g}px or more."
            message = f"{quoted(text['words'])} is only {round(text['size'], 1):g} px large."
            yield Finding(page.at(text), message, hint, rank=-text["size"])

"""All words of the page are shown, in every state.

A style for dark mode or for phones can hide a line. A mail app can drop a part of the page. Readers in that state never
learn what it said. Words that appear elsewhere in the page are not lost, such as the name of a column that moves into
each row on a phone.

Bad:
    @media (prefers-color-scheme: dark) { .note { display: none; } }

Good:
    @media (prefers-color-scheme: dark) { .note { color: #FFFFFF; } }

WCAG 2.2, 1.3.1 Info and Relationships (A) and 1.4.10 Reflow (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Look for what hides it: display: none, font-size: 0, a conditional comment or a position off the page."
_BY_OTHER_RULES = {"overflow", "colour", "covered"}
"""Ways to be hidden that `clipped-text`, `contrast-on-screen` and `overlapping-text` report."""


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check whether each text of this state and of the first state can be seen here."""
    visible = {_bare(text["words"]) for text in page.visible_texts}
    visible |= {_bare(text["words"]) for text in page.measurements["texts"] if text["hidden"] in _BY_OTHER_RULES}
    for text in (*page.measurements["texts"], *page.first_state_texts):
        if (words := _bare(text["words"])) not in visible:
            visible.add(words)
            yield Finding(page.at(text), f"{quoted(text['words'])} is not shown.", _HINT)


def _bare(words: str) -> str:
    return words.rstrip(": ")

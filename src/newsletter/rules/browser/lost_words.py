"""Whoever looks at the page meets all of its words, in every state.

A rule for dark mode or for phones that hides a line, a part that only some mail clients get, words that a client's
clean-up drops: whoever reads in that state never learns of them. Words that are said elsewhere in the page, such as the
name of a column that moves into each row on a phone, are not lost.

Bad:
    @media (prefers-color-scheme: dark) { .note { display: none; } }

Good:
    @media (prefers-color-scheme: dark) { .note { color: #FFFFFF; } }

WCAG 2.2, 1.3.1 Info and Relationships (A) and 1.4.10 Reflow (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"

_TOLD = {"overflow", "colour", "covered"}


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for each piece of text of the first state, and of this one, among those that can be seen."""
    seeable = {_bare(text["words"]) for text in seen.shown}
    # What is cut off, covered or as pale as its ground is told by the rules for that.
    seeable |= {_bare(text["words"]) for text in seen.found["texts"] if text["hidden"] in _TOLD}
    for text in (*seen.found["texts"], *seen.usual):
        if (words := _bare(text["words"])) not in seeable:
            seeable.add(words)
            hint = "Look for what hides it: display: none, font-size: 0, a conditional comment, a place off the page."
            yield Finding(seen.at(text), f"{quoted(text['words'])} is not shown.", hint)


def _bare(words: str) -> str:
    return words.rstrip(": ")

"""A cell of a table says in words that it is empty, or that it is as the cell above it.

Many screen readers say nothing for a dash, and "quote" or nothing for a ditto mark. Listeners, and readers on a phone,
who get one row after the other, then do not know what the cell says. For an empty cell, they get “none” in their
language.

Bad:
    - table:
        caption: "What tickets cost"
        columns: ["Who", "Plays", "Films"]
        rows:
          - ["Members", "£9", "£4"]
          - ["Under 26", "″", "-"]

Good:
    - table:
        caption: "What tickets cost"
        columns: ["Who", "Plays", "Films"]
        rows:
          - ["Members", "£9", "£4"]
          - ["Under 26", "£9", ""]

WCAG 2.2, 1.3.3 Sensory Characteristics (A), and its failure F26: a sign alone carries information.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"

_DASHES = re.compile(r"[-–—―−_./ ]+")
_DITTO = re.compile(r"[\"″〃“”'’ ]+|ditto|do\.", re.IGNORECASE)
_EMPTY_CELL = 'Write "" for an empty cell: readers get “none”. If the sign means something else, say it in words.'


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each cell of each table."""
    for path, value in issue.values:
        if path[-3:-2] != ("rows",):
            continue
        words = str(value).strip()
        if _DITTO.fullmatch(words):
            above = (issue.source((*path[:-2], row, path[-1])) for row in range(int(path[-2]) - 1, -1, -1))
            whole = next((cell for cell in above if not _DITTO.fullmatch(cell.strip())), "")
            hint = f"Write the words again: {quoted(whole)}." if whole else "Write the words again."
            yield Finding(issue.at(*path), f"Not everybody hears or knows what {quoted(words)} stands for.", hint)
        elif _DASHES.fullmatch(words):
            yield Finding(issue.at(*path), f"A screen reader may say nothing for {quoted(words)}.", _EMPTY_CELL)

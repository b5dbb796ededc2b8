"""The same sign is not repeated many times in a row.

Some screen readers say each sign of a row, "black star, black star, black star, white star", and others say nothing, so
that a rating is lost. Dots between a part and its player are only there for the eye, and wrap on a phone.

Bad:
    - lines: |
        The Keeper ........ Idris Vale
        ★★★★☆ in the Gazette

Good:
    - lines: |
        The Keeper: Idris Vale
        4 out of 5 stars in the Gazette

WCAG 2.2, 1.3.3 Sensory Characteristics (A) and its failure F26, a sign alone that carries information; Text Email
Newsletter (TEN) Standard (http://headstar.com/ten/): no long lines of symbols.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._sign_rows import sign_rows

SEVERITY = "warning"

_MOST_STARS = 5
_RATING_HINT = "Say it in words, such as “4 out of 5 stars”."
_ONCE_HINT = "Write one, or none."
_BETWEEN_HINT = "Delete them. Between two words, write a colon; or use a table, or an empty line."


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each row in words. The subject has its own rule, and raw-marks reports rows of `=`."""
    for paragraph in issue.paragraphs():
        if paragraph.kind == "subject":
            continue
        for row in sign_rows(paragraph.words):
            message = f"A screen reader says each of these signs, or none: {quoted(row[0])}."
            yield Finding(paragraph.at(row.start()), message, _what_to_do(row))


def _what_to_do(row: re.Match[str]) -> str:
    if row["stars"] or (row["sign"] == "*" and row[0].count("*") <= _MOST_STARS):
        return _RATING_HINT
    return _ONCE_HINT if row["picture"] or row[0][0] in "!?" else _BETWEEN_HINT

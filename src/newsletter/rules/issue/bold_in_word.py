"""A word is wholly bold or not at all.

Some screen readers stop where bold begins or ends, and read "S tar" for "**S**tar". To readers with dyslexia, a word
with a heavy piece has an unknown shape.

Bad:
    - text: |
        We **re**start in May. The **star**ting time is 7pm.

Good:
    - text: |
        We **restart** in May. The **starting** time is 7pm.

The rule is our own. It looks at italics, too, and at words in Latin, Greek and Cyrillic letters.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_LETTER = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\d]")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report bold and italics that begin or end within a word."""
    for paragraph in issue.paragraphs():
        text, reported = paragraph.text, set[int]()
        for kind, spans in (("bold", paragraph.bold), ("in italics", paragraph.italic)):
            for start, end in spans:
                if not any(_is_in_word(text, edge) for edge in (start, end) if start < end):
                    continue
                first, last = _word_around(text, start, end)
                if first not in reported:
                    reported.add(first)
                    message = f"Only a part of “{text[first:last]}” is {kind}."
                    hint = "Put the stars around the whole word, or delete them."
                    yield Finding(paragraph.at(start), message, hint)


def _is_in_word(text: str, edge: int) -> bool:
    return 0 < edge < len(text) and bool(_LETTER.match(text, edge - 1) and _LETTER.match(text, edge))


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while _is_in_word(text, start):
        start -= 1
    while _is_in_word(text, end):
        end += 1
    return start, end

"""Words are not written in capitals alone.

In capitals all words have one outline, a box, and are harder to read, above all with dyslexia, low vision or aphasia.
Some screen readers spell them out as if they were abbreviations.

Bad:
    - text: |
        PLEASE DO NOT STOP your tablets before you have asked.

Good:
    - text: |
        **Please do not stop** your tablets before you have asked.

UKAAF, Creating clear print and large print documents (G003): no large blocks of capitals; NHS digital service manual,
Formatting and punctuation: no block capitals.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from newsletter.check.written import WrittenIssue
from newsletter.rules import Finding
from newsletter.rules.issue._capitals import WORD, is_abbreviation, is_in_capitals, known

SEVERITY = "warning"
OPTIONS = {"most_in_a_row": 2}

_HEADINGS = ("heading", "title", "label", "q", "ask")
_BREAK = re.compile(r"[^\w\s'’&-]|\n")  # "MS, NHS and UK" is no row


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each heading, and at each row of words; the subject has a rule of its own."""
    explained = known(issue)
    hint = "Write small letters, and **bold** in a text if it matters. An abbreviation is for the glossary."
    for paragraph in issue.paragraphs():
        if paragraph.kind == "subject":
            continue
        words = WORD.findall(paragraph.words)
        if paragraph.kind in _HEADINGS and _is_loud(words, 1, explained) and paragraph.words.upper() == paragraph.words:
            yield Finding(paragraph, f"These words are all in capitals: “{paragraph.words}”.", hint)
            continue
        for start, row in _rows(paragraph.words):
            if len(row) > options["most_in_a_row"] and _is_loud(row, 2, explained):
                message = f"These words are all in capitals: “{' '.join(row)}”."
                yield Finding(paragraph.at(start), message, hint)


def _is_loud(words: list[str], fewest: int, explained: Collection[str]) -> bool:
    """Whether so many of the words are words, and not abbreviations."""
    return sum(is_in_capitals(word) and not is_abbreviation(word, explained) for word in words) >= fewest


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row of words in capitals, and where it begins."""
    start, row, end = 0, list[str](), 0
    for match in WORD.finditer(text):
        if row and (_BREAK.search(text, end, match.start()) or not is_in_capitals(match[0])):
            yield start, row
            row = []
        if is_in_capitals(match[0]):
            start, row = (start if row else match.start()), [*row, match[0]]
        end = match.end()
    yield start, row

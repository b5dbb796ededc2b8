"""A list is a real list, not lines with signs before them.

A screen reader says “list, 3 items”, and people can skip to its end. Typed signs do not make a list: the lines become
one long sentence, and each “•” is read out as “bullet”, or not at all.

Bad:
    - text: |
        Bring with you:
        • a list of questions
        • a friend

Good:
    - text: |
        Bring with you:

        - a list of questions
        - a friend

WCAG 2.2, 1.3.1 Info and Relationships (A); technique H48.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, Prose
from newsletter.check.rule import Finding, Located

SEVERITY = "error"

# "•" and similar signs, emoji such as ticks and hands, a dash; "-" and "*" if Markdown does not read them as a list.
_SIGN = re.compile(
    r"[•‣⁃◦∙●○■□▪▫►▶▸➤➢→✓✔✗✘☑☐✅👉🔹🔸·]\ufe0f?(?=\s*\w)|[–—](?=\s*[^\W\d])|[-*](?=[^\W\d])"
    # Word's bullets, as they are pasted: a circle and a square in fonts for signs.
    r"|o(?=\s{2}\s*\w)|§(?=\s+[^\W\d])"
)
_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Za-z]|[ivx]{2,5})(?:[.)/](?!\d)|\ufe0f?\u20e3)\s*(?=\S)")
_LARGEST_NUMBER = 99  # letters count from here
_ROMAN = ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ENDS = re.compile(r"[.,:;!?…،؛؟]['\"”’»)]*$")


@dataclass(frozen=True)
class Mark:
    """What is typed before a line: the sign, its number (0 if it has none), and the index of the line, from 0."""

    sign: str
    number: int
    line: int


@dataclass(frozen=True)
class _Line:
    """A line that begins with a mark, and its location."""

    mark: Mark
    where: Located


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check how lines begin. An empty line does not end a list."""
    for prose in issue.texts:
        if not prose.is_markdown:
            continue
        for first, second in _neighbours(prose):
            start = "a hyphen and a space"
            if first.mark.number:
                is_letter = first.mark.number > _LARGEST_NUMBER
                start = "1., 2. and so on, and a space" if is_letter else "its number, a full stop and a space"
            hint = f"Begin each line with {start}, and leave an empty line above the first."
            one, other = first.mark.sign, second.mark.sign
            message = f"These lines begin with “{one}” and “{other}”, but are not a list for screen readers."
            if one == other:
                message = f"These lines begin with “{one}”, but are not a list for screen readers."
            yield Finding(first.where, message, hint)


def _neighbours(prose: Prose) -> Iterator[tuple[_Line, _Line]]:
    """Return the first two lines of each list that was typed by hand."""
    last: _Line | None = None
    is_reported = False
    for paragraph in prose.paragraphs:
        if paragraph.kind != "paragraph":
            last, is_reported = None, False
            continue
        lines = list(_lines(paragraph))
        if not lines:
            last, is_reported = None, False
        for line in lines:
            if last is None or not goes_on(last.mark, line.mark):
                last, is_reported = line, False
                continue
            if not is_reported:
                yield last, line
            last, is_reported = line, True


def goes_on(first: Mark, second: Mark) -> bool:
    """Check whether the second mark continues the list of the first."""
    if first.number or second.number:
        return bool(first.number) and second.number == first.number + 1
    return first.sign == second.sign


def marks(lines: Iterable[str]) -> Iterator[Mark]:
    """Return the marks before the lines of one paragraph."""
    may_begin = True
    for number, line in enumerate(lines):
        sign, order = _SIGN.match(line), _NUMBER.match(line)
        # A dash can also be part of a sentence that continues on a new line.
        if sign and (may_begin or sign[0] not in "–—-*"):
            yield Mark(sign[0], 0, number)
        elif order:
            yield Mark(order[0].strip(), _order(order[1]), number)
        may_begin = bool(_ENDS.search(line)) or bool(sign and may_begin)


def _lines(paragraph: Paragraph) -> Iterator[_Line]:
    starts, offset = [], 0
    for line in paragraph.lines:
        starts.append(paragraph.words.find(line, offset))
        offset = starts[-1] + len(line)
    for mark in marks(paragraph.lines):
        yield _Line(mark, paragraph.at(starts[mark.line]))


def _order(number: str) -> int:
    """Return the value of a number or a letter. Letters count from 101, and Roman numbers from ii on from 110.

    So ii follows i, which is also the letter before j.
    """
    if number.isdigit():
        return int(number)
    if number in _ROMAN:
        return _ROMAN.index(number) + _LARGEST_NUMBER + 11
    return ord(number[0].lower()) - ord("a") + _LARGEST_NUMBER + 2

"""A list is a list, and not lines with signs before them.

A screen reader says “list, 3 items”, and one can skip to its end. Typed signs make no list: the lines run into one
long sentence, and each “•” is read out as “bullet”, or not at all.

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

# "•" and its like, emoji that are ticks or hands, a dash; "-" and "*" as far as Markdown has not made a list of them.
_SIGN = re.compile(r"[•‣⁃◦∙●○■□▪▫►▶▸➤➢→✓✔✗✘☑☐✅👉🔹🔸·]\ufe0f?(?=\s*\w)|[–—](?=\s*[^\W\d])|[-*](?=[^\W\d])")
_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Za-z])(?:[.)/](?!\d)|\ufe0f?\u20e3)\s*(?=\S)")
_ENDS = re.compile(r"[.,:;!?…،؛؟]['\"”’»)]*$")


@dataclass(frozen=True)
class Mark:
    """What stands before a line: the sign, the number of a numbered one, and which of the lines it is, from 0."""

    sign: str
    number: int
    line: int


@dataclass(frozen=True)
class _Line:
    """A line that begins with a mark, and where it stands."""

    mark: Mark
    where: Located


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at how lines begin; a line after an empty line goes on with the list."""
    for prose in issue.texts:
        if not prose.is_markdown:
            continue
        for first, second in _neighbours(prose):
            hint = "Begin each line with a hyphen and a space, and leave an empty line above the first."
            if first.mark.number:
                hint = (
                    "Begin each line with its number, a full stop and a space, and leave an empty line above the first."
                )
            one, other = first.mark.sign, second.mark.sign
            message = f"These lines begin with “{one}” and “{other}”, but are no list to a screen reader."
            if one == other:
                message = f"These lines begin with “{one}”, but are no list to a screen reader."
            yield Finding(first.where, message, hint)


def _neighbours(prose: Prose) -> Iterator[tuple[_Line, _Line]]:
    """Give the first two lines of each list that was typed by hand."""
    last: _Line | None = None
    told = False
    for paragraph in prose.paragraphs:
        if paragraph.kind != "paragraph":
            last, told = None, False
            continue
        lines = list(_lines(paragraph))
        if not lines:
            last, told = None, False
        for line in lines:
            if last is None or not goes_on(last.mark, line.mark):
                last, told = line, False
                continue
            if not told:
                yield last, line
            last, told = line, True


def goes_on(first: Mark, second: Mark) -> bool:
    """Whether the second mark is one of the same list as the first."""
    if first.number or second.number:
        return bool(first.number) and second.number == first.number + 1
    return first.sign == second.sign


def marks(lines: Iterable[str]) -> Iterator[Mark]:
    """Give the marks before lines of one paragraph."""
    may_begin = True
    for number, line in enumerate(lines):
        sign, order = _SIGN.match(line), _NUMBER.match(line)
        # A dash can also stand in a sentence that goes on in a new line.
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
    """Give a number or a letter as one: letters are 101 and up."""
    return int(number) if number.isdigit() else ord(number.lower()) - ord("a") + 101

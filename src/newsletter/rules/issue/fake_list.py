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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, Prose
from newsletter.check.rule import Finding, Located
from newsletter.rules.issue._list_marks import LARGEST_NUMBER, ListMark, is_next, marks

SEVERITY = "error"


@dataclass(frozen=True)
class _Line:
    """A line that begins with a mark, and its location."""

    mark: ListMark
    where: Located


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check how lines begin. An empty line does not end a list."""
    for prose in issue.texts:
        if not prose.is_markdown:
            continue
        for first, second in _neighbours(prose):
            start = "a hyphen and a space"
            if first.mark.number:
                is_letter = first.mark.number > LARGEST_NUMBER
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
            if last is None or not is_next(last.mark, line.mark):
                last, is_reported = line, False
                continue
            if not is_reported:
                yield last, line
            last, is_reported = line, True


def _lines(paragraph: Paragraph) -> Iterator[_Line]:
    starts, offset = [], 0
    for line in paragraph.lines:
        starts.append(paragraph.words.find(line, offset))
        offset = starts[-1] + len(line)
    for mark in marks(paragraph.lines):
        yield _Line(mark, paragraph.at(starts[mark.line]))

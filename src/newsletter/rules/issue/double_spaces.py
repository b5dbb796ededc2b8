"""There is one space between two words.

Readers see one space, however many were typed. In the file, two spaces often mean that a word was cut or pasted. A
search for a name with one space does not find it. The rule ignores code, a line break at the end of a line, and words
in columns.

Bad:
    - text: |
        Sit down while you stir.  Then rest.

Good:
    - text: |
        Sit down while you stir. Then rest.

GOV.UK style guide, Spaces: one space after a full stop.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Prose
from newsletter.check.rule import Finding
from newsletter.problems import Fix

SEVERITY = "warning"

_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?=\n)")
_COLUMN_GAP = 3
"""This many spaces in a row, more than once in a value, are not a mistake: they align words in columns."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each row of spaces that only separates words."""
    for prose in issue.texts:
        for spaces in _rows(prose.source):
            start, end = spaces.span()
            if _only_separate_words(prose, start, end):
                yield Finding(
                    issue.at_source(prose.path, start - 1),
                    f"There are {len(spaces[0])} spaces in a row here.",
                    "Write one space.",
                    fix=Fix(prose.path, start, end, " "),
                )


def _rows(source: str) -> Iterator[re.Match[str]]:
    """Return the rows of spaces in a value, without those in paragraphs that have columns."""
    every = list(_SPACES.finditer(source)) if "  " in source else []
    has_columns = sum(len(spaces[0]) >= _COLUMN_GAP for spaces in every) > 1
    for _, group in groupby(every, lambda spaces: len(_BLANK_LINE.findall(source, 0, spaces.start()))):
        paragraph = list(group)
        has_wide = any(len(spaces[0]) >= _COLUMN_GAP for spaces in paragraph)
        if not (has_columns and has_wide) and not _are_columns(paragraph):
            yield from paragraph


def _are_columns(rows: list[re.Match[str]]) -> bool:
    """Check whether the spaces of two lines, one below the other, end in the same column."""
    ends = set()
    for spaces in rows:
        before = spaces.string[: spaces.start()]
        ends.add((before.count("\n"), spaces.end() - before.rfind("\n")))
    return any((line + 1, column) in ends for line, column in ends)


def _only_separate_words(prose: Prose, start: int, end: int) -> bool:
    """Check whether spaces only separate words and have no meaning in Markdown."""
    if not prose.is_markdown:
        return True
    now, then = prose.parse_with(prose.source), prose.parse_with(f"{prose.source[:start]} {prose.source[end:]}")
    return now.structure == then.structure and now.words != then.words and _single(now.words) == _single(then.words)


def _single(words: tuple[str, ...]) -> list[str]:
    return [re.sub(" +", " ", paragraph) for paragraph in words]

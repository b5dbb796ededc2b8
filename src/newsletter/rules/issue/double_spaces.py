"""One space stands between two words.

Readers see one space however many were typed. In the file, two of them often mark a word that was cut or pasted, and
whoever looks for a name with one space does not find it. Code, a line break at the end of a line, and words that are
set out in columns are left alone.

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
from newsletter.check.rule import Finding, Fix

SEVERITY = "warning"

_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?=\n)")
_LAID_OUT = 3
"""So many spaces in a row, more than once in a value, are no slip: somebody sets words out in columns."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the spaces between words in every text."""
    for prose in issue.texts:
        for spaces in _slips(prose.source):
            start, end = spaces.span()
            if _part_words(prose, start, end):
                yield Finding(
                    issue.at_source(prose.path, start - 1),
                    f"There are {len(spaces[0])} spaces in a row here.",
                    "Write one.",
                    fix=Fix(prose.path, start, end, " "),
                )


def _slips(source: str) -> Iterator[re.Match[str]]:
    """Give the spaces of a value but for those of paragraphs that are set out in columns."""
    found = list(_SPACES.finditer(source)) if "  " in source else []
    is_laid_out = sum(len(spaces[0]) >= _LAID_OUT for spaces in found) > 1
    for _, group in groupby(found, lambda spaces: len(_BLANK_LINE.findall(source, 0, spaces.start()))):
        paragraph = list(group)
        has_wide = any(len(spaces[0]) >= _LAID_OUT for spaces in paragraph)
        if not (is_laid_out and has_wide) and not _are_columns(paragraph):
            yield from paragraph


def _are_columns(found: list[re.Match[str]]) -> bool:
    """Whether words behind spaces stand below each other in lines that follow one another."""
    ends = set()
    for spaces in found:
        before = spaces.string[: spaces.start()]
        ends.add((before.count("\n"), spaces.end() - before.rfind("\n")))
    return any((line + 1, column) in ends for line, column in ends)


def _part_words(prose: Prose, start: int, end: int) -> bool:
    """Whether spaces only part words, and mean nothing in Markdown."""
    if not prose.is_markdown:
        return True
    now, then = prose.parse_with(prose.source), prose.parse_with(f"{prose.source[:start]} {prose.source[end:]}")
    return now.structure == then.structure and now.words != then.words and _single(now.words) == _single(then.words)


def _single(words: tuple[str, ...]) -> list[str]:
    return [re.sub(" +", " ", paragraph) for paragraph in words]

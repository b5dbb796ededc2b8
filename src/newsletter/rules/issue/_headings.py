"""Knows the headings of an issue, and which of them skip a level."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, Prose

_ARTICLE, _BLOCK = 2, 3  # the levels of the headings that templates give to an article and to a block
_NO_HEADING = ("text", "image", "table", "chart", "quote", "button")


class SkippingHeading(NamedTuple):
    """A heading that skips a level, the level that it should have, and whether none of its own level follows it.

    A heading of the same level that follows would belong to this one if only this one had another level.
    """

    prose: Prose
    paragraph: Paragraph
    level: int
    is_single: bool


class _Heading(NamedTuple):
    """A heading, and the level of the heading that an article or a block begins with between it and the one above."""

    prose: Prose
    paragraph: Paragraph
    begins: int


def skipping_headings(issue: IssueText) -> Iterator[SkippingHeading]:
    """Compare the level of each heading in an article with the one above it."""
    headings, above = list(_headings(issue)), _ARTICLE
    for (prose, paragraph, begins), following in zip_longest(headings, headings[1:]):
        above = begins or above
        if paragraph.level > above + 1:
            is_single = following is None or following.begins or following.paragraph.level < paragraph.level
            yield SkippingHeading(prose, paragraph, above + 1, bool(is_single))
        above = paragraph.level


def _headings(issue: IssueText) -> Iterator[_Heading]:
    article, begins = None, 0
    for prose in issue.texts:
        if prose.path[0] != "articles":
            continue
        if prose.path[1] != article:
            article, begins = prose.path[1], _ARTICLE
        if "content" in prose.path and not _is_bare(prose):
            begins = _BLOCK
        for paragraph in prose.paragraphs:
            if paragraph.kind == "heading":
                yield _Heading(prose, paragraph, begins)
                begins = 0


def _is_bare(prose: Prose) -> bool:
    """Check whether its block has no heading of its own."""
    return prose.path[prose.path.index("content") + 2] in _NO_HEADING

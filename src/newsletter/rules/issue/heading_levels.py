"""Headings inside an article skip no level.

A screen reader says “heading, level 4”. After a level 2, a part seems to be missing, and people go back to look for it.
The templates decide how large a heading looks; its level says what it belongs to.

Bad:
    - text: |
        ### How the treatment works

        In three steps.

        ##### The first step

Good:
    - text: |
        ### How the treatment works

        In three steps.

        #### The first step

WCAG 2.2, 1.3.1 Info and Relationships (A), and 2.4.6 Headings and Labels (AA); W3C, Web Accessibility Tutorials, Page
Structure, Headings: skip no ranks.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, ParsedText, Prose
from newsletter.check.rule import Finding
from newsletter.problems import Fix

SEVERITY = "error"

_ARTICLE, _BLOCK = 2, 3  # the levels of the headings that templates give to an article and to a block
_NO_HEADING = ("text", "image", "table", "chart", "quote", "button")


class _Heading(NamedTuple):
    """A heading, and the level of the heading that an article or a block begins with between it and the one above."""

    prose: Prose
    paragraph: Paragraph
    begins: int


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the level of each heading in an article with the one above it."""
    headings, above = list(_headings(issue)), _ARTICLE
    for (prose, paragraph, begins), following in zip_longest(headings, headings[1:]):
        above = begins or above
        if paragraph.level > above + 1:
            message = f"The heading {quoted(paragraph.words)} has {'#' * paragraph.level}, which skips a level."
            # A heading of the same level that follows would belong to this one.
            is_single = following is None or following.begins or following.paragraph.level < paragraph.level
            fix = _fix(prose, paragraph, above + 1) if is_single else None
            yield Finding(paragraph, message, f"Write {'#' * (above + 1)} before it instead.", fix=fix)
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


def _fix(prose: Prose, paragraph: Paragraph, level: int) -> Fix | None:
    """Return the fix that writes a heading with another level; None unless one change of the source does only this."""
    now = prose.parse_with(prose.source)
    levels = _levels(now)
    at = [each for each in prose.paragraphs if each.kind == "heading"].index(paragraph)
    wanted = [*levels[:at], f"h{level}", *levels[at + 1 :]]
    fixes = []
    for signs in re.finditer(rf"(?m)^[ >]*(#{{{paragraph.level}}})(?=[ \t])", prose.source):
        new = prose.parse_with(prose.source[: signs.start(1)] + "#" * level + prose.source[signs.end(1) :])
        if new.words == now.words and _levels(new) == wanted:
            fixes.append(Fix(prose.path, signs.start(1), signs.end(1), "#" * level))
    return fixes[0] if len(fixes) == 1 else None


def _levels(text: ParsedText) -> list[str]:
    """Return the level of each heading, such as "h3"."""
    return [tag for type, tag, *_ in text.structure if type == "heading_open"]

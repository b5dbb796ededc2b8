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

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Prose
from newsletter.check.rule import Finding

SEVERITY = "error"

_ARTICLE, _BLOCK = 2, 3  # the levels of the headings that templates give to an article and to a block
_NO_HEADING = ("text", "image", "table", "chart", "quote", "button")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the level of each heading in an article with the one above it."""
    article, above = None, _ARTICLE
    for prose in issue.texts:
        if prose.path[0] != "articles":
            continue
        if prose.path[1] != article:
            article, above = prose.path[1], _ARTICLE
        if "content" in prose.path and not _is_bare(prose):
            above = _BLOCK
        for paragraph in prose.paragraphs:
            if paragraph.kind != "heading":
                continue
            if paragraph.level > above + 1:
                message = f"The heading {quoted(paragraph.words)} has {'#' * paragraph.level}, which skips a level."
                yield Finding(paragraph, message, f"Write {'#' * (above + 1)} before it instead.")
            above = paragraph.level


def _is_bare(prose: Prose) -> bool:
    """Check whether its block has no heading of its own."""
    return prose.path[prose.path.index("content") + 2] in _NO_HEADING

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
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, ParsedText, Prose
from newsletter.check.rule import Finding
from newsletter.problems import Fix
from newsletter.rules.issue._headings import skipping_headings

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each heading of an article that skips a level."""
    for prose, paragraph, level, is_single in skipping_headings(issue):
        message = f"The heading {quoted(paragraph.words)} has {'#' * paragraph.level}, which skips a level."
        fix = _fix(prose, paragraph, level) if is_single else None
        yield Finding(paragraph, message, f"Write {'#' * level} before it instead.", fix=fix)


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

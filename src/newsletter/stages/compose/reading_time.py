"""The length of an issue, for readers who have to save their strength."""

import math
from collections.abc import Iterator

from newsletter.issue.model import Issue
from newsletter.issue.text_fields import Markdown, Text
from newsletter.issue.walk import iter_values
from newsletter.words import Length, length

_KEYS = ("title", "welcome", "articles", "glossary")


def word_count(issue: Issue) -> int:
    """Return the number of words in the welcome, the articles and the issue's own glossary."""
    return round(sum(text.words for text in _lengths(issue)))


def minutes(issue: Issue) -> int:
    """Return the minutes that it takes to read an issue, at least 1."""
    return max(1, math.ceil(sum(text.minutes for text in _lengths(issue))))


def _lengths(issue: Issue) -> Iterator[Length]:
    return (
        length(value) for path, value in iter_values(issue) if isinstance(value, Text | Markdown) and path[0] in _KEYS
    )

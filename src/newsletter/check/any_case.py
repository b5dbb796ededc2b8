"""Patterns for words in any case, which are quick to search for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

_CAPITALS = re.compile(r"\\.|\(\?P|([A-Z]+)")
"""Capitals in a pattern, except in `\\W` and in the beginning of a named group."""


class AnyCase:
    """A pattern that ignores case, for text that seldom has a match.

    `re.IGNORECASE` tries each of a hundred alternatives at each letter. Where case counts, `re` skips those that begin
    with another letter, and is three to four times as fast. So text in lower case is searched for the pattern in lower
    case first.
    """

    def __init__(self, pattern: str) -> None:
        """Compile a pattern.

        Args:
            pattern: the pattern. All of it ignores case.
        """
        self._pattern = pattern
        self._lower = re.compile(_CAPITALS.sub(lambda match: match[0].lower() if match[1] else match[0], pattern))

    @cached_property
    def exact(self) -> re.Pattern[str]:
        """The pattern as it was written."""
        return re.compile(self._pattern, re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Check whether there is a match in a text."""
        return self._lower.search(text.lower()) is not None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in a text."""
        return self.exact.finditer(text) if self.is_in(text) else iter(())

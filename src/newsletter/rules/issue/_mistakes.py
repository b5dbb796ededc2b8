"""Lists of words and signs that are read wrongly. Each mistake: the words, why they are wrong, and what to write."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from newsletter.check.prose import Paragraph
from newsletter.check.rule import Finding


@dataclass(frozen=True)
class Mistake:
    """One kind of mistake."""

    pattern: re.Pattern[str]
    """The words or signs."""
    why: str
    """The end of a message that begins with the words."""
    write: str | Callable[[re.Match[str]], str]
    """What to do; the groups of the pattern by name, such as `\\g<number>`."""

    def hint(self, match: re.Match[str]) -> str:
        """Return what to do about a match."""
        return match.expand(self.write) if isinstance(self.write, str) else self.write(match)


def report(mistakes: Iterable[Mistake], paragraph: Paragraph, words: str) -> Iterator[Finding]:
    """Report each match of a list. Of two at the same place, the mistake that is first in the list counts.

    Args:
        mistakes: the list.
        paragraph: where the words are.
        words: the words of the paragraph, or these with spaces instead of some.

    Yields:
        The findings, by mistake.
    """
    spans: list[tuple[int, int]] = []
    for mistake in mistakes:
        for match in mistake.pattern.finditer(words):
            start, end = match.span()
            if not any(start < last and first < end for first, last in spans):
                spans.append((start, end))
                yield Finding(paragraph.at(start), f"“{match[0].strip()}” {mistake.why}", mistake.hint(match))

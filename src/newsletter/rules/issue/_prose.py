"""What word rules share: which words are prose, and which of them are somebody else's."""

import re
from collections.abc import Iterator

from newsletter.check.written import Paragraph, WrittenIssue

_NAMES = frozenset(["alt", "by", "contact", "credit", "place", "publisher", "source", "year"])
"""Keys whose values name or list things, and are not read as sentences."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|(?<!\w)[‘'].+?[’'](?!\w)", re.DOTALL)


def prose(issue: WrittenIssue) -> Iterator[Paragraph]:
    """Give each paragraph and value that an editor words freely: no names, no sources, no picture descriptions."""
    for paragraph in issue.paragraphs():
        if paragraph.kind not in _NAMES and paragraph.path[-2:] != ("source", "title"):
            yield paragraph


def english(issue: WrittenIssue) -> Iterator[Paragraph]:
    """Give the prose that is in English."""
    return (paragraph for paragraph in prose(issue) if paragraph.language.startswith("en"))


def is_said_by_somebody(paragraph: Paragraph) -> bool:
    """Whether the words are another person's, and so cannot be changed."""
    return paragraph.kind == "quote" or "quote" in paragraph.path


def without_speech(words: str) -> str:
    """Blank out what stands in quotation marks; every offset stays."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), words)


def short(words: str, most: int = 8) -> str:
    """Quote the first words of a sentence."""
    kept = words.split()
    return f"“{' '.join(kept[:most])} …”" if len(kept) > most else f"“{' '.join(kept)}”"

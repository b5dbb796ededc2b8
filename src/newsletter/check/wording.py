"""What word rules share: which words are prose, and which of them are somebody else's."""

import re

from newsletter.check.issue_text import IssueText
from newsletter.check.per_subject import cached_per_subject
from newsletter.check.prose import Paragraph

_NAMES = frozenset(["alt", "by", "contact", "credit", "place", "publisher", "source", "year"])
"""Keys whose values name or list things, and are not read as sentences."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|(?<!\w)[‘'].+?[’'](?!\w)", re.DOTALL)
_OPENING = "“\"«‘'"


@cached_per_subject
def prose(issue: IssueText) -> tuple[Paragraph, ...]:
    """Give each paragraph and value that an editor words freely: no names, no sources, no picture descriptions."""
    return tuple(paragraph for paragraph in issue.paragraphs() if is_prose(paragraph))


@cached_per_subject
def english(issue: IssueText) -> tuple[Paragraph, ...]:
    """Give the prose that is in English."""
    return tuple(paragraph for paragraph in prose(issue) if paragraph.language.startswith("en"))


@cached_per_subject
def our_english(issue: IssueText) -> tuple[Paragraph, ...]:
    """Give the prose that is in English, and not said by somebody else."""
    return tuple(paragraph for paragraph in english(issue) if not is_said_by_somebody(paragraph))


def is_prose(paragraph: Paragraph) -> bool:
    """Whether an editor words it freely."""
    return paragraph.kind not in _NAMES and paragraph.path[-2:] != ("source", "title")


def is_said_by_somebody(paragraph: Paragraph) -> bool:
    """Whether the words are another person's, and so cannot be changed."""
    return paragraph.kind == "quote" or "quote" in paragraph.path


def without_speech(words: str) -> str:
    """Blank out what stands in quotation marks; every offset stays."""
    if not any(mark in words for mark in _OPENING):
        return words
    return _QUOTED.sub(lambda match: " " * len(match[0]), words)


def short(words: str, most: int = 8) -> str:
    """Quote the first words of a sentence."""
    kept = words.split()
    return f"“{' '.join(kept[:most])} …”" if len(kept) > most else f"“{' '.join(kept)}”"

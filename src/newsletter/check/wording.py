"""Selects text for the rules about words: prose, and prose that is no quotation."""

import re
from collections.abc import Iterator

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph

_NAMES = frozenset(["alt", "by", "contact", "credit", "lines", "place", "publisher", "size", "source", "type", "year"])
"""Keys with names or lists as values, which are not read as sentences."""

_QUOTED = re.compile(r"„[^„“”]*[“”]|“[^“”]*”|\"[^\"]*\"|«[^«»]*»|»[^«»]*«|(?<!\w)[‘'].{1,500}?[’'](?!\w)", re.DOTALL)
_FIRST_PERSON = re.compile(r"\b(?:I|my|My|me)\b")
_OPENING = "„“\"«»‘'"
_LONGEST_QUOTE = 80
_CHARACTERS_BEFORE = 500


@cached_on_argument
def prose(issue: IssueText) -> tuple[Paragraph, ...]:
    """Return the paragraphs and values of the issue that an editor words freely: no names, sources or descriptions."""
    return tuple(paragraph for paragraph in issue.paragraphs() if is_prose(paragraph))


@cached_on_argument
def english(issue: IssueText) -> tuple[Paragraph, ...]:
    """Return the prose in English, that of the brand last, because every email has it at its end."""
    return tuple(item for item in (*prose(issue), *issue.brand_paragraphs) if item.language.startswith("en"))


@cached_on_argument
def own_english_prose(issue: IssueText) -> tuple[Paragraph, ...]:
    """Return the prose in English that is not a quotation."""
    return tuple(paragraph for paragraph in english(issue) if not is_said_by_somebody(paragraph))


def own_prose_in(issue: IssueText, language: str) -> Iterator[Paragraph]:
    """Yield the prose in a language, such as "de", that is not a quotation; that of the brand last."""
    for paragraph in (*prose(issue), *issue.brand_paragraphs):
        if paragraph.language.partition("-")[0] == language and not is_said_by_somebody(paragraph):
            yield paragraph


def is_prose(paragraph: Paragraph) -> bool:
    """Check whether an editor words it freely."""
    return paragraph.kind not in _NAMES and paragraph.path[-2:] != ("source", "title")


def is_said_by_somebody(paragraph: Paragraph) -> bool:
    """Check whether it is a quotation: another person's words cannot be changed."""
    return paragraph.kind == "quote" or "quote" in paragraph.path


def is_own_story(paragraph: Paragraph, words: str) -> bool:
    """Check whether these words of a paragraph are a person's own story: "I was called a victim"."""
    return "person" in paragraph.path and bool(_FIRST_PERSON.search(words))


def without_speech(words: str) -> str:
    """Return the text with spaces instead of quotations, so that every offset stays the same."""
    if not any(mark in words for mark in _OPENING):
        return words
    return _QUOTED.sub(lambda match: " " * len(match[0]), words)


def text_before(words: str, offset: int) -> str:
    """Return the text before an offset, cut at the front: to search all of it for each of many words takes too long."""
    return words[max(0, offset - _CHARACTERS_BEFORE) : offset]


def quote_start(words: str, most: int = 8) -> str:
    """Quote the first words of a sentence."""
    each = words.split()
    if len(begin := " ".join(each[:most])) > _LONGEST_QUOTE:  # in a script without spaces between words
        return f"“{begin[:_LONGEST_QUOTE]}…”"
    return f"“{begin}…”" if len(each) > most else f"“{begin}”"

"""Find words in capitals that are not abbreviations, and count the characters of a line as a person does."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAPITALS = re.compile(r"[^\W\d_a-z]['’]?[^\W\d_a-z]")
"""In every word in capitals with more than one letter, and fast to search for."""
_BREAK = re.compile(r"[^\w\s'’&-]|\n")  # "MS, NHS and UK" is not a row
MOST_IN_A_ROW = 2
_HEADINGS = ("heading", "title", "label", "q", "ask")

# Everyday abbreviations that look like words. Those without a vowel, such as NHS, need no list.
_EVERYDAY = frozenset(
    [
        "uk",
        "usa",
        "us",
        "eu",
        "un",
        "ceo",
        "vip",
        "asap",
        "usb",
        "ukri",
        "it",
        "id",
        "ai",
        "tv",
        "am",
        "pm",
        "ok",
        "gp",
        "faq",
        "diy",
        "iq",
        "rip",
        "hiv",
        "aids",
        "covid",
        "dna",
        "rna",
        "mri",
        "eeg",
        "ecg",
        "emg",
        "ct",
        "pip",
        "esa",
    ]
)


@cached_on_argument
def glossary_words(issue: IssueText) -> frozenset[str]:
    """Return, in lower case, each word of the terms in the glossaries of the issue and the brand."""
    terms = " ".join([*issue.issue.glossary, *issue.brand.glossary])
    return frozenset(WORD.findall(terms.casefold()))


def is_in_capitals(word: str) -> bool:
    """Check whether a word is all capital letters. Arabic and Chinese have no capitals."""
    return word.isupper() and word.replace("'", "").replace("’", "").isalpha()


def is_abbreviation(word: str, known: Collection[str]) -> bool:
    """Check whether a word in capitals is an abbreviation: explained in a glossary, everyday, or without a vowel."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    if len(plain) < 2 or {plain, plain.removesuffix("s"), word.casefold()} & {*known, *_EVERYDAY}:
        return True
    # In the Latin alphabet only. "y" and "w" count as vowels, because of Welsh.
    return bool(re.fullmatch(r"[bcdfghj-np-tvxz]+", plain))


def is_loud(words: list[str], fewest: int, explained: Collection[str]) -> bool:
    """Check whether enough words are in capitals and are not abbreviations.

    Args:
        words: the words.
        fewest: how many are enough.
        explained: the abbreviations that the issue explains.
    """
    return sum(is_in_capitals(word) and not is_abbreviation(word, explained) for word in words) >= fewest


def is_loud_heading(paragraph: Paragraph, explained: Collection[str]) -> bool:
    """Check whether a paragraph is a heading or another short line that is all in capitals."""
    words = paragraph.words
    return paragraph.kind in _HEADINGS and words.upper() == words and is_loud(WORD.findall(words), 1, explained)


def loud_words(line: str, explained: Collection[str]) -> list[re.Match[str]]:
    """Return each word of more than two letters in a line that is in capitals and no abbreviation."""
    return [
        word
        for word in WORD.finditer(line)
        if len(word[0]) > 2 and is_in_capitals(word[0]) and not is_abbreviation(word[0], explained)
    ]


def loud_rows(text: str, most: int, explained: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Return offset and words of each row of words in capitals that is too long, with at least two real words in it.

    Args:
        text: the text.
        most: how many words in capitals a row may have.
        explained: the abbreviations that the issue explains.
    """
    rows = _rows(text) if _CAPITALS.search(text) else ()
    return ((start, row) for start, row in rows if len(row) > most and is_loud(row, 2, explained))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return the offset and the words of each row of words in capitals."""
    start, row, end = 0, list[str](), 0
    for match in WORD.finditer(text):
        if row and (_BREAK.search(text, end, match.start()) or not is_in_capitals(match[0])):
            yield start, row
            row = []
        if is_in_capitals(match[0]):
            start, row = (start if row else match.start()), [*row, match[0]]
        end = match.end()
    yield start, row


def visible_length(line: str) -> int:
    """Return the number of characters that a person sees. Accents and the skin colours of emoji do not count."""
    count, joined = 0, False
    for character in unicodedata.normalize("NFC", line):
        is_invisible = (
            unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"
        )
        count += not is_invisible and not joined
        joined = character == "\N{ZERO WIDTH JOINER}" and count > 0
    return count

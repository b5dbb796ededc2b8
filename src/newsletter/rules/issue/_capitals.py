"""Tells words in capitals from abbreviations, and counts the characters of a line as a person would."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from newsletter.check.issue_text import IssueText
from newsletter.check.per_subject import cached_per_subject

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAPITALS = re.compile(r"[^\W\d_a-z]['’]?[^\W\d_a-z]")
"""Is in each word in capitals that has more than one letter: to look for it is fast."""
_BREAK = re.compile(r"[^\w\s'’&-]|\n")  # "MS, NHS and UK" is no row
MOST_IN_A_ROW = 2

# Everyday abbreviations that can be said like a word; those without a vowel, such as NHS, need no list.
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


@cached_per_subject
def known(issue: IssueText) -> frozenset[str]:
    """Give, without capitals, the words of everything that the issue's or the brand's glossary explains."""
    terms = " ".join([*issue.issue.glossary, *issue.brand.glossary])
    return frozenset(WORD.findall(terms.casefold()))


def is_in_capitals(word: str) -> bool:
    """Whether a word is letters, and all of them capitals; Arabic and Chinese have none."""
    return word.isupper() and word.replace("'", "").replace("’", "").isalpha()


def is_abbreviation(word: str, known: Collection[str]) -> bool:
    """Whether a word in capitals is one by right: explained, everyday, or not to be said like a word."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    if len(plain) < 2 or {plain, plain.removesuffix("s"), word.casefold()} & {*known, *_EVERYDAY}:
        return True
    # Latin letters alone: in other alphabets, this cannot tell. "y" and "w" are vowels, in Welsh above all.
    return bool(re.fullmatch(r"[bcdfghj-np-tvxz]+", plain))


def is_loud(words: list[str], fewest: int, explained: Collection[str]) -> bool:
    """Whether so many of the words are words, and not abbreviations."""
    return sum(is_in_capitals(word) and not is_abbreviation(word, explained) for word in words) >= fewest


def loud_rows(text: str, most: int, explained: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Give each row of more words in capitals than `most` of which two are words, and where it begins."""
    rows = _rows(text) if _CAPITALS.search(text) else ()
    return ((start, row) for start, row in rows if len(row) > most and is_loud(row, 2, explained))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row of words in capitals, and where it begins."""
    start, row, end = 0, list[str](), 0
    for match in WORD.finditer(text):
        if row and (_BREAK.search(text, end, match.start()) or not is_in_capitals(match[0])):
            yield start, row
            row = []
        if is_in_capitals(match[0]):
            start, row = (start if row else match.start()), [*row, match[0]]
        end = match.end()
    yield start, row


def length(line: str) -> int:
    """Count the characters that a person sees: an accent or an emoji's skin colour is none of its own."""
    count, joined = 0, False
    for character in unicodedata.normalize("NFC", line):
        unseen = unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"
        count += not unseen and not joined
        joined = character == "\N{ZERO WIDTH JOINER}" and count > 0
    return count

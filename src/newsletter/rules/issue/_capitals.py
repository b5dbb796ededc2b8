"""Tells words in capitals from abbreviations, and counts the characters of a line as a person would."""

import re
import unicodedata
from collections.abc import Collection

from newsletter.check.written import WrittenIssue

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# Everyday abbreviations that can be said like a word; those without a vowel, such as NHS, need no list.
_EVERYDAY = frozenset(
    [
        "uk",
        "usa",
        "us",
        "eu",
        "un",
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


def known(issue: WrittenIssue) -> frozenset[str]:
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


def length(line: str) -> int:
    """Count the characters that a person sees: an accent or an emoji's skin colour is none of its own."""
    count, joined = 0, False
    for character in unicodedata.normalize("NFC", line):
        unseen = unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"
        count += not unseen and not joined
        joined = character == "\N{ZERO WIDTH JOINER}" and count > 0
    return count

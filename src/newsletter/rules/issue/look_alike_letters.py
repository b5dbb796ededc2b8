"""A word is written with the letters of one alphabet.

The Cyrillic а looks like the Latin a, and the Greek Ο like O. A screen reader spells such a word, or says it in two
languages; searches and translations do not find it, and spam filters take it for fraud.

Bad:
    subject: "Nеws from our оffice"

Good:
    subject: "News from our office"

Unicode Technical Standard 39, mixed-script confusables. Greek letters that do not look like Latin ones, as in TNFα, are
fine.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.typed_text import typed_texts
from newsletter.english import join

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_LIKE_LATIN = dict(
    zip(
        "АВЕКМНОРСТХІЈЅаеорсухіјѕһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι",
        "ABEKMHOPCTXIJSaeopcyxijshdqwvABEZHIKMNOPTYXovi",
        strict=True,
    )
)
"""Cyrillic and Greek letters, and the Latin ones that they look like."""
_LOOK_ALIKES = "".join(_LIKE_LATIN)
_OTHER_LETTER = regex.compile(rf"[{_LOOK_ALIKES}\p{{Cyrillic}}\p{{Cherokee}}\p{{Lisu}}\p{{Armenian}}]")
_WORD = regex.compile(r"\p{L}++")
_LATIN = regex.compile(r"\p{Latin}")
_OTHER_ALPHABET = regex.compile(r"[\p{Cyrillic}\p{Cherokee}\p{Lisu}\p{Armenian}]")
_IN_OTHER_SCRIPTS = ("el", "ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg")
"""Languages that are written in these alphabets."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report words with letters of two alphabets, and words that only look Latin in a language with Latin letters."""
    for text in typed_texts(issue):
        if text.source.isascii() or not _OTHER_LETTER.search(text.source):
            continue
        for word in _WORD.finditer(text.source):
            wrong = [letter for letter in word[0] if letter in _LIKE_LATIN or _OTHER_ALPHABET.match(letter)]
            is_mixed = bool(wrong) and bool(_LATIN.search(word[0]))
            looks_latin = not is_mixed and len(word[0]) > 2 and all(letter in _LIKE_LATIN for letter in word[0])
            if is_mixed or (looks_latin and not text.language.startswith(_IN_OTHER_SCRIPTS)):
                names = join(dict.fromkeys(unicodedata.name(letter).split()[0].capitalize() for letter in wrong))
                plain = "".join(_LIKE_LATIN.get(letter, letter) for letter in word[0])
                message = f"“{word[0]}” has letters of another alphabet that look like others ({names})."
                yield Finding(text.at(word.start()), message, f"Type the word again: “{plain}”.")

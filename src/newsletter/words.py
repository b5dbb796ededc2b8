"""Words in any script: which signs belong to a word, how many words a text has, and how long it takes to read.

Python's `re` cuts words of Hindi, Tamil or Bengali at each vowel sign, and knows no script. `regex` follows Unicode
(Technical Standard 18 and Standard Annex 24). Chinese, Japanese, Thai, Lao, Khmer and Burmese have no spaces between
words: their signs are counted, and a number of signs is as long as a word.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import regex

# For reading aloud in English (Brysbaert 2019, doi 10.1016/j.jml.2019.104047: 183, and 238 for silent reading). Many of
# these readers listen, and the time should be enough for everybody.
_WORDS_A_MINUTE = 183

# Words and signs a minute, read aloud (Trauzettel-Klosinski 2012, doi 10.1167/iovs.11-8284: the International Reading
# Speed Texts). For the last four scripts it has no text. They are alphabets with signs for vowels, so they have the
# means of all its languages (184 words) and of those with an alphabet (68 ms a sign).
_SPEEDS = {"Chinese": (158, 255), "Japanese": (193, 357), "other": (184, 882)}

_JAPANESE = r"\p{Hiragana}\p{Katakana}ー"
_HAN = r"\p{Han}々〇"
_NO_SPACES = rf"{_JAPANESE}{_HAN}\p{{Thai}}\p{{Lao}}\p{{Khmer}}\p{{Myanmar}}"
_KANA = regex.compile(rf"[{_JAPANESE}]")
_EAST_ASIAN = regex.compile(rf"[{_JAPANESE}{_HAN}]")
_SIGN = regex.compile(rf"(?=\w)[{_NO_SPACES}]")
_IN_WORD = regex.compile(
    # A Latin word ends where other letters begin: Korean and Hebrew have particles that are written to a name (MS는).
    r"(?!\p{Latin}(?!\p{Latin})\p{L}|(?!\p{Latin})\p{L}\p{Latin})"
    rf"(?:(?![{_NO_SPACES}])\w){{2}}|.\p{{M}}"
)
"""Two characters between which no word can end."""

_WORD = regex.compile(
    # Most words begin with a letter. This comes first because it is the fastest.
    r"[^\W\d]\w*(?:['’.,:/-]\w+)*"
    # A telephone number, or a number with spaces between thousands, is one word ...
    r"|(?<!\w)(?:(?:\+|\b0)\d+(?:[ \u00a0-]\d{2,})+|\b[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+\b(?![.,:]\d))"
    # ... and so are "don't", "1.7", "10:30" and "follow-up".
    r"|\w+(?:['’.,:/-]\w+)*"
)


def words(text: str) -> list[str]:
    """Return the words of a text; "don't", "1.7", "10:30", "follow-up" and "01632 960 190" are one word each.

    Signs of a script without spaces between words stay together.
    """
    return _WORD.findall(text)


def is_whole(text: str, start: int, end: int) -> bool:
    """Check whether a piece of a text is no part of a longer word.

    Without spaces between words, only a dictionary knows where they end. There, each piece counts as whole.

    Args:
        text: the whole text.
        start: the offset of its first character.
        end: the offset after its last one.
    """
    return not any(_IN_WORD.fullmatch(text, place - 1, place + 1) for place in (start, end) if 0 < place < len(text))


class Length(NamedTuple):
    """The length of a text."""

    words: Fraction
    """Its number of words, estimated from the number of signs in a script without spaces."""
    minutes: Fraction
    """The minutes that it takes to read it aloud."""


@lru_cache(maxsize=4096)  # rules and stages ask for the same texts
def length(text: str) -> Length:
    """Return the length of a text."""
    signs = _SIGN.findall(text)
    spaced = len(words(_SIGN.sub(", ", text) if signs else text))
    number, time = Fraction(spaced), Fraction(spaced, _WORDS_A_MINUTE)
    if signs:
        east_asian = sum(_EAST_ASIAN.match(sign) is not None for sign in signs)
        script = "Japanese" if _KANA.search(text) else "Chinese"
        for amount, (words_a_minute, signs_a_minute) in (
            (east_asian, _SPEEDS[script]),
            (len(signs) - east_asian, _SPEEDS["other"]),
        ):
            number += Fraction(amount * words_a_minute, signs_a_minute)
            time += Fraction(amount, signs_a_minute)
    return Length(number, time)


def count_words(text: str) -> int:
    """Return the number of words of a text, estimated from the number of signs in a script without spaces."""
    return round(length(text).words)

"""The words, numbers and dates of a text, each as one token."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from newsletter.issue.date_names import months

TokenKind = Literal["word", "number", "date"]

_NUMBER = r"\+?\d+(?:[ \u00a0\u202f.,:/^-]\d+)*"
_TIME = r"\d{1,2}(?::\d\d(?:\s?[ap]\.?m\b)?|(?:\.\d\d)?\s?[ap]\.?m\b)"
_ISO = r"\d{4}-\d\d-\d\d"
_EAST_ASIAN = r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일])?"
# The flag w: words end where Unicode says (Standard Annex 29). In a script without spaces, each sign is a token.
_WORD = r"(?w:\w.*?\b)|(?!\s)\X"


class TextToken(NamedTuple):
    """A token: its kind, and where it is in the text."""

    kind: TokenKind
    start: int
    end: int


def text_tokens(text: str, language: str) -> list[TextToken]:
    """Return the tokens of a text.

    Args:
        text: plain text.
        language: its language, in which months have names besides the English ones: a BCP 47 tag that is known.
    """
    return [
        TextToken(match.lastgroup or "word", *match.span())  # type: ignore[arg-type]
        for match in _pattern(language).finditer(text)
    ]


@lru_cache(maxsize=16)
def _pattern(language: str) -> regex.Pattern[str]:
    names = (r"\s+".join(map(regex.escape, name)) for name in months([language]))
    month = rf"(?:{_either(names)})\b\.?"
    day = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
    date = rf"{day}\s+{month}(?:,?\s+\d{{4}})?|{month}\s+{day}\b(?:,?\s+\d{{4}})?"
    return regex.compile(
        rf"(?<!\w)(?P<date>{_ISO}|{_EAST_ASIAN}|{date}|{_TIME})|(?P<number>{_NUMBER})|(?P<word>{_WORD})",
        regex.IGNORECASE | regex.DOTALL,
    )


def _either(patterns: Iterable[str]) -> str:
    """Return an alternative of patterns, longer ones first, because a short one may be the start of a long one."""
    return "|".join(sorted(set(patterns), key=len, reverse=True))

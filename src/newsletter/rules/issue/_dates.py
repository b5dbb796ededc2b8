"""Dates in texts: which ones two numbers can mean, whether a sentence is about the past, and dates in words."""

import datetime
import re
from bisect import bisect_right
from functools import lru_cache

from newsletter.check import sentences

# "We are closed" and "you will be asked" are about the future.
_PAST_TENSE = re.compile(
    r"\b(?:was|were|had|did|met|began|came|went|held|took|saw|got|gave|made|ran|won|told|said|since|ago|earlier|"
    r"this year|last (?:week|month|year)|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bget )(?!need\b|red\b|bed\b)[a-z]+ed)\b",
    re.IGNORECASE,
)

_CHARACTERS_AROUND = 200


def sentence_at(words: str, offset: int) -> str:
    """Return the sentence of a paragraph at an offset, or the nearest words of a very long one."""
    spans = _spans(words)
    number = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    start, end = spans[number] if number >= 0 and offset < spans[number][1] else (0, len(words))
    return words[max(start, offset - _CHARACTERS_AROUND) : min(end, offset + _CHARACTERS_AROUND)]


@lru_cache(maxsize=1)
def _spans(words: str) -> list[tuple[int, int]]:
    return sentences.spans(words)


def is_about_past(sentence: str) -> bool:
    """Check whether an English sentence seems to be about the past."""
    return bool(_PAST_TENSE.search(sentence))


def readings(year: int, first: int, second: int) -> list[datetime.date]:
    """Return the dates that two numbers of a year can mean: first as day and month, then as month and day."""
    dates = [date_of(year, second, first), date_of(year, first, second)]
    return list(dict.fromkeys(date for date in dates if date))


def date_of(year: int, month: int, day: int) -> datetime.date | None:
    """Return a date, or None if there is no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def weekday_and_day(date: datetime.date) -> str:
    """Return a date in words without its year, such as "Thursday 3 December"."""
    return f"{date:%A} {date.day} {date:%B}"

"""Which dates figures can mean, whether a sentence tells of the past, and how a date is said."""

import datetime
import re

from newsletter.check import sentences

# "We are closed" and "you will be asked" tell of what is to come.
_PAST = re.compile(
    r"\b(?:was|were|had|did|met|began|came|went|held|took|saw|got|gave|made|ran|won|told|said|since|ago|earlier|"
    r"this year|last (?:week|month|year)|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bget )(?!need\b|red\b|bed\b)[a-z]+ed)\b",
    re.IGNORECASE,
)


def sentence_at(words: str, offset: int) -> str:
    """Give the sentence of a paragraph that has a word at an offset."""
    return next((words[start:end] for start, end in sentences.spans(words) if start <= offset < end), words)


def tells_of_past(sentence: str) -> bool:
    """Whether an English sentence seems to tell what has been."""
    return bool(_PAST.search(sentence))


def readings(year: int, first: int, second: int) -> list[datetime.date]:
    """Give the dates that two figures can be, day first."""
    meant = [date_of(year, second, first), date_of(year, first, second)]
    return list(dict.fromkeys(day for day in meant if day))


def date_of(year: int, month: int, day: int) -> datetime.date | None:
    """Make a date; None when there is no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def said(date: datetime.date) -> str:
    """Say a date as messages do: 3 December 2026."""
    return f"{date.day} {date:%B %Y}"


def said_with_weekday(date: datetime.date) -> str:
    """Say a date without its year: Thursday 3 December."""
    return f"{date:%A} {date.day} {date:%B}"

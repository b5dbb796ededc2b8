"""A date exists, and has the weekday that is written with it.

"Monday 3 December 2026" is a Thursday. Readers who plan their energy and their lift days ahead come on the wrong day,
and it may have cost them a week's strength.

Bad:
    - text: |
        The clinic is closed on Monday 3 December 2026.

Good:
    - text: |
        The clinic is closed on Thursday 3 December 2026.

The rule is our own, and goes by the calendar. It looks at English dates, and at dates in numbers that have a weekday
and a year. A date without a year can mean the next such day after the issue's date, or the last one if that is less
than half a year ago. Sentences about the past are ignored. A date that does not exist, such as 31 April, is reported
even without a weekday.
"""

import datetime
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph
from newsletter.check.rule import Finding
from newsletter.check.wording import is_said_by_somebody, text_before
from newsletter.rules.issue._dates import date_of, is_about_past, readings, sentence_at, weekday_and_day
from newsletter.source.nodes import KeyPath

SEVERITY = "error"

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# "The Sun 03/04/2027" is a newspaper.
_WEEKDAY = r"(?<![Tt]he (?=Sun\b))\b(?P<weekday>Mon|Tues?|Wed(?:nes|s)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:days?)?\b\.?"
_DAY = rf"{_WEEKDAY},?\s+(?:the\s+)?"
_MONTH = rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)}|Sept)\b"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORD_START = r"(?<![\w.,/-])"
_YEAR = r"(?P<year>[12]\d{3})\b"
_ANY_NUMBER = re.compile(r"\d")
_PATTERNS = (
    re.compile(rf"(?:{_DAY}|{_WORD_START}){_NUMBER}(?:\s+of)?\s+{_MONTH}(?:\.?,?\s+{_YEAR})?"),
    re.compile(rf"(?:{_DAY}|{_WORD_START}){_MONTH}\s+{_NUMBER},?\s+{_YEAR}"),
    # "May 10am", "March 5%" and "June 7.30" are not dates.
    re.compile(rf"{_DAY}{_MONTH}\s+{_NUMBER}(?![\d%:]|\.\d|\s?[ap]m|,?\s+[12]\d{{3}})"),
    re.compile(rf"{_WORD_START}{_NUMBER}\s+{_MONTH}(?:\.?,?\s+{_YEAR})?,?\s+\({_WEEKDAY}\)?"),
    # "Monday 5 to Friday 9 January", and "Tuesdays 5, 12 and 19 January"
    re.compile(
        rf"{_DAY}{_NUMBER}(?=(?:,?\s*(?:to|and|or|until|[–&-]|,)\s*(?:[A-Z]\w+\s+)?\d{{1,2}}(?:st|nd|rd|th)?){{1,12}}"
        rf"(?:\s+of)?\s+{_MONTH}(?:\.?,?\s+{_YEAR})?)"
    ),
    re.compile(rf"{_DAY}(?P<first>\d{{1,2}})(?P<sign>[/.-])(?P<second>\d{{1,2}})(?P=sign){_YEAR}(?![/-])"),
    re.compile(rf"{_DAY}{_YEAR}-(?P<iso>\d{{2}})-(?P<day>\d{{2}})(?![\w/-])"),
)
# "Issue 31 November 2026" is issue number 31; "at 31 June moved" is about somebody called June.
_TEXT_BEFORE_NUMBER = re.compile(r"\b(?:issue|no\.?|number|page|room|chapter|aged?|age of|at)\s+$", re.IGNORECASE)
_LONGEST_MONTH = 31
_LONG_AGO = 183  # days


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look up each date and its weekday in the calendar."""
    for paragraph in issue.paragraphs():
        if not paragraph.language.startswith("en") or not _ANY_NUMBER.search(paragraph.words):
            continue
        for match in itertools.chain.from_iterable(pattern.finditer(paragraph.words) for pattern in _PATTERNS):
            parts = match.groupdict()
            if not parts.get("weekday") and _TEXT_BEFORE_NUMBER.search(text_before(paragraph.words, match.start())):
                continue
            dates = _with_year(parts) if parts.get("year") else _without_year(parts, issue, paragraph)
            if dates and parts.get("weekday") and (parts.get("year") or not _is_past(paragraph, match.start())):
                yield from _weekday(paragraph, match, dates)
            elif not dates and (parts.get("weekday") or int(parts["day"]) <= _LONGEST_MONTH):
                # Without a weekday, 45 is the number of something else.
                where = paragraph.at(match.start())
                yield Finding(where, f"There is no “{match[0]}”.", "Look up the date and correct it.")


def _weekday(paragraph: Paragraph, match: re.Match[str], dates: list[datetime.date]) -> Iterator[Finding]:
    """Report a weekday that none of the possible dates has. The first date is the most likely."""
    weekday = next(n for n, name in enumerate(_DAYS) if name.startswith(match["weekday"][:3]))
    if any(date.weekday() == weekday for date in dates):
        return
    where, likely = paragraph.at(match.start()), dates[0]
    nearest = _nearest(likely, weekday)
    if match.groupdict().get("year"):
        days = " or ".join(f"a {_DAYS[date.weekday()]}" for date in dates)
        better = " or ".join(f"“{weekday_and_day(date)} {date.year}”" for date in dates)
        hint = f"Write {better}. If the weekday is right, write “{weekday_and_day(nearest)} {nearest.year}”."
        yield Finding(where, f"“{match[0]}” is {days}.", hint)
    else:
        message = f"“{match[0]}” is a {_DAYS[likely.weekday()]} in {likely.year}."
        hint = f"Write “{weekday_and_day(likely)}”. If the weekday is right, write “{weekday_and_day(nearest)}”."
        yield Finding(where, message, f"{hint} If it is in another year, add the year.")


def _with_year(parts: Mapping[str, str | None]) -> list[datetime.date]:
    """Return the dates that a date with its year can mean; none if there is no such day."""
    year = int(parts["year"] or 0)
    if first := parts.get("first"):
        return readings(year, int(first), int(parts["second"] or 0))
    month = int(parts["iso"] or 0) if "iso" in parts else _month(parts)
    date = date_of(year, month, int(parts["day"] or 0))
    return [date] if date else []


def _without_year(parts: Mapping[str, str | None], issue: IssueText, paragraph: Paragraph) -> list[datetime.date]:
    """Return the dates that a date without a year can mean, the most likely first; none if no year has such a day."""
    sent, month, day = issue.issue.date, _month(parts), int(parts["day"] or 0)
    # There are up to eight years between two dates of 29 February.
    every = [date for year in range(sent.year - 8, sent.year + 9) if (date := date_of(year, month, day))]
    if not every:
        return []
    around = [max(date for date in every if date <= sent), min(date for date in every if date > sent)]
    likely = sorted(around[(sent - around[0]).days > _LONG_AGO :], key=lambda date: abs(date - sent))
    # "In 2019, we met on Friday 3 May": it can be a year that is named nearby.
    years = _years(issue)[paragraph.path[:4]]
    return [*likely, *(date for date in every if date.year in years)]


@cached_on_argument
def _years(issue: IssueText) -> dict[KeyPath, set[int]]:
    """Return the years that each block names, by the path of the block."""
    years: dict[KeyPath, set[int]] = {}
    for paragraph in issue.paragraphs():
        named = map(int, re.findall(r"\b[12]\d{3}\b", paragraph.words))
        years.setdefault(paragraph.path[:4], set()).update(named)
    return years


def _is_past(paragraph: Paragraph, offset: int) -> bool:
    """Check whether a sentence is about the past or is a quotation, so that its year is unknown."""
    return is_said_by_somebody(paragraph) or is_about_past(sentence_at(paragraph.words, offset))


def _month(parts: Mapping[str, str | None]) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith((parts["month"] or "")[:3]))


def _nearest(date: datetime.date, weekday: int) -> datetime.date:
    return date + datetime.timedelta(days=(weekday - date.weekday() + 3) % 7 - 3)

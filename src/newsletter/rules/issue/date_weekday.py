"""A weekday belongs to its date, and a date to the calendar.

"Monday 3 December 2026" is a Thursday. Readers who plan their energy and their lift days ahead will come on the wrong
day, and it may have cost them a week's strength.

Bad:
    - text: |
        The clinic is closed on Monday 3 December 2026.

Good:
    - text: |
        The clinic is closed on Thursday 3 December 2026.

The rule is our own: a calendar is its source. Only English dates with a year can be checked, in figures if a weekday
stands before them. That there is no 29 February 2027 is told without one.
"""

import datetime
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.written import WrittenIssue
from newsletter.rules import Finding
from newsletter.rules.issue._dates import date_of, readings

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
_DAY = r"(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+(?:the\s+)?"
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|Sept)\.?"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# "Issue 31 November 2026" is the thirty-first, of November.
_ALONE = r"(?<![\w.,/-])(?<![Ii]ssue )(?<![Nn]o )(?<![Nn]o\. )(?<![Nn]umber )"
_YEAR = r"(?P<year>[12]\d{3})\b"
_ANY_YEAR = re.compile(_YEAR)
_PATTERNS = (
    re.compile(rf"(?:\b{_DAY}|{_ALONE}){_NUMBER}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}"),
    re.compile(rf"(?:\b{_DAY}|{_ALONE}){_MONTH}\s+{_NUMBER},?\s+{_YEAR}"),
    # "The Sun 03/04/2027" is a newspaper.
    re.compile(
        rf"(?<!\b[Tt]he )\b{_DAY}(?P<first>\d{{1,2}})(?P<sign>[/.-])(?P<second>\d{{1,2}})(?P=sign){_YEAR}(?![/-])"
    ),
    re.compile(rf"(?<!\b[Tt]he )\b{_DAY}{_YEAR}-(?P<iso>\d{{2}})-(?P<day>\d{{2}})(?![\w/-])"),
)
_LONGEST_MONTH = 31


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look up each whole date, and its weekday."""
    for paragraph in issue.paragraphs():
        if not paragraph.language.startswith("en") or not _ANY_YEAR.search(paragraph.words):
            continue
        for match in itertools.chain.from_iterable(pattern.finditer(paragraph.words) for pattern in _PATTERNS):
            where, told = paragraph.at(match.start()), match.groupdict()
            meant = _meant(told)
            if not meant:
                # Without a weekday, 45 is the number of something else.
                if told["weekday"] or int(told["day"]) <= _LONGEST_MONTH:
                    yield Finding(where, f"There is no “{match[0]}”.", "Look up the date, and write it anew.")
            elif told["weekday"]:
                weekday = next(n for n, name in enumerate(_DAYS) if name.startswith(told["weekday"][:3]))
                if all(date.weekday() != weekday for date in meant):
                    days = " or ".join(f"a {_DAYS[date.weekday()]}" for date in meant)
                    better = ", or ".join(f"“{_written(date)}”" for date in meant)
                    nearest = f"“{_written(_nearest(meant[0], weekday))}” if the weekday is right"
                    yield Finding(where, f"“{match[0]}” is {days}.", f"Write {better}, or {nearest}.")


def _meant(told: Mapping[str, str | None]) -> list[datetime.date]:
    """Give the dates that a date can be; none if there is no such day."""
    year = int(told["year"] or 0)
    if first := told.get("first"):
        return readings(year, int(first), int(told["second"] or 0))
    if iso := told.get("iso"):
        month = int(iso)
    else:
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith((told["month"] or "")[:3]))
    date = date_of(year, month, int(told["day"] or 0))
    return [date] if date else []


def _nearest(date: datetime.date, weekday: int) -> datetime.date:
    return date + datetime.timedelta(days=(weekday - date.weekday() + 3) % 7 - 3)


def _written(date: datetime.date) -> str:
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]} {date.year}"

"""A weekday belongs to its date.

"Monday 3 December 2026" is a Thursday. Readers who plan their energy and their lift days ahead will come on the wrong
day, and it may have cost them a week's strength.

Bad:
    - text: |
        The clinic is closed on Monday 3 December 2026.

Good:
    - text: |
        The clinic is closed on Thursday 3 December 2026.

The rule is our own: a calendar is its source. Only English dates with a year can be checked.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.written import WrittenIssue
from newsletter.rules import Finding

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
_BRITISH = re.compile(rf"\b{_DAY}{_NUMBER}(?:\s+of)?\s+{_MONTH},?\s+(?P<year>[12]\d{{3}})\b")
_AMERICAN = re.compile(rf"\b{_DAY}{_MONTH}\s+{_NUMBER},?\s+(?P<year>[12]\d{{3}})\b")


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look up the weekday of each whole date."""
    for paragraph in issue.paragraphs():
        if not paragraph.language.startswith("en"):
            continue
        for match in (*_BRITISH.finditer(paragraph.words), *_AMERICAN.finditer(paragraph.words)):
            where = paragraph.at(match.start())
            month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
            try:
                date = datetime.date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                yield Finding(where, f"There is no “{match[0]}”.", "Look up the date, and write it anew.")
                continue
            said = next(n for n, name in enumerate(_DAYS) if name.startswith(match["weekday"][:3]))
            if said != date.weekday():
                yield Finding(
                    where,
                    f"“{match[0]}” is a {_DAYS[date.weekday()]}.",
                    f"Write “{_written(date)}”, or “{_written(_nearest(date, said))}” if the weekday is right.",
                )


def _nearest(date: datetime.date, weekday: int) -> datetime.date:
    return date + datetime.timedelta(days=(weekday - date.weekday() + 3) % 7 - 3)


def _written(date: datetime.date) -> str:
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]} {date.year}"

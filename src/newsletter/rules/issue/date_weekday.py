"""A weekday belongs to its date, and a date to the calendar.

"Monday 3 December 2026" is a Thursday. Readers who plan their energy and their lift days ahead will come on the wrong
day, and it may have cost them a week's strength.

Bad:
    - text: |
        The clinic is closed on Monday 3 December 2026.

Good:
    - text: |
        The clinic is closed on Thursday 3 December 2026.

The rule is our own: a calendar is its source. It looks at English dates, and at those in figures if they have a weekday
and a year. Without a year, the next such day after the issue's own date can be meant, and the last one if that is not
half a year ago; what tells of the past is left alone. That there is no 31 April is told without a weekday.
"""

import datetime
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph
from newsletter.check.rule import Finding
from newsletter.check.wording import is_said_by_somebody
from newsletter.rules.issue._dates import date_of, readings, said_with_weekday, sentence_at, tells_of_past

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
_ALONE = r"(?<![\w.,/-])"
_YEAR = r"(?P<year>[12]\d{3})\b"
_ANY_NUMBER = re.compile(r"\d")
_PATTERNS = (
    re.compile(rf"(?:{_DAY}|{_ALONE}){_NUMBER}(?:\s+of)?\s+{_MONTH}(?:\.?,?\s+{_YEAR})?"),
    re.compile(rf"(?:{_DAY}|{_ALONE}){_MONTH}\s+{_NUMBER},?\s+{_YEAR}"),
    # "May 10am", "March 5%" and "June 7.30" are no days.
    re.compile(rf"{_DAY}{_MONTH}\s+{_NUMBER}(?![\d%:]|\.\d|\s?[ap]m|,?\s+[12]\d{{3}})"),
    re.compile(rf"{_ALONE}{_NUMBER}\s+{_MONTH}(?:\.?,?\s+{_YEAR})?,?\s+\({_WEEKDAY}\)?"),
    # "Monday 5 to Friday 9 January", and "Tuesdays 5, 12 and 19 January"
    re.compile(
        rf"{_DAY}{_NUMBER}(?=(?:,?\s*(?:to|and|or|until|[–&-]|,)\s*(?:[A-Z]\w+\s+)?\d{{1,2}}(?:st|nd|rd|th)?)+"
        rf"(?:\s+of)?\s+{_MONTH}(?:\.?,?\s+{_YEAR})?)"
    ),
    re.compile(rf"{_DAY}(?P<first>\d{{1,2}})(?P<sign>[/.-])(?P<second>\d{{1,2}})(?P=sign){_YEAR}(?![/-])"),
    re.compile(rf"{_DAY}{_YEAR}-(?P<iso>\d{{2}})-(?P<day>\d{{2}})(?![\w/-])"),
)
# "Issue 31 November 2026" is the thirty-first, of November; "at 31 June moved" is about somebody called June.
_COUNTED = re.compile(r"\b(?:issue|no\.?|number|page|room|chapter|aged?|age of|at)\s+$", re.IGNORECASE)
_LONGEST_MONTH = 31
_LONG_AGO = 183  # days


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look up each date, and its weekday."""
    for paragraph in issue.paragraphs():
        if not paragraph.language.startswith("en") or not _ANY_NUMBER.search(paragraph.words):
            continue
        for match in itertools.chain.from_iterable(pattern.finditer(paragraph.words) for pattern in _PATTERNS):
            told = match.groupdict()
            if not told.get("weekday") and _COUNTED.search(paragraph.words[: match.start()]):
                continue
            meant = _meant(told) if told.get("year") else _without_year(told, issue, paragraph)
            if meant and told.get("weekday") and (told.get("year") or not _is_past(paragraph, match.start())):
                yield from _weekday(paragraph, match, meant)
            elif not meant and (told.get("weekday") or int(told["day"]) <= _LONGEST_MONTH):
                # Without a weekday, 45 is the number of something else.
                where = paragraph.at(match.start())
                yield Finding(where, f"There is no “{match[0]}”.", "Look up the date, and write it anew.")


def _weekday(paragraph: Paragraph, match: re.Match[str], meant: list[datetime.date]) -> Iterator[Finding]:
    """Compare a weekday with those of the dates that can be meant, the likeliest first."""
    weekday = next(n for n, name in enumerate(_DAYS) if name.startswith(match["weekday"][:3]))
    if any(date.weekday() == weekday for date in meant):
        return
    where, likely = paragraph.at(match.start()), meant[0]
    if match.groupdict().get("year"):
        days = " or ".join(f"a {_DAYS[date.weekday()]}" for date in meant)
        better = ", or ".join(f"“{said_with_weekday(date)} {date.year}”" for date in meant)
        nearest = f"“{said_with_weekday(day := _nearest(likely, weekday))} {day.year}” if the weekday is right"
        yield Finding(where, f"“{match[0]}” is {days}.", f"Write {better}, or {nearest}.")
    else:
        message = f"“{match[0]}” is a {_DAYS[likely.weekday()]} in {likely.year}."
        nearest = f"“{said_with_weekday(_nearest(likely, weekday))}” if the weekday is right"
        yield Finding(
            where, message, f"Write “{said_with_weekday(likely)}”, or {nearest}; or add the year, if it is another."
        )


def _meant(told: Mapping[str, str | None]) -> list[datetime.date]:
    """Give the dates that a date with its year can be; none if there is no such day."""
    year = int(told["year"] or 0)
    if first := told.get("first"):
        return readings(year, int(first), int(told["second"] or 0))
    month = int(told["iso"] or 0) if "iso" in told else _month(told)
    date = date_of(year, month, int(told["day"] or 0))
    return [date] if date else []


def _without_year(told: Mapping[str, str | None], issue: IssueText, paragraph: Paragraph) -> list[datetime.date]:
    """Give the dates that one without a year can be, the likeliest first; none if no year has such a day."""
    sent, month, day = issue.issue.date, _month(told), int(told["day"] or 0)
    # Between two 29ths of February lie up to eight years.
    every = [date for year in range(sent.year - 8, sent.year + 9) if (date := date_of(year, month, day))]
    if not every:
        return []
    near = [max(date for date in every if date <= sent), min(date for date in every if date > sent)]
    meant = sorted(near[(sent - near[0]).days > _LONG_AGO :], key=lambda date: abs(date - sent))
    # "In 2019, we meet on Friday 3 May": a year that is named nearby can be meant, too.
    block = " ".join(item.words for item in issue.paragraphs() if item.path[:4] == paragraph.path[:4])
    named = {int(year) for year in re.findall(r"\b[12]\d{3}\b", block)}
    return [*meant, *(date for date in every if date.year in named)]


def _is_past(paragraph: Paragraph, offset: int) -> bool:
    """Whether a sentence tells of the past, or of somebody's own; which year it was, cannot be known."""
    return is_said_by_somebody(paragraph) or tells_of_past(sentence_at(paragraph.words, offset))


def _month(told: Mapping[str, str | None]) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith((told["month"] or "")[:3]))


def _nearest(date: datetime.date, weekday: int) -> datetime.date:
    return date + datetime.timedelta(days=(weekday - date.weekday() + 3) % 7 - 3)

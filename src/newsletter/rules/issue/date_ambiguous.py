"""A date can be read in one way only.

"03/12/2026" is 3 December in Cardiff and 12 March in Chicago, and a screen reader may say "three slash twelve". A
"next Tuesday" depends on the day on which an email is opened, and many are opened late.

Bad:
    - text: |
        Write to us by 03/12/2026, or come next Tuesday.

Good:
    - text: |
        Write to us by 3 December 2026, or come on Tuesday 8 December.

NHS digital service manual, Numbers, measurements, dates and time ("6 August 2018"); W3C Internationalization, Date
formats: make the month and the year obvious.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from babel.dates import format_date

from newsletter.check.written import Paragraph, Prose, WrittenIssue
from newsletter.fields import Language
from newsletter.rules import Finding, Fix
from newsletter.rules.issue._dates import readings
from newsletter.rules.issue._prose import is_said_by_somebody, without_speech

SEVERITY = "warning"

# With points or hyphens, two figures of a year are too few: "1.2.10" is a version, "20-12-26" a bank's sort code.
_FIGURES = re.compile(
    r"(?<![\w./:-])(?P<first>\d{1,2})(?:/(?P<second>\d{1,2})/(?P<year>\d{4}|\d{2})|"
    r"([.-])(?P<second2>\d{1,2})\4(?P<year2>\d{4})|\.(?P<second3>\d{1,2})\.(?P<year3>\d{2}))(?![\w/-]|[.,]\d)"
)
_NOT_A_DATE = re.compile(r"(?:version|release|section|chapter|step|part|rule|v|no|number)\.?\s*$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:next|this|this coming)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
    r"(?!\s+(?:of|in)\b|,?\s*\(?(?:the\s+)?\d|,?\s+(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec))",
    re.IGNORECASE,
)
# "The Sun" is a newspaper.
_WEEKDAY = re.compile(
    r"\b(?:(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|"
    r"(?P<short>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\.?),? $"
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TOMORROW = re.compile(
    r"\b(?:by|before|until|from|on|is|are)\s+(?:tomorrow|tonight)\b|"
    r"\b(?:tomorrow|yesterday)\s+(?:morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)
_ABOUT_TODAY = ("day", "tomorrow", "tonight")
"""One of these is in each of them: to look for them is fast."""
_HIDDEN_KINDS = frozenset(["source", "publisher", "year", "contact"])


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for dates in figures, and in English for weekdays that depend on today."""
    for prose, paragraph in ((text, paragraph) for text in issue.texts for paragraph in text.paragraphs):
        if paragraph.kind in _HIDDEN_KINDS or paragraph.path[-2:] == ("source", "title"):
            continue
        yield from _figures(prose, paragraph)
        if not paragraph.language.startswith("en") or is_said_by_somebody(paragraph):
            continue
        low = paragraph.words.lower()
        said = without_speech(paragraph.words) if any(word in low for word in _ABOUT_TODAY) else ""
        for match in (*_RELATIVE.finditer(said), *_TOMORROW.finditer(said)):
            message = f"“{match[0]}” depends on the day on which this email is read."
            yield Finding(paragraph.at(match.start()), message, "Write the date too: “Tuesday 8 December”.")


def _figures(prose: Prose, paragraph: Paragraph) -> Iterator[Finding]:
    for match in _FIGURES.finditer(paragraph.words):
        first = int(match["first"])
        second = int(match["second"] or match["second2"] or match["second3"])
        year = match["year"] or match["year2"] or match["year3"]
        if match["year3"] and (_NOT_A_DATE.search(paragraph.words[: match.start()]) or len(match["second3"]) < 2):
            continue
        number = int(year) + (2000 if len(year) == 2 else 0)
        meant = readings(number, first, second)
        said = [_said(date, paragraph.language) for date in meant]
        if not said:
            continue
        message = f"“{match[0]}” can be {' or '.join(f'“{words}”' for words in said)}."
        if len(said) == 1:
            message = f"“{match[0]}” is a date in figures, which is hard to hear and to read."
        others = readings(number - 100, first, second) if len(year) == 2 else []
        fix = _settled(prose, paragraph, match, meant, others)
        yield Finding(paragraph.at(match.start()), message, f"Write the month as a word: “{said[0]}”.", fix=fix)


def _settled(
    prose: Prose, paragraph: Paragraph, match: re.Match[str], meant: list[datetime.date], others: list[datetime.date]
) -> Fix | None:
    """Write out the one reading that falls on the weekday before it.

    In English alone: elsewhere the words of a date, and of a weekday before it, bend as the sentence asks.
    """
    weekday = _WEEKDAY.search(paragraph.words[: match.start()])
    if not weekday or not paragraph.language.startswith("en") or is_said_by_somebody(paragraph):
        return None
    named = _WEEKDAYS.index(weekday[0][:3])
    fitting = [date for date in (*meant, *others) if date.weekday() == named]
    if len(fitting) != 1 or fitting[0] in others:
        return None
    return prose.fix(paragraph, *match.span(), _said(fitting[0], paragraph.language))


def _said(date: datetime.date, language: Language) -> str:
    return format_date(date, "d MMMM y", locale=language.locale)

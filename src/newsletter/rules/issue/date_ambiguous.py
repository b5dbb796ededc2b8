"""A date has only one meaning.

"03/12/2026" is 3 December in Cardiff and 12 March in Chicago, and a screen reader may say "three slash twelve". The
meaning of "next Tuesday" depends on the day on which an email is opened, and many are opened late.

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

from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph, Prose
from newsletter.check.rule import Finding
from newsletter.check.wording import is_said_by_somebody, text_before, without_speech
from newsletter.issue.fields import Language
from newsletter.problems import Fix
from newsletter.rules.issue._dates import date_of, is_about_past, readings, sentence_at, weekday_and_day

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

# The second date of "03/04/2027-10/04/2027" begins after a hyphen.
_BEGINS, _ENDS = r"(?:(?<![\w./:-])|(?<=[/.]\d{4}-))", r"(?![\w/]|-(?!\d{1,2}[/.]\d)|[.,]\d)"
_FIGURE = re.compile(r"\d[/.-]\d")  # in each of the patterns below, and fast to search for
_FIGURES = re.compile(
    rf"{_BEGINS}(?P<first>\d{{1,2}})(?P<sign>[/.-])(?P<second>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}}){_ENDS}"
)
_YEAR_FIRST = re.compile(r"(?<![\w./:-])(?P<year>[12]\d{3})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\w/]|[.,]\d)")
_NO_YEAR = re.compile(r"(?<![\w./:-])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\w/-]|[.,]\d)")
_NOT_A_DATE = re.compile(
    r"(?:version|release|section|chapter|step|part|rule|sort code|v|no|number)\.?:?\s*$", re.IGNORECASE
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b"
_NO_DATE = (
    r"(?!s?\s+(?:of|in)\b|s\b|,?\s*\(?(?:the\s+)?\d|,?\s+(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec))"
)
_RELATIVE = re.compile(
    rf"\b(?P<which>next|this(?: coming)?)\s+(?P<day>{_DAY})(?:\s+(?:morning|afternoon|evening|night))?{_NO_DATE}",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?P<which>by|before|until|till|deadline is|last day is|(?:closes|closing|ends|due)(?: on)?)\s+"
    rf"(?P<day>{_DAY}){_NO_DATE}",
    re.IGNORECASE,
)
# "From Monday until Friday" and "every week by Friday" are about every week; "on 3 May, and until Friday" has its date.
_EVERY_WEEK = re.compile(
    r"\b(?:(?i:every|each|always|usually|weekly)|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*|\d{1,2} [A-Z][a-z]{2,})\b"
)
# "The Sun" is a newspaper.
_WEEKDAY = re.compile(
    r"\b(?:(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|"
    r"(?P<short>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\.?),? {1,9}$"
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TOMORROW = re.compile(
    r"\b(?:by|before|until|from|on|is|are)\s+(?:tomorrow|tonight)\b|"
    r"\b(?:deadline|date|day|closing date)\b[^.!?\n]{0,40}\b(?:was|is) (?:yesterday|today|tomorrow)\b|"
    r"\b(?:tomorrow|yesterday)\s+(?:morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)
_BEFORE_A_DATE = re.compile(r"\b(?:by|on|until|till|before|from|due|since|dated?:?)\s+$", re.IGNORECASE)
_DAYS_FROM_TODAY = {"yesterday": -1, "tonight": 0, "tomorrow": 1}
_ABOUT_TODAY = ("day", "tomorrow", "tonight")
"""One of these is in each relative date, and fast to search for."""
_HIDDEN_KINDS = frozenset(["source", "publisher", "year", "contact"])


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report dates in numbers and, in English, days that depend on the day of reading."""
    for prose, paragraph in ((text, paragraph) for text in issue.texts for paragraph in text.paragraphs):
        if paragraph.kind in _HIDDEN_KINDS or paragraph.path[-2:] == ("source", "title"):
            continue
        if _FIGURE.search(paragraph.words):
            yield from _figures(prose, paragraph, issue.issue.date.year)
        low = paragraph.words.lower()
        is_about_today = any(word in low for word in _ABOUT_TODAY)
        if is_about_today and paragraph.language.startswith("en") and not is_said_by_somebody(paragraph):
            yield from _relative(paragraph, issue.issue.date)


def _relative(paragraph: Paragraph, sent: datetime.date) -> Iterator[Finding]:
    words = without_speech(paragraph.words)
    days = [(match, _coming(match, sent)) for match in _RELATIVE.finditer(words)]
    for match in _DEADLINE.finditer(words):
        sentence = sentence_at(words, match.start())
        if not _EVERY_WEEK.search(sentence.replace(match[0], "")) and not is_about_past(sentence):
            days.append((match, _coming(match, sent)))
    for match in _TOMORROW.finditer(words):
        step = next(step for word, step in _DAYS_FROM_TODAY.items() if word in match[0].lower())
        days.append((match, [sent + datetime.timedelta(days=step)]))
    for match, candidates in days:
        message = f"“{match[0]}” depends on the day on which this email is read."
        dates = " or ".join(f"“{weekday_and_day(date)}”" for date in candidates)
        yield Finding(paragraph.at(match.start()), message, f"Write the date too: {dates}.")


def _coming(match: re.Match[str], sent: datetime.date) -> list[datetime.date]:
    """Return the dates that a weekday can mean. On a Monday, "next Friday" can be in this week or in the next.

    On a Sunday, "this Sunday" is that day.
    """
    weekday = next(n for n, name in enumerate(_WEEKDAYS) if match["day"].lower().startswith(name.lower()))
    if match["which"].lower() == "this" and weekday == sent.weekday():
        return [sent]
    first = sent + datetime.timedelta(days=(weekday - sent.weekday() - 1) % 7 + 1)
    if match["which"].lower() == "next" and weekday > sent.weekday():
        return [first, first + datetime.timedelta(days=7)]
    return [first]


def _figures(prose: Prose, paragraph: Paragraph, sent: int) -> Iterator[Finding]:
    words = paragraph.words
    for match in _FIGURES.finditer(words):
        if not _is_date(match, words, sent):
            continue
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        is_short = len(match["year"]) == 2
        dates = readings(year + 2000 * is_short, first, second)
        in_1900s = readings(year + 1900, first, second) if is_short else []
        fix = _fix(prose, paragraph, match, dates, in_1900s)
        yield from _finding(paragraph, match, [_in_words(date, paragraph.language) for date in dates], fix)
    for match in _YEAR_FIRST.finditer(words):
        date = date_of(int(match["year"]), int(match["month"]), int(match["day"]))
        yield from _finding(paragraph, match, [_in_words(date, paragraph.language)] if date else [])
    for match in _NO_YEAR.finditer(words):
        before = text_before(words, match.start())
        # "By 1/2" can mean a half, and "on 24/7" means always.
        is_likely = len(match[0]) > len("1/2") and match[0] != "24/7" and _BEFORE_A_DATE.search(before)
        if is_likely or _WEEKDAY.search(before):
            days = readings(2024, int(match["first"]), int(match["second"]))  # a leap year has every day
            yield from _finding(paragraph, match, [_in_words(date, paragraph.language, "d MMMM") for date in days])


def _is_date(match: re.Match[str], words: str, sent: int) -> bool:
    """Check whether three numbers are a date: "1.2.10" is a version, and "20-12-26" is the sort code of a bank."""
    if match["sign"] == "/" or len(match["year"]) == 4:
        return True
    before = text_before(words, match.start())
    if _WEEKDAY.search(before) or _BEFORE_A_DATE.search(before):
        return True
    if _NOT_A_DATE.search(before):
        return False
    two_each = len(match["first"]) == len(match["second"]) == 2
    if match["sign"] == "-":
        return not two_each and abs(2000 + int(match["year"]) - sent) <= 2
    return len(match["second"]) == 2 or int(match["first"]) > 12


def _finding(paragraph: Paragraph, match: re.Match[str], dates: list[str], fix: Fix | None = None) -> Iterator[Finding]:
    if not dates:
        return
    message = f"“{match[0]}” can mean {' or '.join(f'“{date}”' for date in dates)}."
    if len(dates) == 1:
        message = f"“{match[0]}” is a date in numbers only. That is hard to read and to hear."
    yield Finding(paragraph.at(match.start()), message, f"Write the month as a word: “{dates[0]}”.", fix=fix)


def _fix(
    prose: Prose, paragraph: Paragraph, match: re.Match[str], dates: list[datetime.date], others: list[datetime.date]
) -> Fix | None:
    """Return the only date in words that has the weekday before it; None if there is not exactly one.

    In English only: in other languages, the grammar of the sentence can change the words of a date.
    """
    weekday = _WEEKDAY.search(text_before(paragraph.words, match.start()))
    if not weekday or not paragraph.language.startswith("en") or is_said_by_somebody(paragraph):
        return None
    number = _WEEKDAYS.index(weekday[0][:3])
    matches = [date for date in (*dates, *others) if date.weekday() == number]
    if len(matches) != 1 or matches[0] in others:
        return None
    return prose.fix(paragraph, *match.span(), _in_words(matches[0], paragraph.language))


def _in_words(date: datetime.date, language: Language, form: str = "d MMMM y") -> str:
    return format_date(date, form, locale=language.locale)

"""A day by which readers have to act, or on which they are invited, is still to come.

A date that was copied from an older issue wastes the strength of everybody who hurries, and those who read "until 3
March" in May do not know whether they can still come.

Bad:
    # in an issue of 3 December 2026
    - text: |
        Please apply by 3 March 2026.

Good:
    - text: |
        Please apply by 3 March 2027.

The rule is our own. It looks at English, and in German and French at a day with its year in a sentence that asks. A
day without a year counts if it was in the two months before the issue, in a sentence that asks for something or
invites; with its weekday, if it was in the half year before. `event-over` looks at the dates of events. Reports ("We
met on 5 November", "photos of the walk on 5 November") are fine.
"""

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.wording import own_english_prose, own_prose_in, without_speech
from newsletter.english import date_in_words
from newsletter.rules.issue._dates import date_of, is_about_past, readings, sentence_at
from newsletter.rules.issue._foreign_deadlines import LANGUAGES, deadlines_in

SEVERITY = "warning"

_WEEKDAY = r"(?:(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEFORE_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no[rt]? later than|deadline(?: is|:)?|last (?:day|date|chance)(?: (?:to|for"
    r"|of)(?: [\w']+){1,5}?)?"
    r" is|clos(?:es?|ing date)(?: is|:)?|ends?|due(?: by)?|expires?|(?P<starts>starts|begins|opens))"
    r"(?:,? (?:at |by )?(?:midnight|noon|midday|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\.?))?(?: on)?\s+"
    rf"(?:[a-z]+ on )?(?:(?:last|next|this) )?{_WEEKDAY}(?:the )?",
    re.IGNORECASE,
)
_BEFORE_EVENT = re.compile(rf"(?:\b(?:on|this|next)|[,:])\s+{_WEEKDAY}(?:the )?", re.IGNORECASE)
"""Text before the day of an event."""
_INVITATION = re.compile(
    r"\b(?:(?:come (?:to|and|along|with)|join (?:us|our|the)|see you|(?:see|visit|meet|watch|ask) us"
    r"|you(?:['’]re| are) (?:all )?(?:welcome|invited)|(?:all|everybody|everyone) (?:is |are )?(?:welcome|invited)"
    r"|(?:do not|don['’]t) miss|(?:book|register|sign up|apply|buy (?:a |your )?tickets?|get (?:a "
    r"|your )?(?:tickets?|place))"
    r"(?: (?:now|today|soon|early|a place|your place|a seat|your seat|tickets?|online|here))*(?: for| on)?(?= )"
    r"|will (?:be(?: (?:held|closed|shut|open|back|here))?|open|close|start|begin|meet|take place|happen|run)"
    r"|takes? place|happens?)\b|(?:is|are)(?: (?:closed|shut|open|held|off|back|free))? ?\Z)",
    re.IGNORECASE,
)
_LOOKING_BACK = re.compile(
    r"\b(?:photos?|pictures?|reports?|videos?|films?|recordings?|minutes|story|stories|notes|about|from (?:our|the)"
    r"|thank\w*|happened)\b",
    re.IGNORECASE,
)
"""Words about an event that is over, between an invitation and a day."""
_NAME = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_NAME})"
    rf"|(?P<month_first>{_NAME}) (?P<day_after>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?|end of (?P<end>{_NAME}))\b(?:,? (?P<year>20\d\d)\b)?"
)
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](20\d\d)\b")
_NUMBERS_ALONE = re.compile(r"(\d{1,2})/(\d{1,2})(?![\w/-]|\.\d)")
_RECENT = datetime.timedelta(days=62)
_RECENT_WITH_WEEKDAY = datetime.timedelta(days=183)
_LEAP_YEAR = 2000
_CHARACTERS_BEFORE = 200
_REQUEST = re.compile(
    r"\b(?:please|you|your|us|send|book|apply|applications?|reply|register|sign up|return|vote|voting|enter"
    r"|entr(?:y|ies)|order|"
    r"survey|deadline|clos(?:es?|ing)|last (?:day|date|chance)|ends?|expires?|tell|let|email|write|ring|call|join"
    r"|ask|give)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\b(?:published|correct|true|up to|known|data|figures|was|were|had|been|version"
    r"|records?)\b",
    re.IGNORECASE,
)
_REQUEST_AFTER_DAY = re.compile(
    r"\b(?:so|and|please|but) (?:please |do )?(?:hurry|apply|book|vote|reply|send|register|sign up|enter|order"
    r"|act|join)\b"
    r"|\b(?:is|are) (?:still )?(?:waiting for you|open|here for you|yours)\b|\byou (?:can|may|could) still\b",
    re.IGNORECASE,
)
"""A request in a sentence about a day that is over."""
_BEFORE_LAST_DAY = re.compile(
    rf"\b(?:closed|ended|expired|was|finished|due|extended|moved)(?: at| by| to| until)?(?: on)? "
    rf"{_WEEKDAY}(?:the )?(?=\d|{_NAME} \d)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless) (?:you|they|we|nobody|nothing)\b", re.IGNORECASE)
"""If you have not heard by then: a day that is over is right."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each such day before the issue's date, unless its sentence is about the past."""
    sent = issue.issue.date
    for paragraph in own_english_prose(issue):
        words = without_speech(paragraph.words)
        leads = {
            lead.end(): lead
            for lead in (*_BEFORE_LAST_DAY.finditer(words), *_events(words), *_BEFORE_DEADLINE.finditer(words))
        }
        for lead in leads.values():
            sentence = sentence_at(words, lead.start())
            day = _day(words, lead, sentence, sent)
            asks = bool(_REQUEST_AFTER_DAY.search(sentence))
            is_report = is_about_past(sentence) or _STATEMENT.search(sentence)
            if day and day < sent and (asks if lead.re is _BEFORE_LAST_DAY else not is_report):
                yield _finding(paragraph.at(lead.start()), day, sent)
    for language in LANGUAGES:
        for paragraph in own_prose_in(issue, language):
            for start, day in deadlines_in(paragraph.words, language):
                if day < sent:
                    yield _finding(paragraph.at(start), day, sent)


def _finding(where: HasLocation, day: datetime.date, sent: datetime.date) -> Finding:
    message = f"{date_in_words(day)} is before the email goes out on {date_in_words(sent)}."
    return Finding(where, message, "Correct the date, or delete the sentence.")


def _events(words: str) -> Iterator[re.Match[str]]:
    """Yield the text before each day on which readers are invited."""
    for lead in _BEFORE_EVENT.finditer(words):
        before = re.split(r"[.!?\n]", words[max(0, lead.start() - _CHARACTERS_BEFORE) : lead.start()])[-1]
        invitation = _INVITATION.search(before)
        if invitation and not _LOOKING_BACK.search(before, invitation.end()):
            yield lead


def _day(words: str, lead: re.Match[str], sentence: str, sent: datetime.date) -> datetime.date | None:
    """Return the day after these words, the later one if it can be two; None if there is none."""
    if numbers := _NUMBERS.match(words, lead.end()):
        first, second, year = map(int, numbers.groups())
        return max(readings(year, first, second), default=None)
    match = _DATE.match(words, lead.end())
    if match and match["year"]:
        return _in_year(int(match["year"]), *_month_and_day(match))
    if lead.re is _BEFORE_DEADLINE and (lead["starts"] or not _REQUEST.search(sentence) or _CONDITION.search(sentence)):
        return None
    weekday = lead["weekday"]
    if match:
        return _lately(*_month_and_day(match), weekday, sent)
    if numbers := _NUMBERS_ALONE.match(words, lead.end()):
        first, second = map(int, numbers.groups())
        pairs = [pair for pair in ((second, first), (first, second)) if date_of(_LEAP_YEAR, *pair)]
        days = [_lately(month, day, weekday, sent) for month, day in pairs]
        return max(filter(None, days), default=None) if all(days) else None
    return None


def _month_and_day(match: re.Match[str]) -> tuple[int, int | None]:
    """Return the month and the day of a date in words; no day if it is the end of the month."""
    month = _MONTHS.index((match["month"] or match["month_first"] or match["end"])[:3].lower()) + 1
    day = match["day"] or match["day_after"]
    return month, int(day) if day else None


def _lately(month: int, day: int | None, weekday: str | None, sent: datetime.date) -> datetime.date | None:
    """Return the day without a year that was not long before the issue; with a weekday, in a year in which it fits."""
    within = _RECENT_WITH_WEEKDAY if weekday else _RECENT
    for date in (_in_year(year, month, day) for year in (sent.year, sent.year - 1)):
        if date and sent - within < date < sent and (not weekday or weekday[:3].lower() == f"{date:%a}".lower()):
            return date
    return None


def _in_year(year: int, month: int, day: int | None) -> datetime.date | None:
    """Return a day of a month, or its last day."""
    return date_of(year, month, day or calendar.monthrange(year, month)[1])

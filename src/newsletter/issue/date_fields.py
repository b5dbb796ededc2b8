"""The kinds of value that say when something is: days, times of day, spans and repetitions."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from newsletter.characters import quoted
from newsletter.english import date_in_words, join
from newsletter.issue.date_text import UnclearError, read_date, read_month
from newsletter.issue.fields import FieldText, invalid_value
from newsletter.issue.repetition_text import Days, read_days, repetition_words
from newsletter.issue.time_text import clock, read_time, read_times

_UNKNOWN = re.compile(r"(?:tbc|tba|to be (?:confirmed|announced))\.?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_UNITS = {"weekly": "week", "fortnightly": "fortnight", "monthly": "month", "2 weeks": "fortnight"}
_UNITS |= {"two weeks": "fortnight", "other week": "fortnight", "second week": "fortnight"}
_UNITS |= {name: name for name in ("week", "fortnight", "month")}
_REPEATED = re.compile(r"(?:every|each)\b", re.IGNORECASE)
_WEEK = re.compile(r"(?:the )?(?:week (?:beginning|commencing|starting|of)|w/[bc])\b", re.IGNORECASE)
_ALL_DAY = re.compile(r"all[ -]day|whole day", re.IGNORECASE)
_SPAN = (re.compile(r"\s(?:to|until|till|[-–—])\s"), re.compile(r"(?<=\w)[-–—](?=\w)"))
"""Between two days. A hyphen without spaces can also be inside a day."""
_AND = re.compile(r"\s(?:and|&|\+|or)\s|[,;/]")
_CLOCK_SCHEMA: dict[str, object] = {"type": ["string", "number"], "pattern": r"^\D*((0?\d|1\d|2[0-4])(\D|$)|$)"}
"""No hour after 24. Text editors read `19.30` as a number."""


def _languages(info: ValidationInfo) -> Iterable[str]:
    """Return the languages of the file whose names of months and days count."""
    return tuple((info.context or {}).get("languages", ()))


def _date(text: object, info: ValidationInfo) -> object:
    if not isinstance(text, str):
        return text
    try:
        return read_date(text, _languages(info))
    except UnclearError as error:
        raise invalid_value(error.message, error.hint) from None


Date = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string"})]
"""A day with its month and year, as people write it."""


class _ReadText(FieldText):
    """A text in its usual form, which does not depend on how it was typed."""

    @classmethod
    def read(cls, text: str, languages: Iterable[str]) -> Self:
        """Return the value of a text, or raise `UnclearError`."""
        raise NotImplementedError

    @classmethod
    def _read(cls, text: str, info: ValidationInfo) -> Self:
        try:
            return cls.read(text, _languages(info))
        except UnclearError as error:
            raise invalid_value(error.message, error.hint) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        return core_schema.with_info_after_validator_function(cls._read, core_schema.str_schema())


class Time(_ReadText):
    """A time of day, HH:MM in 24 hours."""

    json_schema = _CLOCK_SCHEMA

    @classmethod
    def read(cls, text: str, languages: Iterable[str]) -> Self:
        """Accept a time with the 24-hour clock, or with am or pm."""
        return cls(clock(read_time(text, languages)))

    @property
    def clock(self) -> datetime.time:
        """The value of the time."""
        return datetime.time.fromisoformat(self)


class Times(_ReadText):
    """A time of day, a span such as `18:00 to 19:30`, or `to be confirmed`. The end of a day is 24:00."""

    json_schema = _CLOCK_SCHEMA

    @classmethod
    def read(cls, text: str, languages: Iterable[str]) -> Self:
        """Accept what `Time` accepts, two of them, or words for a time that is not known yet, such as `tbc`.

        Raises:
            UnclearError: for any other text.
        """
        if _UNKNOWN.fullmatch(text.strip()):
            return cls("to be confirmed")
        try:
            start, end = read_times(text, languages)
        except UnclearError as error:
            raise _special(text, languages) or error from None
        return cls(clock(start) if end is None else f"{clock(start)} to {clock(end)}")

    @property
    def start(self) -> Time | None:
        """The time at which it begins; None if it is not known yet."""
        return Time(self[:5]) if self[0].isdigit() else None

    @property
    def end(self) -> Time | None:
        """The time at which it ends, 24:00 at the end of the day; None if it was not given."""
        return Time(self[-5:]) if self.start and len(self) > 5 else None


def _special(text: str, languages: Iterable[str]) -> UnclearError | None:
    """Return the error about a whole day, or about several times, each one by itself, such as `2.30pm and 7.30pm`."""
    if _ALL_DAY.fullmatch(text.strip()):
        return UnclearError(
            f"{quoted(text)} is not a time of day.", "Delete the line “time:”. The event then lasts all day."
        )
    times = [each for each in _AND.split(text) if each.strip()]
    try:
        for each in times:
            read_times(each, languages)
    except UnclearError:
        return None
    return UnclearError(f"{quoted(text)} is more than one time.", "Write one event for each time.")


class ToBeConfirmed(FieldText):
    """The words for a day that is not known yet."""


class Month(FieldText):
    """A month of which the day is not known yet: `2027-03`."""

    @property
    def first_day(self) -> datetime.date:
        """The first day of the month."""
        return datetime.date.fromisoformat(f"{self}-01")

    @property
    def last_day(self) -> datetime.date:
        """The last day of the month."""
        day = self.first_day
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _event_date(text: str, info: ValidationInfo) -> object:
    if _UNKNOWN.fullmatch(text.strip()):
        return ToBeConfirmed("to be confirmed")
    if month := read_month(text, _languages(info)):
        return Month(f"{month:%Y-%m}".rjust(7, "0"))
    try:
        return read_date(text, _languages(info))
    except UnclearError as error:
        raise invalid_value(error.message, _for_other_keys(text, _languages(info)) or error.hint) from None


def _for_other_keys(text: str, languages: Iterable[str]) -> str:
    """Return what to do if the text is for “every”, for “week”, or for “date” and “until” together; else nothing."""
    if _WEEK.match(text.strip()):
        return "Write “week:” instead of “date:”, and after it only the day with which the week begins."
    if _REPEATED.match(text.strip()):
        return "Write “every:” instead of “date:”, such as “every: Tuesday”. “until:” can say the last day."
    for between in _SPAN:
        _, *rest = between.split(text, maxsplit=1)
        try:
            last = read_date(rest[0], languages) if rest else None
        except UnclearError:
            continue
        if last:
            return (
                f"Write only the first day here, with its month and year, and below it “until: {date_in_words(last)}”."
            )
    return ""


class _EventDateField:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        as_text = core_schema.to_string_ser_schema()
        return core_schema.with_info_after_validator_function(
            _event_date, core_schema.str_schema(), serialization=as_text
        )


EventDate = Annotated[datetime.date | Month | ToBeConfirmed, _EventDateField]
"""A day, a month, or `to be confirmed`."""


class LastDay(_ReadText):
    """A last day, with or without the time at which it ends."""

    @classmethod
    def read(cls, text: str, languages: Iterable[str]) -> Self:
        """Accept what `Date` accepts, and a time after it."""
        try:
            return cls(read_date(text, languages))
        except UnclearError:
            words = text.split()
            year = next((number for number, word in enumerate(words, 1) if _YEAR.search(word)), len(words))
            time = " ".join(words[year:])
            if not time:
                raise
        day = read_date(" ".join(words[:year]).rstrip(","), languages)
        return cls(f"{day} {clock(read_time(time, languages))}")

    @property
    def date(self) -> datetime.date:
        """The last day."""
        return datetime.date.fromisoformat(self[:10])

    @property
    def time(self) -> Time | None:
        """The time of the last day at which it ends."""
        return Time(self[11:]) if len(self) > 10 else None


class Repetition(_ReadText):
    """How often something is: `week`, `fortnight`, `month`, or days such as `first Monday and last Friday`."""

    @classmethod
    def read(cls, text: str, languages: Iterable[str]) -> Self:
        """Accept one of these, with `every` before it or `of the month` after it, and what `read_days` accepts."""
        words = " ".join(word for word in repetition_words(text) if word not in ("every", "each", "a"))
        return cls(_UNITS[words]) if words in _UNITS else cls.on(read_days(text, languages))

    @classmethod
    def on(cls, days: Days) -> Self:
        """Return the value for days of the week."""
        return cls(join([f"{week} {calendar.day_name[day]}".strip() for week, day in days]))

    @property
    def days(self) -> Days:
        """The days that it names; none for `week`, `fortnight` and `month`."""
        if self in _UNITS:
            return ()
        each = (name.rpartition(" ") for name in re.split(r", | and ", self))
        return tuple((week, list(calendar.day_name).index(day)) for week, _, day in each)

    def includes(self, day: datetime.date) -> bool:
        """Check whether a day is one of those that it names."""
        return any(day.weekday() == weekday and week in ("", *ordinals(day)) for week, weekday in self.days)


def ordinals(day: datetime.date) -> list[str]:
    """Return the places of a day among the days of its month with the same weekday, the one to use first.

    Not every month has a fifth Tuesday, so that is only the last.
    """
    number = (day.day - 1) // 7
    is_last = day.day + 7 > calendar.monthrange(day.year, day.month)[1]
    return [*["first", "second", "third", "fourth"][number : number + 1], *(["last"] if is_last else [])]

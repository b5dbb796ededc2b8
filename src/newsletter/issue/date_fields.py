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
from newsletter.issue.date_names import weekdays
from newsletter.issue.date_text import UnclearError, read_date
from newsletter.issue.fields import FieldText, invalid_value
from newsletter.issue.time_text import clock, read_time, read_times

_UNKNOWN = re.compile(r"(?:tbc|to be confirmed)\.?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_LONGEST = 60
_FILLERS = frozenset(["every", "each", "on", "the", "a"])
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
_ORDINALS |= {name: name for name in (*_ORDINALS.values(), "last")}
_UNITS = {"weekly": "week", "fortnightly": "fortnight", "monthly": "month", "2 weeks": "fortnight"}
_UNITS |= {"two weeks": "fortnight", "other week": "fortnight", "second week": "fortnight"}
_UNITS |= {name: name for name in ("week", "fortnight", "month")}
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
        """Accept what `Time` accepts, two of them, or `tbc`."""
        if _UNKNOWN.fullmatch(text.strip()):
            return cls("to be confirmed")
        start, end = read_times(text, languages)
        return cls(clock(start) if end is None else f"{clock(start)} to {clock(end)}")

    @property
    def start(self) -> Time | None:
        """The time at which it begins; None if it is not known yet."""
        return Time(self[:5]) if self[0].isdigit() else None

    @property
    def end(self) -> Time | None:
        """The time at which it ends, 24:00 at the end of the day; None if it was not given."""
        return Time(self[-5:]) if self.start and len(self) > 5 else None


class ToBeConfirmed(FieldText):
    """The words for a day that is not known yet."""


def _event_date(text: str, info: ValidationInfo) -> object:
    return ToBeConfirmed("to be confirmed") if _UNKNOWN.fullmatch(text.strip()) else _date(text, info)


class _EventDateField:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        as_text = core_schema.to_string_ser_schema()
        return core_schema.with_info_after_validator_function(
            _event_date, core_schema.str_schema(), serialization=as_text
        )


EventDate = Annotated[datetime.date | ToBeConfirmed, _EventDateField]
"""A day, or `to be confirmed`."""


class End(_ReadText):
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


class Every(_ReadText):
    """How often something is: `week`, `fortnight`, `month`, `Tuesday`, `second Tuesday` or `last Tuesday`."""

    @classmethod
    def read(cls, text: str, languages: Iterable[str]) -> Self:
        """Accept one of these, with `every` before it or `of the month` after it."""
        words = tuple(word for word in re.findall(r"\w+", text[:_LONGEST].casefold()) if word not in _FILLERS)
        if unit := _UNITS.get(" ".join(words)):
            return cls(unit)
        ordinal = _ORDINALS.get(words[0], "") if words else ""
        name = tuple(word for word in words[bool(ordinal) :] if word not in ("of", "month"))
        names = weekdays(languages)
        plural = (*name[:-1], *(word.removesuffix("s") for word in name[-1:]))
        days = names.get(name) or names.get(plural) or frozenset()
        if len(days) != 1:
            raise UnclearError(
                f"{quoted(text)} is not how often something can be.",
                "Write week, fortnight or month; or the day of the week, such as Tuesday or second Tuesday.",
            )
        return cls(f"{ordinal} {calendar.day_name[next(iter(days))]}".strip())

    @property
    def weekday(self) -> int | None:
        """The day of the week, from 0 (Monday), if it names one."""
        name = self.rpartition(" ")[2]
        return list(calendar.day_name).index(name) if name in calendar.day_name else None

    @property
    def ordinal(self) -> str:
        """The weeks of the month that it names, from `first` to `fourth` or `last`; empty if it names none."""
        return self.partition(" ")[0] if " " in self else ""

    def includes(self, day: datetime.date) -> bool:
        """Check whether a day is one of those that it names."""
        return day.weekday() == self.weekday and self.ordinal in ("", *ordinals(day))


def ordinals(day: datetime.date) -> list[str]:
    """Return the places of a day among the days of its month with the same weekday, the one to use first.

    Not every month has a fifth Tuesday, so that is only the last.
    """
    number = (day.day - 1) // 7
    is_last = day.day + 7 > calendar.monthrange(day.year, day.month)[1]
    return [*["first", "second", "third", "fourth"][number : number + 1], *(["last"] if is_last else [])]

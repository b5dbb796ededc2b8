"""Read a day as people write it, if it has only one meaning."""

from __future__ import annotations

import calendar
import datetime
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable

from newsletter.characters import quoted
from newsletter.english import date_in_words, date_with_weekday
from newsletter.issue.date_names import Names, NameWords, months, name_words, weekdays

_HINT = "Write day, month and year, such as 3 December 2026, or 2026-12-03."
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|af|il|ydd|ed|fed|eg|ain)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_VIETNAMESE = re.compile(r"(?:ngày )?(\d{1,2}) (?:tháng|thg) (\d{1,2})(?:,? năm |, ?| )(\d{4})", re.IGNORECASE)
_MONTH_IN_FIGURES = re.compile(
    r"(?P<year>\d{4})(?:[-/.]|\s?[年년]\s?)(?P<month>\d{1,2})(?:\s?[月월])?"
    r"|(?:(?P<first>\d{1,2})[-/.]|(?:tháng|thg) (?P<viet>\d{1,2})(?:,? năm |, ?| ))(?P<last>\d{4})",
    re.IGNORECASE,
)
_FILLERS = frozenset(["the", "of", "on", "in", "ngày"])
_LONGEST_TEXT = 80
_DAYS = tuple(calendar.day_name)


class UnclearError(ValueError):
    """A date or a time that has no meaning, or more than one: the problem and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def read_date(text: str, languages: Iterable[str] = ()) -> datetime.date:
    """Read a day.

    Args:
        text: the day with its month and year, in words or in figures, with or without its weekday.
        languages: the languages whose names of months and days count, besides English.

    Raises:
        UnclearError: if it is no day, has no year, has another weekday, or can be two days.
    """
    languages = tuple(languages)
    plain = _EAST_ASIAN.sub(r"\1-\2-\3 ", unicodedata.normalize("NFKC", text)[:_LONGEST_TEXT])
    plain = _VIETNAMESE.sub(r"\3-\2-\1 ", plain)
    weekday, rest = _without_weekday(name_words(_ORDINAL.sub("", plain)), weekdays(languages))
    names = months(languages)
    month = names.get(rest, frozenset())
    numbers = _NUMBER.findall(plain)
    if len(text) > _LONGEST_TEXT or (rest and not month):
        raise UnclearError(f"{quoted(text)} is not written as a date.", _HINT)
    days = _days_in_words(text, numbers, month) if month else _days_in_figures(text, plain, numbers)
    return _with_weekday(text, days, weekday)


def read_month(text: str, languages: Iterable[str] = ()) -> datetime.date | None:
    """Return the first day of a month that a text names with its year, such as `March 2027`; None if it does not.

    Args:
        text: the month in words or in figures.
        languages: the languages whose names of months count, besides English.
    """
    plain = unicodedata.normalize("NFKC", text)[:_LONGEST_TEXT].strip()
    if match := _MONTH_IN_FIGURES.fullmatch(plain):
        year, month = int(match["year"] or match["last"]), int(match["month"] or match["first"] or match["viet"])
        return datetime.date(year, month, 1) if 1 <= month <= 12 and year else None
    numbers = _NUMBER.findall(plain)
    words = tuple(word for word in name_words(plain) if word not in _FILLERS)
    months_named = months(tuple(languages)).get(words, frozenset())
    if len(numbers) != 1 or len(numbers[0]) != 4 or len(months_named) != 1 or len(text) > _LONGEST_TEXT:
        return None
    return datetime.date(int(numbers[0]), next(iter(months_named)), 1) if int(numbers[0]) else None


def _without_weekday(words: NameWords, names: Names) -> tuple[Collection[int], NameWords]:
    words = tuple(word for word in words if word not in _FILLERS)
    for length in range(min(3, len(words)), 0, -1):
        for name, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            if name in names:
                return names[name], rest
    return (), words


def _days_in_words(text: str, numbers: list[str], month: Collection[int]) -> list[datetime.date]:
    years = [number for number in numbers if len(number) == 4]
    others = [number for number in numbers if len(number) <= 2]
    if not years and (len(others) == 2 or len(numbers) > len(others)):
        raise _odd_year(text, numbers)
    if not years and len(others) == 1:
        raise UnclearError(f"{quoted(text)} has no year.", "Write the year, too, with four digits, such as 2027.")
    if len(years) != 1 or len(others) != 1 or len(numbers) != 2:
        raise UnclearError(f"{quoted(text)} is not written as one date.", _HINT)
    return _existing(text, [(int(years[0]), each, int(others[0])) for each in sorted(month)])


def _days_in_figures(text: str, plain: str, numbers: list[str]) -> list[datetime.date]:
    signs = {re.sub(r"\s", "", sign) for sign in re.findall(r"(?<=\d)\D+(?=\d)", plain)}
    if len(numbers) != 3 or len(signs) != 1 or not signs <= {"/", ".", "-"}:
        raise UnclearError(f"{quoted(text)} is not written as a date.", _HINT)
    first, second, third = map(int, numbers)
    if len(numbers[0]) == 4 and len(numbers[1]) <= 2 and len(numbers[2]) <= 2:
        return _existing(text, [(first, second, third)])
    if len(numbers[2]) == 4 and len(numbers[0]) <= 2 and len(numbers[1]) <= 2:
        # With dots the day is first everywhere; with other signs Americans begin with the month.
        return _existing(text, [(third, second, first), *([] if signs == {"."} else [(third, first, second)])])
    if all(len(number) != 4 for number in numbers):
        raise _odd_year(text, numbers)
    raise UnclearError(f"{quoted(text)} is not written as a date.", _HINT)


def _odd_year(text: str, numbers: list[str]) -> UnclearError:
    digits = max(map(len, numbers))
    what = "only one digit" if digits == 1 else "only two digits" if digits == 2 else f"{digits} digits"
    return UnclearError(f"The year in {quoted(text)} has {what}.", "Write the year with four digits, such as 2027.")


def _existing(text: str, readings: list[tuple[int, int, int]]) -> list[datetime.date]:
    days = []
    for year, month, day in readings:
        try:
            days.append(datetime.date(year, month, day))
        except ValueError:
            continue
    if not days:
        year, month, _ = readings[0]
        is_month = 1 <= month <= 12 and 1 <= year <= 9999
        length = calendar.monthrange(year, month)[1] if is_month else 0
        hint = f"{calendar.month_name[month]} {year} has {length} days. Check the day." if is_month else ""
        raise UnclearError(f"There is no day {text.strip()}.", hint or "Check the month and the day.")
    return list(dict.fromkeys(days))


def _with_weekday(text: str, days: list[datetime.date], weekday: Collection[int]) -> datetime.date:
    fitting = [day for day in days if day.weekday() in weekday] if weekday else days
    match fitting:
        case [day]:
            return day
        case []:
            real = " or ".join(f"a {_DAYS[day.weekday()]}" for day in days)
            better = " or ".join(f"“{date_with_weekday(day)}”" for day in days)
            others = [date_with_weekday(_nearest(day, each)) for day, each in itertools.product(days, sorted(weekday))]
            hint = f"Write {better}. If the weekday is right, write {' or '.join(f'“{day}”' for day in others)}."
            raise UnclearError(f"{quoted(text)} is {real}.", hint)
    raise UnclearError(
        f"{quoted(text)} can be two days.",
        f"Is it {' or '.join(map(date_in_words, fitting))}? Write {' or '.join(map(str, fitting))}.",
    )


def _nearest(day: datetime.date, weekday: int) -> datetime.date:
    # In year 1 and in year 9999 there may be no day on that side.
    for step in sorted(range(-6, 7), key=abs):
        ordinal = day.toordinal() + step
        if 1 <= ordinal <= datetime.date.max.toordinal():
            other = datetime.date.fromordinal(ordinal)
            if other.weekday() == weekday:
                return other
    return day

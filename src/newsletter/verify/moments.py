"""Read days and times again, as far as is needed to find them: the numbers that a reader must get.

The pipeline knows the names of months in many languages. Here the month does not count, so no names are needed.
"""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections.abc import Iterator

Numbers = tuple[str, ...]

_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)
_SIGNS = frozenset("/.,-،'’()")
_HALF_OF_DAY = r"(?:h|uhr|hrs|hours|[ap]\.?\s?m\.?)"
_TIME = rf"(?:\d{{1,2}}(?:[:.h]\d\d)?\s?{_HALF_OF_DAY}?|(?:12\s)?(?:noon|midday|midnight))"
_TIMES = re.compile(rf"(?:from\s|at\s)?{_TIME}(?:\s?(?:to|until|till|[-–—])\s?{_TIME})?", re.IGNORECASE)
_EACH_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?", re.IGNORECASE)
_SPAN_IN_WORDS = re.compile(r"[^\d]{0,20}\d{1,2}\D{1,20}\d{1,2}[^\d]{0,20}")
"""With a word of any language between two hours, such as “9 do 17”."""
_MONTH = re.compile(r"(\d{4})(?:[-/.]|\s?[年년]\s?)\d{1,2}\s?[月월]?|(?:[^\d]{0,30}|\d{1,2}[-/.])(\d{4})[^\d]{0,10}")
_LONGEST_TEXT = 80
_MOST_WORDS = 5  # "jueves, 4 de marzo de 2027" has four


def readings(key: str, text: str) -> list[Numbers]:
    """Return the numbers that a reader must get for a day or a time, in each way in which it can be meant.

    The list is empty if the text is neither.
    """
    text = text.strip()
    if len(text) > _LONGEST_TEXT or not key:
        return []
    if key == "until" and (year := re.search(r"\d{4}(?:-\d{1,2}-\d{1,2}(?!\d))?", text)) and year.end() < len(text):
        days, times = _days(text[: year.end()]), _times(text[year.end() :].strip(" ,"))
        return [(*day, *time) for day, time in itertools.product(days, times)] or _days(text)
    has_clock = re.search(r"[:.hapnm]", text, re.IGNORECASE) is not None
    is_time = _TIMES.fullmatch(text) is not None
    if (key == "time" and (has_clock or is_time)) or (has_clock and is_time):
        return _times(text)
    if key == "time" and _SPAN_IN_WORDS.fullmatch(text):
        return _times(text)
    if key == "date" and (month := _MONTH.fullmatch(text)):
        return [(str(int(month[1] or month[2])),)]
    return _days(text)


def is_usual(text: str) -> bool:
    """Check whether a text is 2026-12-03 or 14:30, which is nothing but a day or a time."""
    return bool(_ISO.fullmatch(text) or _CLOCK.fullmatch(text))


def possible_dates(text: str) -> list[str]:
    """Return every day that a text can mean as year-month-day: the month may be a word in any language."""
    if _ISO.fullmatch(text.strip()):
        return [text.strip()]
    return [
        f"{int(year):04}-{month:02}-{int(day):02}"
        for day, year in _days(text.strip())
        for month in range(1, 13)
        if _exists(int(year), month, int(day))
    ]


def _days(text: str) -> list[Numbers]:
    numbers = re.findall(r"\d+", text)
    years = [number for number in numbers if len(number) == 4]
    others = [number for number in numbers if len(number) < 3]
    words = [word for word in text.split() if not re.search(r"\d", word)]
    signs = {sign for sign in text if unicodedata.category(sign)[0] in "PS"}
    if len(words) > _MOST_WORDS or not signs <= _SIGNS:
        return []
    if len(years) != 1 or not 1 <= len(others) <= 2 or len(numbers) > 3:
        return []
    return [(str(int(day)), str(int(years[0]))) for day in (others[-1:] if numbers[0] in years else others)]


def _times(text: str) -> list[Numbers]:
    each = [list(_hours(*match.groups(""))) for match in _EACH_TIME.finditer(text)]
    if re.search("noon|midday", text, re.IGNORECASE) and not re.search(r"12\s?(?:noon|midday)", text, re.IGNORECASE):
        each.append([("12", "0"), ()])
    return (
        [tuple(itertools.chain.from_iterable(times)) for times in itertools.product(*each)]
        if 1 <= len(each) <= 2
        else []
    )


def _hours(hour: str, minute: str) -> Iterator[Numbers]:
    """Yield the numbers on the 24-hour clock and with am or pm, which is without minutes at the full hour."""
    minutes = int(minute or 0)
    if int(hour) % 12 == 0 and not minutes:
        yield ()  # midday and midnight are words
    for each in (int(hour), (int(hour) + 12) % 24):
        yield str(each), str(minutes)
        if not minutes:
            yield (str(each),)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True

"""Write dates as people of a language write them.

The names by which dates are read are in `issue/date_names.py`.
"""

import datetime
import re
from collections.abc import Sequence

from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from newsletter.issue.date_fields import Time
from newsletter.issue.fields import Language

_YEAR_AT_END = re.compile(r"(?:[,،]| '[^']*')? y\Z")


def long_date(day: datetime.date, language: Language) -> str:
    """Return a day such as `3 December 2026`."""
    return format_date(day, "long", language.locale)


def weekday_date(day: datetime.date, language: Language) -> str:
    """Return a day with its weekday, such as `Thursday 3 December 2026`."""
    return format_date(day, _weekday_pattern(language), language.locale)


def weekday_date_before(day: datetime.date, end: datetime.date, language: Language) -> str:
    """Return the first of several days with its weekday, such as `Saturday 15 May`, for before the last day.

    It has the year only if the last day is in another one, as in CLDR's intervals with weekdays (`yMMMEd`), or if the
    language does not write it at the end.

    Args:
        day: the first day.
        end: the last day.
        language: the language in which both are written.
    """
    pattern = _weekday_pattern(language)
    # What joins the year to the month goes with it, such as the comma of American English or the Spanish "de".
    return format_date(day, _YEAR_AT_END.sub("", pattern) if day.year == end.year else pattern, language.locale)


def month_date(day: datetime.date, language: Language) -> str:
    """Return the month of a day with its year, such as `December 2026`."""
    return format_skeleton("yMMMM", day, locale=language.locale)


def time_of_day(time: Time, language: Language) -> str:
    """Return a time as people of a language write it: in English `2.30pm`, `7pm` and `midday`, as the NHS does.

    Other languages have the 24-hour clock, and so has the first hour of a day in English: for some people, 12.30am is
    after noon.
    """
    hour, minute = time.clock.hour, time.clock.minute
    if language.locale.language != "en" or hour == 0:
        return time
    if (hour, minute) == (12, 0):
        return "midday"
    return f"{(hour - 1) % 12 + 1}{f'.{minute:02}' if minute else ''}{'am' if hour < 12 else 'pm'}"


def join_words(words: Sequence[str], language: Language) -> str:
    """Return several words as one list, such as `Monday, Wednesday and Friday`."""
    if language.locale.language == "cy" and len(words) > 1:
        *others, last = words
        return f"{', '.join(others)} {_welsh_and(last)}"
    text = format_list(words, locale=language.locale)
    # In English, CLDR has a comma before "and" only outside of Britain.
    return text.replace(", and ", " and ") if language.locale.language == "en" else text


def _welsh_and(word: str) -> str:
    """Return a word after "and", which CLDR writes as a(c): it depends on the first letter, and changes some."""
    if word[0].lower() in "aeiouwyâêîôûŵŷ":
        return f"ac {word}"
    changed = {"c": "ch", "p": "ph", "t": "th"}.get(word[0]) if not word.startswith(("ch", "ph", "th")) else None
    return f"a {changed}{word[1:]}" if changed else f"a {word}"


def weekday_date_inside(day: datetime.date, language: Language) -> str:
    """Return a day with its weekday as it is written inside a sentence, such as `dydd Mawrth` in Welsh."""
    return _inside(weekday_date(day, language), language)


def weekday_inside(weekday: int, language: Language) -> str:
    """Return the name of a day of the week, from 0 (Monday), as it is inside a sentence."""
    return _inside(language.locale.days["format"]["wide"][weekday], language)


def _weekday_pattern(language: Language) -> str:
    # In British English some versions of CLDR put a comma after the weekday; GOV.UK and NHS style do not.
    return str(language.locale.date_formats["full"].pattern).replace("EEEE, d ", "EEEE d ")


def _inside(name: str, language: Language) -> str:
    # In Welsh only the name after "dydd" has a capital: "bob dydd Mawrth".
    return name.replace("Dydd", "dydd") if language.locale.language == "cy" else name

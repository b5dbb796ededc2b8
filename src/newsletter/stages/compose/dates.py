"""Write dates as people of a language write them. Only this module imports Babel's dates."""

import datetime

from babel.dates import format_date

from newsletter.issue.fields import Language


def long_date(day: datetime.date, language: Language) -> str:
    """Return a day such as `3 December 2026`."""
    return format_date(day, "long", language.locale)


def weekday_date(day: datetime.date, language: Language) -> str:
    """Return a day with its weekday, such as `Thursday 3 December 2026`."""
    pattern = str(language.locale.date_formats["full"].pattern)
    # In British English some versions of CLDR put a comma after the weekday; GOV.UK and NHS style do not.
    return format_date(day, pattern.replace("EEEE, d ", "EEEE d "), language.locale)


def weekday_date_inside(day: datetime.date, language: Language) -> str:
    """Return the same as it is inside a sentence."""
    return _inside(weekday_date(day, language), language)


def weekday_inside(weekday: int, language: Language) -> str:
    """Return the name of a day of the week, from 0 (Monday), as it is inside a sentence."""
    return _inside(language.locale.days["format"]["wide"][weekday], language)


def _inside(name: str, language: Language) -> str:
    # In Welsh only the name after "dydd" has a capital: "bob dydd Mawrth".
    return name.replace("Dydd", "dydd") if language.locale.language == "cy" else name

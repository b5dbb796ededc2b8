"""Writes dates as people of a language write them. Babel's dates enter through this module alone."""

import datetime

from babel.dates import format_date

from newsletter.fields import Language


def long_date(day: datetime.date, language: Language) -> str:
    """Write a day such as `3 December 2026`."""
    return format_date(day, "long", language.locale)


def weekday_date(day: datetime.date, language: Language) -> str:
    """Write a day with its weekday, such as `Thursday 3 December 2026`."""
    return format_date(day, "full", language.locale)

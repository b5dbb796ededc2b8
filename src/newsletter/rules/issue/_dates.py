"""Which dates figures can mean, and how a date is said."""

import datetime


def readings(year: int, first: int, second: int) -> list[datetime.date]:
    """Give the dates that two figures can be, day first."""
    meant = [date_of(year, second, first), date_of(year, first, second)]
    return list(dict.fromkeys(day for day in meant if day))


def date_of(year: int, month: int, day: int) -> datetime.date | None:
    """Make a date; None when there is no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def said(date: datetime.date) -> str:
    """Say a date as messages do: 3 December 2026."""
    return f"{date.day} {date:%B %Y}"

"""English for messages: numbers with nouns, dates, lists, and similar names."""

import calendar
import datetime
import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known name that is most like a name, in any case and with - or _; empty if none is like it.

    Args:
        name: what somebody typed.
        known: the names that there are.
        likeness: the least, from 0 for names without a letter in common to 1 for the same.
    """
    names = {_comparable(each): each for each in known}
    matches = difflib.get_close_matches(_comparable(name), list(names), n=1, cutoff=likeness)
    return names[matches[0]] if matches else ""


def _comparable(name: str) -> str:
    return name.lower().replace("_", "-")


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the question whether the nearest known name was meant.

    Args:
        name: what somebody typed.
        known: the names that there are.
        otherwise: the sentence to return if no known name is like it.
    """
    match = nearest(name, known)
    return f"Did you mean “{match}”?" if match else otherwise


def count(number: int, thing: str, plural: str = "") -> str:
    """Return a number and a noun, such as "1 rule", "2 rules" or, with another plural, "2 entries".

    Args:
        number: how many there are.
        thing: the noun for one.
        plural: the noun for several; empty for `thing` with an s.
    """
    return f"{number:,} {thing if number == 1 else plural or thing + 's'}"


def duration_in_words(seconds: float) -> str:
    """Return a time in the largest unit of which it has two, such as "90 seconds", "23 minutes" or "3 hours"."""
    units = {"hour": 3600, "minute": 60, "second": 1}
    unit = next((name for name, length in units.items() if seconds >= 2 * length), "second")
    return count(max(1, round(seconds / units[unit])), unit)


def date_in_words(day: datetime.date) -> str:
    """Return a date such as "4 March 2027"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year:04}"


def date_with_weekday(day: datetime.date) -> str:
    """Return a date such as "Thursday 4 March 2027"."""
    return f"{calendar.day_name[day.weekday()]} {date_in_words(day)}"


def join(items: Iterable[str]) -> str:
    """Return a list as text: "a", "a and b" or "a, b and c"."""
    *first, last = list(items) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def with_article(noun: str) -> str:
    """Return a noun after "a" or "an", by its first letter."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"

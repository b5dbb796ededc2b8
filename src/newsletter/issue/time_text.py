"""Read a time of day as people write it, or a span from one to another, if it has only one meaning.

A time is in minutes from the beginning of its day. The end of the day is 1,440.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from newsletter.characters import quoted
from newsletter.issue.date_names import half_days
from newsletter.issue.date_text import UnclearError
from newsletter.issue.time_words import span_patterns

NOON, DAY = 720, 1_440

_HINT = "Write hours and minutes, such as 09:30 or 14:00, or 9.30am or 2pm."
_HOW_LONG = f"{_HINT[:-1]}. A span is such as 18:00 to 19:30."
_WHICH_MIDNIGHT = "Write 00:00 for the midnight with which the day begins, or 23:59 for the one with which it ends."
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:(?P<sign>[:.h])(?P<minute>\d{2}))?(?P<word>[^\W\d_]*)")
_DECORATION = re.compile(r"\s+|\.(?=\D|$)|(?<=[^\W\d])\.")
_24_HOURS = frozenset(["h", "hrs", "hours", "uhr"])
_LONGEST_TEXT = 60


@dataclass(frozen=True)
class _TypedTime:
    """One time as it was typed: the minutes that it can mean, the likelier first, and the clock that it is on.

    The clock is `12` with am or pm, and `word` for noon and midnight. It is `open` if 7:30 can be in the evening.
    """

    text: str
    minutes: tuple[int, ...]
    clock: Literal["12", "24", "word", "open"]
    is_full: bool = False
    """Whether it has four digits, as times on the 24-hour clock do."""

    def minutes_with(self, other: _TypedTime) -> tuple[int, ...]:
        """Return the minutes that it can mean at the other end of a span."""
        if other.clock == "24" or (self.is_full and other.clock != "12"):
            return self.minutes[:1]
        return self.minutes


def read_time(text: str, languages: Iterable[str] = ()) -> int:
    """Read one time of day.

    Args:
        text: the time, with the 24-hour clock or with am or pm.
        languages: the languages whose words for am, pm and noon count, besides English.

    Raises:
        UnclearError: if it is no time, or can be two times.
    """
    typed = _read(text, languages)
    if typed.minutes == (DAY,):
        raise _unclear_midnight(typed)
    if len(typed.minutes) > 1 and not typed.is_full:
        first, second = map(clock, sorted(typed.minutes))
        raise UnclearError(f"{quoted(typed.text)} can be two times of day.", f"Write {first} or {second}.")
    return typed.minutes[0]


def read_times(text: str, languages: Iterable[str] = ()) -> tuple[int, int | None]:
    """Read one time of day or a span such as `18:00 to 19:30`; return its start, and its end if it has one.

    The arguments are those of `read_time`.

    Raises:
        UnclearError: as `read_time` does, and for a span that ends before it begins.
    """
    languages = tuple(languages)
    patterns = span_patterns(languages)
    first, *rest = patterns.between.split(patterns.before.sub("", " ".join(text.split())), maxsplit=1)
    try:
        if not rest:
            return read_time(text, languages), None
        start, end = _read(first, languages), _read(patterns.after.sub("", rest[0]), languages)
    except UnclearError as error:
        raise UnclearError(error.message, _HOW_LONG if error.hint == _HINT else error.hint) from None
    if start.minutes == (DAY,):
        raise _unclear_midnight(start)
    ends = [minutes or DAY for minutes in end.minutes_with(start)]
    spans = [(begin, finish) for begin in start.minutes_with(end) for finish in ends if begin < finish]
    # "7 to 8.30pm" is in the evening. But "10:00 to 11pm" can also be a whole day.
    if len(spans) > 1 and end.clock == "12" and not start.is_full:
        spans = [(begin, finish) for begin, finish in spans if (begin < NOON) == (finish < NOON)]
    if not spans:
        hint = (
            "If it ends on the next day, write only the beginning here, and below it “until:” with the day and the "
            "time of the end, such as “until: 2027-03-05, 01:00”."
        )
        raise UnclearError(f"{quoted(text)} does not end after it begins.", hint)
    if len(spans) > 1:
        better = " or ".join(f"“{clock(begin)} to {clock(finish)}”" for begin, finish in sorted(spans))
        raise UnclearError(f"{quoted(text)} has more than one meaning.", f"Write {better}.")
    return spans[0]


def clock(minutes: int) -> str:
    """Return a time as HH:MM. The end of a day is 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _unclear_midnight(typed: _TypedTime) -> UnclearError:
    return UnclearError(f"{quoted(typed.text)} can be the beginning or the end of the day.", _WHICH_MIDNIGHT)


def _read(text: str, languages: Iterable[str]) -> _TypedTime:
    text, names = " ".join(text.split()), half_days(languages)
    plain = span_patterns(languages).before.sub("", unicodedata.normalize("NFKC", text[: _LONGEST_TEXT + 1]))
    plain = _DECORATION.sub("", plain).casefold()
    name = names.get(plain)
    if name in ("noon", "midnight"):
        return _TypedTime(text, (NOON if name == "noon" else DAY,), "word")
    match = _CLOCK.fullmatch(plain)
    half = names.get(match["word"], "") if match else ""
    if not match or len(text) > _LONGEST_TEXT or (match["word"] and not half and match["word"] not in _24_HOURS):
        raise UnclearError(f"{quoted(text)} is not a time of day.", _HINT)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    minutes = hour * 60 + minute
    if minutes > DAY or minute > 59:
        raise UnclearError(f"There is no time {text}.", _HINT)
    if half in ("am", "pm"):
        return _TypedTime(text, (_in_half(text, hour, minute, half),), "12")
    if match["word"] or match["sign"] == "h" or match["hour"].startswith("0") or hour > 12:
        return _TypedTime(text, (minutes,), "24")
    other = (minutes + NOON) % DAY
    return _TypedTime(text, (minutes, other), "open", is_full=len(match["hour"]) == 2 and bool(match["sign"]))


def _in_half(text: str, hour: int, minute: int, half: str) -> int:
    if not 1 <= hour <= 12:
        hint = f"Write {clock(hour * 60 + minute)} for the 24-hour clock, or a time such as 2.30pm."
        raise UnclearError(f"{quoted(text)} is on two kinds of clock at once.", hint)
    # "12.30pm" is after noon for everybody. About “12am” and “12pm” people disagree.
    if hour == 12 and not (half == "pm" and minute):
        hint = (
            f"Write {clock(NOON + minute)} for the middle of the day, or {clock(minute)} for the middle of the night."
        )
        raise UnclearError(f"{quoted(text)} can be in the middle of the day or of the night.", hint)
    return hour % 12 * 60 + minute + (NOON if half == "pm" else 0)

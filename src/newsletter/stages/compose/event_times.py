"""Say in words when an event is, in the language of its article."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from newsletter.issue.date_fields import Time
from newsletter.issue.event import Event
from newsletter.issue.fields import Language
from newsletter.stages.compose.dates import (
    join_words,
    long_date,
    month_date,
    time_of_day,
    weekday_date,
    weekday_date_before,
    weekday_date_inside,
    weekday_inside,
)
from newsletter.stages.compose.translations import Translator


def when(event: Event, t: Translator, language: Language) -> Markup:
    """Return the day and the time of an event as HTML.

    Args:
        event: the event.
        t: the fixed words for the language.
        language: the language of its article.
    """
    return t.comma.join([*_days(event, t, language), *_times(event, t, language)])


def _days(event: Event, t: Translator, language: Language) -> Iterator[Markup]:
    if event.week:
        yield t.fill("week_beginning", date=weekday_date_inside(event.week, language))
    elif event.every:
        yield _repetition(event, t, language)
        if event.day:
            yield t.fill("from", date=long_date(event.day, language))
        if event.until:
            yield t.fill("until", date=long_date(event.until.date, language))
    elif event.month:
        yield escape(month_date(event.month.first_day, language))
    elif event.day is None:
        yield t.date_to_be_confirmed
    elif event.until:
        start = escape(weekday_date_before(event.day, event.until.date, language))
        end = escape(weekday_date_inside(event.until.date, language))
        if event.until.time and event.time:
            clocks = [_clock(time, t, language) for time in (event.time.start, event.until.time) if time]
            start, end = (t.comma.join(pair) for pair in zip((start, end), clocks, strict=True))
        yield t.fill("dates", start=start, end=end)
    else:
        yield escape(weekday_date(event.day, language))


def _times(event: Event, t: Translator, language: Language) -> Iterator[Markup]:
    if event.time is None or (event.until and event.until.time):
        return
    if event.time.start is None:
        yield t.time_to_be_confirmed
    elif event.time.end is None:
        yield _clock(event.time.start, t, language)
    else:
        times = t.fill("times", start=_clock(event.time.start, t, language), end=_clock(event.time.end, t, language))
        is_daily = event.week or (event.until and not event.every)
        yield t.fill("each_day", times=times) if is_daily else times


def _repetition(event: Event, t: Translator, language: Language) -> Markup:
    repeats = event.repeats
    if repeats is None or not repeats.days:
        weekday = event.day.weekday() if event.day else 0
        return t.fill("every_fortnight", weekday=weekday_inside(weekday, language))
    names = [weekday_inside(weekday, language) for _, weekday in repeats.days]
    weeks = [week for week, _ in repeats.days]
    if not weeks[0]:
        return t.fill("every_week", weekday=join_words(names, language))
    days = [t.fill(f"every_month.{week}", weekday=name) for week, name in zip(weeks, names, strict=True)]
    return Markup(join_words(days, language))


def _clock(time: Time, t: Translator, language: Language) -> Markup:
    return t.midnight if time == "24:00" else escape(time_of_day(time, language))

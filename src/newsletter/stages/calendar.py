"""Write the calendar files of an issue (RFC 5545). Only this module imports icalendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from newsletter.issue.brand import Brand
from newsletter.issue.date_fields import Time
from newsletter.issue.event import Event
from newsletter.issue.model import Issue
from newsletter.project import Project
from newsletter.stages.calendar_urls import CalendarFile, calendar_files
from newsletter.stages.compose.translations import Translator, read_translations

_ONE_DAY = datetime.timedelta(days=1)
_FAR_AHEAD = datetime.timedelta(days=3_653)
"""How long a file knows summer time for an event that is repeated without an end."""
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "-1", "": ""}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def write_calendar(issue: Issue, brand: Brand, project: Project) -> dict[str, bytes]:
    """Return the content of each calendar file of an issue by its name.

    The same input gives the same bytes.

    Args:
        issue: whose events are in the files.
        brand: the organiser.
        project: where the fixed words are.

    Raises:
        Problems: as `calendar_files` does.
    """
    table = project.cached_result(read_translations)
    return {
        file.name: _content(file, issue, brand, Translator(table, file.language, brand.language))
        for file in calendar_files(issue, brand)
    }


def _content(file: CalendarFile, issue: Issue, brand: Brand, t: Translator) -> bytes:
    # Loading the library takes as long as building an email, and most issues have no event with a date.
    import icalendar  # noqa: PLC0415

    event, entry = file.event, icalendar.Event()
    entry.add("uid", f"{issue.slug}-{file.name.removesuffix('.ics')}@{brand.list_id}")
    entry.add("dtstamp", issue.sent_at(brand.zone).astimezone(datetime.UTC))
    for name, value in _times(event, file.first_day, brand.zone):
        entry.add(name, value)
    language = {"LANGUAGE": str(file.language)}
    entry.add("summary", str(event.title), parameters=language)
    if event.place:
        entry.add("location", event.place.words, parameters=language)
    if lines := list(_description(event, t)):
        entry.add("description", "\n".join(lines), parameters=language)
    if event.link:
        entry.add("url", str(event.link.url))
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{brand.organisation}//{brand.name}//{brand.language}")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    last_day = event.last_day or file.first_day + _FAR_AHEAD
    calendar.add_missing_timezones(first_date=file.first_day, last_date=last_day + _ONE_DAY)
    return bytes(calendar.to_ical())


def _times(
    event: Event, first: datetime.date, zone: datetime.tzinfo
) -> Iterator[tuple[str, datetime.date | dict[str, object]]]:
    """Yield the properties that say when an event is. A day without a time is a whole day."""
    last = event.until.date if event.until and not event.every else first
    start, end = (event.time.start, event.time.end) if event.time else (None, None)
    if start is None:
        yield "dtstart", first
        yield "dtend", last + _ONE_DAY
        until: datetime.date | None = event.until.date if event.until else None
    else:
        yield "dtstart", _moment(first, start, zone)
        if event.until and event.until.time:
            yield "dtend", _moment(last, event.until.time, zone)
        elif end:
            yield "dtend", _moment(first, end, zone)
        # RFC 5545, section 3.3.10: with a time zone, the end of a repetition is in UTC.
        until = _moment(event.until.date, start, zone).astimezone(datetime.UTC) if event.until else None
    rule = _rule(event, is_daily=end is not None and last > first)
    if rule:
        yield "rrule", {**rule, **({"UNTIL": until} if until else {})}


def _rule(event: Event, *, is_daily: bool) -> dict[str, object]:
    if is_daily:
        return {"FREQ": "DAILY"}
    if (every := event.repeats) is None:
        return {}
    if every == "fortnight":
        return {"FREQ": "WEEKLY", "INTERVAL": 2}
    days = [_ORDINALS[week] + _WEEKDAYS[day] for week, day in every.days]
    return {"FREQ": "MONTHLY" if every.days[0][0] else "WEEKLY", "BYDAY": days}


def _moment(day: datetime.date, time: Time, zone: datetime.tzinfo) -> datetime.datetime:
    if time == "24:00":
        return datetime.datetime.combine(day + _ONE_DAY, datetime.time(), zone)
    return datetime.datetime.combine(day, time.clock, zone)


def _description(event: Event, t: Translator) -> Iterator[str]:
    if event.time and event.time.start is None:
        yield t.time_to_be_confirmed.striptags()
    for label, value in ((t.access, event.access), (t.cost, event.cost)):
        if value:
            yield f"{label.striptags()}: {value.words}"
    if event.link:
        yield f"{event.link.text}: {event.link.url}"

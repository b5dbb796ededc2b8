"""The calendar files of an issue: one for each event with a certain day, with its name and its address."""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from newsletter.issue.brand import Brand
from newsletter.issue.event import Event
from newsletter.issue.field_syntax import with_fallbacks
from newsletter.issue.fields import Language
from newsletter.issue.load import SLUG
from newsletter.issue.model import Issue
from newsletter.problems import Location, Problem, Problems
from newsletter.source.nodes import FilledTextNode, KeyPath, at_path

FOLDER = "calendar"
"""The folder of calendar files in the folder of an issue, in the outbox and on the website."""

_ONE_DAY = datetime.timedelta(days=1)
_LONGEST_NAME = 40


@dataclass(frozen=True)
class CalendarFile:
    """The calendar file of an event: its name, its address, its first day and the language of its words."""

    event: Event
    name: str
    url: str
    first_day: datetime.date
    language: Language
    has_own_title: bool
    """Whether no other event with a calendar file has the same title."""


def calendar_files(issue: Issue, brand: Brand) -> list[CalendarFile]:
    """Return the calendar files of an issue, in the order of their events.

    Raises:
        Problems: if there are some, and the brand has no address for them.
    """
    events: list[tuple[Event, str, Language]] = []
    places: list[Location] = []
    for position, article in enumerate(issue.articles):
        for number, block in enumerate(article.content):
            if getattr(block.value, "calendar", None):
                places.append(issue.location("articles", position, "content", number, block.kind, "calendar"))
                path = ("articles", position, "content", number, block.kind, "items")
                events += [
                    (event, _title(issue, brand, event, (*path, item)), article.language)
                    for item, event in enumerate(block.value.items)
                    if first_day(event, issue.date)
                ]
    if places and brand.base_url is None:
        raise Problems(_no_address(place) for place in places)
    titles = Counter(title for _, title, _ in events)
    names: set[str] = set()
    files = []
    for event, title, language in events:
        name = _new_name(title, names)
        names.add(name)
        day = first_day(event, issue.date) or issue.date
        url = f"{folder_url(issue, brand)}{name}"
        files.append(CalendarFile(event, name, url, day, language, titles[title] == 1))
    return files


def folder_url(issue: Issue, brand: Brand) -> str:
    """Return the address to upload the calendar files of an issue to."""
    return f"{brand.base_url}".rstrip("/") + f"/{issue.slug}/{FOLDER}/"


def first_day(event: Event, sent: datetime.date) -> datetime.date | None:
    """Return the first day of an event, and of one that is repeated without a date the first after the issue is sent.

    Return None if no day is certain.
    """
    if event.day or event.every is None:
        return event.day
    every, end = event.every, event.until.date if event.until else datetime.date.max
    first = next(day for number in itertools.count() if every.includes(day := sent + _ONE_DAY * number))
    return first if first <= end else None


def _title(issue: Issue, brand: Brand, event: Event, path: KeyPath) -> str:
    """Return the title of an event with the fallbacks of its fields: all readers have links to the same file."""
    title = at_path(issue.file.root, (*path, "title"))
    return with_fallbacks(title.typed.text, brand.fallbacks) if isinstance(title, FilledTextNode) else event.title


def _new_name(title: str, others: Container[str]) -> str:
    """Return a file name for a title that no other event has; every system and every website can store it."""
    plain = "".join(filter(str.isascii, unicodedata.normalize("NFKD", title))).lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    name = name if SLUG.fullmatch(name) else f"event-{name}".strip("-")
    names = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
    return next(f"{each}.ics" for each in names if f"{each}.ics" not in others)


def _no_address(location: Location) -> Problem:
    message = "Nothing says where the calendar files of these events are hosted."
    hint = "Write “base_url: https://...” in templates/brand.yaml, or delete “calendar: true”."
    return Problem(location, "value", message, hint)

"""The days after which a part of an issue is of no use to readers: last days of events, closing dates of trials."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.check.issue_text import IssueText
from newsletter.issue.event import Event
from newsletter.source.nodes import KeyPath


class Deadline(NamedTuple):
    """The last day of something, and the path of the key that says it: `until`, `week` or `date`, or `closes`."""

    path: KeyPath
    day: datetime.date


def deadlines(issue: IssueText) -> Iterator[Deadline]:
    """Yield the deadlines of an issue: those of events first."""
    for path, event in issue.models:
        if isinstance(event, Event) and event.last_day:
            key = next(key for key in ("until", "week", "date") if getattr(event, key))
            yield Deadline((*path, key), event.last_day)
    for path, value in issue.values:
        if path[-1] == "closes" and isinstance(value, datetime.date):
            yield Deadline(path, value)

"""An issue invites people only to events and trials that are not over.

If an event or a trial is over when the email arrives, it wastes the strength of everybody who writes, calls or travels.
Usually the date was copied from an older issue. An exhibition is over after its last day, and something that is
repeated after the last time.

Bad:
    # in an issue of 3 December 2026
    - events:
        items:
          - title: "Seated yoga for beginners"
            date: 2026-01-12
            place: "Larkmoor Hall"

Good:
    - events:
        items:
          - title: "Seated yoga for beginners"
            date: 2027-01-12
            place: "Larkmoor Hall"

The rule is our own. Patient Information Forum, PIF TICK, criterion 4, asks that evidence is up to date.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.event import Event
from newsletter.rules.issue._dates import long_date

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that no event and no closing date of a trial is before the issue's date."""
    sent = issue.issue.date
    for path, event in issue.models:
        if isinstance(event, Event) and event.last_day and event.last_day < sent:
            key = next(key for key in ("until", "week", "date") if getattr(event, key))
            verb = "is on" if key == "date" else "ends on"
            message = f"This event {verb} {long_date(event.last_day)}, before the email goes out on {long_date(sent)}."
            yield Finding(issue.at(*path, key), message, "Correct the date, or remove the event.")
    for path, value in issue.values:
        if path[-1] == "closes" and isinstance(value, datetime.date) and value < sent:
            message = f"This closes on {long_date(value)}, before the email goes out on {long_date(sent)}."
            yield Finding(issue.at(*path), message, "Correct the date, or remove the invitation.")

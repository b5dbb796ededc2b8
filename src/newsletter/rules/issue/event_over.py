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

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.deadlines import deadlines
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.english import date_in_words

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that no event and no closing date of a trial is before the issue's date."""
    sent = issue.issue.date
    for path, day in deadlines(issue):
        if day < sent:
            verb = {"closes": "closes on", "date": "is on"}.get(str(path[-1]), "ends on")
            subject, part = ("This", "invitation") if path[-1] == "closes" else ("This event", "event")
            message = f"{subject} {verb} {date_in_words(day)}, before the email goes out on {date_in_words(sent)}."
            yield Finding(issue.at(*path), message, f"Correct the date, or remove the {part}.")

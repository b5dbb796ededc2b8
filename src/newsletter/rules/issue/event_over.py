"""An issue invites people only to events and trials that are not over.

If an event or a trial is over when the email arrives, it wastes the strength of everybody who writes, calls or travels.
Usually the date was copied from an older issue.

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
from newsletter.rules.issue._dates import long_date

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that no event and no closing date of a trial is before the issue's date."""
    sent = issue.issue.date
    for path, value in issue.values:
        if not isinstance(value, datetime.date) or value >= sent:
            continue
        if "events" in path and path[-1] == "date":
            message = f"This event is on {long_date(value)}, before the email goes out on {long_date(sent)}."
            yield Finding(issue.at(*path), message, "Correct the date, or remove the event.")
        elif path[-1] == "closes":
            message = f"This closes on {long_date(value)}, before the email goes out on {long_date(sent)}."
            yield Finding(issue.at(*path), message, "Correct the date, or remove the invitation.")

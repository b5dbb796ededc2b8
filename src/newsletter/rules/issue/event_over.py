"""What an issue invites to is still to come.

An event or a trial that is over when the email arrives wastes the strength of everybody who writes, rings or travels.
It is mostly a date copied from an older issue.

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

The rule is our own. Patient Information Forum, PIF TICK, criterion 4, asks the same of evidence: that it is up to date.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._dates import said

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the dates of events, and the closing dates of trials, with the issue's."""
    sent = issue.issue.date
    for path, value in issue.values:
        if not isinstance(value, datetime.date) or value >= sent:
            continue
        if "events" in path and path[-1] == "date":
            message = f"This event is on {said(value)}, before the email goes out on {said(sent)}."
            yield Finding(issue.at(*path), message, "Put the date right, or take the event out.")
        elif path[-1] == "closes":
            message = f"This closes on {said(value)}, before the email goes out on {said(sent)}."
            yield Finding(issue.at(*path), message, "Put the date right, or take the invitation out.")

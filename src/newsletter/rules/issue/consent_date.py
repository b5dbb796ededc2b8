"""The person agreed to their story before it is sent.

A date of consent that is still to come is a slip, or a consent that nobody has given yet. A story that has gone out
cannot be called back.

Bad:
    # in an issue of 3 December 2026
    - person:
        name: "Zoe"
        text: "I was 29 when my right hand went numb."
        consent: 2027-11-12

Good:
    - person:
        name: "Zoe"
        text: "I was 29 when my right hand went numb."
        consent: 2026-11-12

The rule is our own.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._dates import said

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare each date of consent with the issue's."""
    sent = issue.issue.date
    for path, value in issue.values:
        if path[-1] == "consent" and isinstance(value, datetime.date) and value > sent:
            message = f"The consent is of {said(value)}, after the email goes out on {said(sent)}."
            yield Finding(issue.at(*path), message, "Put the date right; without consent, take the story out.")

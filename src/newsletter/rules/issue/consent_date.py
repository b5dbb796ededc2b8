"""The person agreed to their story before it is sent.

A date of consent in the future is a mistake, or nobody has agreed yet. A story that has been sent cannot be taken back.

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
from newsletter.english import date_in_words

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that each date of consent is not after the issue's date."""
    sent = issue.issue.date
    for path, value in issue.values:
        if path[-1] == "consent" and isinstance(value, datetime.date) and value > sent:
            message = f"The consent is dated {date_in_words(value)}, but the email goes out on {date_in_words(sent)}."
            yield Finding(
                issue.at(*path), message, "Correct the date. If the person has not agreed yet, remove the story."
            )

"""The preheader fills the line beside the subject, and no more.

An inbox shows it after the subject. When it is short, the inbox fills the line with whatever the email begins with;
when it is long, its end is cut off, and with a screen reader it is heard before anything else.

Bad:
    preheader: "News from us"

Good:
    preheader: "174 people, results at five and ten years, and a UK trial to ask about"

Good Email Code, on preheaders: an inbox fills up a short one. Newsletter2Go counted 81 characters on an iPhone held
upright and 97 in Gmail; the limits are our own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._capitals import length

SEVERITY = "warning"
OPTIONS = {"shortest": 40, "longest": 90}

_DENSE = ("zh", "ja", "ko")  # one character is a syllable or a word


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Count the characters that a reader sees."""
    where, count = issue.at("preheader"), length(issue.issue.preheader)
    if count > options["longest"]:
        hint = f"Shorten it to {options['longest']}: one or two things that the subject does not say."
        yield Finding(where, f"The preheader has {count} characters, so inboxes cut off its end.", hint)
    elif count < options["shortest"] and issue.issue.language.split("-")[0] not in _DENSE:
        hint = f"Write {options['shortest']} to {options['longest']}: one or two more things that are in this issue."
        message = f"The preheader has only {count} characters, so inboxes fill its line with other words."
        yield Finding(where, message, hint)

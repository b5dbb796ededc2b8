"""The preheader fills the line after the subject, and is not longer.

An inbox shows it after the subject. If it is short, the inbox fills the line with the first words of the email. If it
is long, its end is cut off, and people with a screen reader have to listen to it before anything else.

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
from newsletter.rules.issue._capitals import visible_length

SEVERITY = "warning"
OPTIONS = {"shortest": 40, "longest": 90}
STRICTER_WHEN_HIGHER = ("shortest",)

_DENSE = ("zh", "ja", "ko")  # one character is a syllable or a word


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the number of characters that readers see."""
    where, count = issue.at("preheader"), visible_length(issue.issue.preheader)
    most = max(count, visible_length(issue.longest(("preheader",))))
    has = f"has {most} characters" if most == count else f"can have {most} characters, with long words for its fields"
    if most > options["longest"]:
        hint = f"Shorten it to {options['longest']}: say one or two things that the subject does not say."
        yield Finding(where, f"The preheader {has}. Inboxes will cut off its end.", hint)
    elif count < options["shortest"] and issue.issue.language.split("-")[0] not in _DENSE:
        hint = f"Write {options['shortest']} to {options['longest']}: add one or two things that are in this issue."
        message = f"The preheader has only {count} characters. Inboxes will fill the line with other words."
        yield Finding(where, message, hint)

"""The preheader says something that the subject does not.

Both stand side by side in the inbox, and a screen reader reads them one after the other. Who hears the same twice has
lost time, and has learnt nothing about what else is inside.

Bad:
    subject: "Stem cell hope for MS"
    preheader: "Stem cell hope for MS: read all about it in this month's Neuro News"

Good:
    subject: "Stem cell hope for MS"
    preheader: "174 people, results at five and ten years, and a UK trial to ask about"

The rule is our own, and a common advice of mailing services.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check import sentences
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
OPTIONS = {"shared": 0.8}

_HOW_TO = re.compile(
    r"\b(?:view|read|open|see)\s+(?:it|this|this email|this message|online|in)\b.*\b(?:browser|online|web)\b|"
    r"\btrouble (?:viewing|reading|seeing)\b",
    re.IGNORECASE,
)
_FEWEST = 3  # words in a row that are a repetition, and not a name that both need


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare their words."""
    subject, preheader = (
        [word.casefold() for word in sentences.words(text)] for text in (issue.issue.subject, issue.issue.preheader)
    )
    if _HOW_TO.search(issue.issue.preheader):
        hint = "Write what is in this issue: the email itself has a link to the web page."
        yield Finding(
            issue.at("preheader"), "The preheader tells how to open a web page, and nothing of the issue.", hint
        )
        return
    if not subject or not preheader:
        return
    if (
        subject == preheader
        or _holds(preheader, subject)
        or _holds(subject, preheader)
        or _same(subject, preheader, options["shared"])
    ):
        hint = "Write what else is in this issue, or what readers can do; leave out what the subject has said."
        yield Finding(issue.at("preheader"), "The preheader repeats the subject.", hint)


def _holds(whole: list[str], part: list[str]) -> bool:
    return len(part) >= _FEWEST and any(
        whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1)
    )


def _same(subject: list[str], preheader: list[str], shared: float) -> bool:
    """Whether nearly every longer word of the preheader stands in the subject as well."""
    longer = {word for word in preheader if len(word) > 3}
    return len(longer) >= _FEWEST and len(longer & set(subject)) >= shared * len(longer)

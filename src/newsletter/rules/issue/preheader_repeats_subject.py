"""The preheader says something that the subject does not.

They are side by side in the inbox, and a screen reader reads one after the other. People who hear the same words twice
lose time, and do not learn what else is in the issue.

Bad:
    subject: "Stem cell hope for MS"
    preheader: "Stem cell hope for MS: read all about it in this month's Neuro News"

Good:
    subject: "Stem cell hope for MS"
    preheader: "174 people, results at five and ten years, and a UK trial to ask about"

The rule is our own. Mailing services often give the same advice.
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
    r"\A(?>.*?\b(?:view|read|open|see)\s+(?:it|this|online|in)\b).*\b(?:browser|online|web)\b|"
    r"\btrouble (?:viewing|reading|seeing)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST = 3  # words in a row that count as a repetition; fewer may be a name that both need


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the words of the subject and the preheader."""
    subject, preheader = (
        [word.casefold() for word in sentences.words(text)] for text in (issue.issue.subject, issue.issue.preheader)
    )
    if _HOW_TO.search(issue.issue.preheader):
        message = "The preheader explains how to open a web page, and says nothing about the issue."
        hint = "Say what is in this issue. The email already has a link to the web page."
        yield Finding(issue.at("preheader"), message, hint)
        return
    if not subject or not preheader:
        return
    if (
        subject == preheader
        or _holds(preheader, subject)
        or _holds(subject, preheader)
        or _same(subject, preheader, options["shared"])
    ):
        hint = "Say what else is in this issue, or what readers can do. Leave out what the subject says."
        yield Finding(issue.at("preheader"), "The preheader repeats the subject.", hint)


def _holds(whole: list[str], part: list[str]) -> bool:
    return len(part) >= _FEWEST and any(
        whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1)
    )


def _same(subject: list[str], preheader: list[str], shared: float) -> bool:
    """Check whether nearly every longer word of the preheader is also in the subject."""
    longer = {word for word in preheader if len(word) > 3}
    return len(longer) >= _FEWEST and len(longer & set(subject)) >= shared * len(longer)

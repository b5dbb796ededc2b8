"""News about health raises no false hope.

People who read "cure", "breakthrough" or "miracle" would give anything for it. A study almost never shows so much,
and the next issue has to take the words back.

Bad:
    - text: |
        Scientists hail a breakthrough that could cure MS.

Good:
    - text: |
        The study found fewer relapses in people who had the new drug. It does not cure MS.

Science Media Centre, 10 best practice guidelines for reporting science and health stories: nothing is called a cure
that is not one, and nobody over-claims. The other words are our own. The rule looks at English only.
Sentences that deny a cure ("there is no cure") or hope for one ("until we find a cure") are fine.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import english, text_before

SEVERITY = "warning"
SECTOR = "health"
OPTIONS: dict[str, list[str]] = {"allowed": []}

_HYPE = re.compile(
    r"\b(?:cures?|cured|curing|breakthroughs?|miracles?|miraculous(?:ly)?|wonder[- ](?:drugs?|cures?|pills?)|"
    r"game[- ]chang(?:ers?|ing)|ground-?breaking|revolutionary|revolutionis(?:e[sd]?|ing)|(?:magic|silver) bullets?|"
    r"holy grail)\b",
    re.IGNORECASE,
)
_IN_HYPE = ("cur", "break", "mirac", "wonder", "game", "revolution", "bullet", "grail")
"""One of these is in each of the words above, and fast to search for."""
# "Breakthrough pain" is a medical term, and ham is cured.
_OTHER_SENSE = re.compile(
    r"\s+(?:pain|seizures?|bleeding|infections?|cases?|symptoms|ham|meats?|fish|bacon)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"(?:\b(?:no|not|never|without|nor|neither|hardly|cannot|isn['’]t|rather than|instead of|beyond|yet)|n['’]t)\b"
    r"(?:\W+\w+){0,5}\W*$",
    re.IGNORECASE,
)
_HOPED_FOR = re.compile(
    r"\b(?:find|finding|search(?:ing)?|look(?:ing)?|hunt|quest|wait(?:ing)?|hope|hoping|towards?|until|closer to|"
    r"(?:claims?|promis\w+|offers?) (?:of|to))\b(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report words that promise too much."""
    allowed = {word.lower() for word in options["allowed"]}
    for paragraph in english(issue):
        low = paragraph.words.lower()
        if not any(word in low for word in _IN_HYPE):
            continue
        for match in _HYPE.finditer(paragraph.words):
            if match[0].lower() in allowed or _OTHER_SENSE.match(paragraph.words, match.end()):
                continue
            before = re.split(r"[.!?;:\n]\s", text_before(paragraph.words, match.start()))[-1]
            after = re.split(r"[.!\n]", paragraph.words[match.end() :][:500])[0]
            if _DENIED.search(before) or "?" in after:
                continue
            if match[0].lower().startswith("cure") and _HOPED_FOR.search(before):
                continue
            message = f"“{match[0]}” promises more than a study can show."
            hint = "Give the result in numbers: how many people, and how much better than without it."
            yield Finding(paragraph.at(match.start()), message, hint)

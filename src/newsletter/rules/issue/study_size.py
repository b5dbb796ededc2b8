"""News of a study says how many people took part.

A result from eight people is a hint; a result from eight thousand is nearly knowledge. Without the number, readers do
not know which it is.

Bad:
    - text: |
        A new study found that yoga eases fatigue.

Good:
    - text: |
        A new study of 42 people found that yoga eases fatigue.

Science Media Centre, 10 best practice guidelines for reporting science and health stories ("specify the size and nature
of the study"). The rule looks at English only, and ignores studies of animals or cells.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import quote_start
from newsletter.rules.issue._studies import result_sentences

SEVERITY = "warning"
SECTOR = "health"

_RATE = re.compile(r"\b(?<![.,])\d[\d.,]*+\s+(?:in|out of|of)\s+(?:every\s+)?\d[\d,]*(?:\s+\w+)?", re.IGNORECASE)
_NUMBER = (
    r"(?:\d[\d,.]{0,20}|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundreds?|thousands?|"
    r"millions?|dozens?)(?:[- ]\w+)?)"
)
_PARTICIPANTS = (
    r"(?:people|persons|patients|adults|children|men|women|volunteers|participants|readers|carers|callers|members|"
    r"students|families|runners|nurses|doctors|babies|teenagers|studies|trials|of (?:us|them|you))"
)
_SIZE = re.compile(
    rf"\b{_NUMBER}\s+(?:(?!(?:years?|weeks?|months?|days?|hours?|in)\b)[\w-]+\s+){{0,4}}?{_PARTICIPANTS}\b|"
    rf"\b(?:people|patients|volunteers|participants)\s*[:=(]\s*\d|\bn\s*=\s*\d",
    re.IGNORECASE,
)
_NO_PEOPLE = re.compile(
    r"\b(?:mice|mouse|rats?|zebrafish|worms|monkeys|in a dish|in the lab|test tubes?)\b", re.IGNORECASE
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report articles with results of a study but without a number of people."""
    for article in issue.articles:
        sentence = next(iter(result_sentences(issue, article)), None)
        if sentence is None:
            continue
        words = issue.words_of(article)
        if _SIZE.search(_RATE.sub(" ", words)) or _NO_PEOPLE.search(words):
            continue
        message = f"{quote_start(sentence.text)} is about a study, but does not say how many people took part."
        yield Finding(sentence, message, "Add the number, such as “A study of 42 people found ...”.")

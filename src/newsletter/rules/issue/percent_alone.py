"""A percentage says of whom.

"73%" alone leaves two questions open: of whom, and of how many? "73 in 100 people" can be pictured, by people with low
numeracy too.

Bad:
    - figures:
        items:
          - value: "73%"
            label: "had no sign of disease activity"

Good:
    - figures:
        items:
          - value: "73 in 100 people"
            label: "had no sign of disease activity"

NHS digital service manual, Numbers, measurements, dates and time: "1 in 7 people" rather than "14.3% of people"; W3C,
Making Content Usable for People with Cognitive and Learning Disabilities: "Provide Alternatives for Numerical
Concepts". It looks at figures and charts in English, and at sentences such as "54% were better".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.written import WrittenIssue
from newsletter.rules import Finding
from newsletter.rules.issue._prose import our_english, without_speech

SEVERITY = "warning"

_PERCENT = re.compile(r"(?:[a-z]+\s+){0,3}(?P<number>\d+(?:\.\d+)?)\s?(?:%|per ?cent)", re.IGNORECASE)
# "54% were better": a percentage that does something, with nobody named.
_DID = re.compile(
    r"(?:^|(?<=[.!?:]\s)|\b(?:and|but|while|that)\s+)"
    r"(?:(?:more|less|fewer) than |over |under |about |around |nearly |almost |some |only |just |at least |up to )?"
    r"(?P<share>(?P<number>\d+(?:\.\d+)?)\s?(?:%|per ?cent))\s+"
    r"(?:were|had|felt|said|reported|experienced|improved|died|recovered|responded|saw|got|found|told)\b",
    re.IGNORECASE | re.MULTILINE,
)
_UNIT = re.compile(r"\s*(?:%|per ?cent|percentage)\s*", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:of|in)\b|\b(?:of|among|in) (?:the |all |our |those )?(?:\d|\w+ers\b)|\b(?:people|patients|adults|children|"
    r"men|women|readers|members|carers|callers|volunteers|participants|households|homes|families|students|nurses|doctors|"
    r"calls|gifts|donations|money|income|every £|each £|pounds|spending)\b|£",
    re.IGNORECASE,
)
# These percentages count nothing: they compare.
_COMPARED = re.compile(
    r"\b(?:rise|rose|fall|fell|drop|dropped|increase|decrease|growth|grew|cut|discount|interest|humidity|alcohol|battery|"
    r"tax|VAT)\b|^(?:off|more|less|fewer|higher|lower|faster|slower|better)\b",
    re.IGNORECASE,
)


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the percentages of figures, at the units of charts, and at percentages that did something."""
    yield from _sentences(issue)
    for path, model in issue.models:
        if not {"figures", "chart"}.intersection(path) or not issue.language(path).startswith("en"):
            continue
        value, label = getattr(model, "value", None), getattr(model, "label", None)
        if "figures" in path and isinstance(value, str) and isinstance(label, str):
            match = _PERCENT.fullmatch(value.strip())
            if match and not _NAMED.search(label) and not _COMPARED.search(label):
                message = f"“{value}” does not say of whom, or of what."
                yield Finding(issue.at(*path, "value"), message, f"Write {_better(match['number'])}.")
        unit = getattr(model, "unit", None)
        if path[-1:] == ("chart",) and unit and _UNIT.fullmatch(unit):
            title = getattr(model, "title", "")
            if not _NAMED.search(title) and not _COMPARED.search(title):
                message = f"The unit “{unit}” does not say of whom, or of what."
                yield Finding(issue.at(*path, "unit"), message, "Write what is counted, such as “in 100 people”.")


def _sentences(issue: WrittenIssue) -> Iterator[Finding]:
    for paragraph in our_english(issue):
        if "%" not in paragraph.words and "cent" not in paragraph.words.lower():
            continue
        words = without_speech(paragraph.words)
        for match in _DID.finditer(words):
            if _NAMED.search(re.split(r"[.!?]\s|\n", words[: match.start()])[-1]):
                continue  # "Of 200 people, 54% were better, and 30% were not."
            message = f"“{match['share']}” does not say of whom."
            yield Finding(paragraph.at(match.start()), message, f"Write {_better(match['number'])}.")


def _better(number: str) -> str:
    if "." in number or int(number) > 100:
        return "what it is a part of, such as “in 1,000 people”"
    return f"“{number} in 100 people”, or whatever it counts"

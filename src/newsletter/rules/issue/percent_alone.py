"""A percentage says of whom or of what.

"73%" alone leaves two questions: of whom, and of how many? "73 in 100 people" is easier to imagine, above all for
people who find numbers hard.

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
Concepts". The rule looks at figures and charts in English, and at sentences such as "54% were better".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose, text_before, without_speech

SEVERITY = "warning"

_PERCENT = re.compile(
    r"(?:(?<![a-z])(?:[a-z]++\s++){1,3})?(?<!\d)(?P<number>\d++(?:\.\d++)?)\s?(?:%|per ?cent)", re.IGNORECASE
)
_ROUGHLY = (
    r"(?:(?:more|less|fewer) than |over |under |about |around |nearly |almost |roughly |some |only |just |even |"
    r"at least |as many as |up to )?"
)
_SHARE = r"(?P<share>(?P<number>\d+(?:\.\d+)?)\s?(?:%|per ?cent))"
# "54% were better": a percentage is the subject, and nobody is named.
_SHARE_AS_SUBJECT = re.compile(
    rf"(?:^|(?<=[.!?:]\s)|\b(?:and|but|while|that)\s+){_ROUGHLY}{_SHARE}\s+(?:also |still |never |always |now |then )?"
    r"(?:are|were|have|had|do|did|can|cannot|could|feel|felt|say|said|see|saw|get|got|find|found|tell|told|sleep|slept|"
    r"take|took|give|gave|go|went|come|came|know|knew|think|thought|want|need|use|live|fell|lost|kept|left|made|ate|drank|"
    r"woke|became|began|spent|"
    r"experienced|improved|died|recovered|responded|reported|stopped|started|wanted|needed|lived|walked|worked|used|"
    r"asked|called|agreed|replied|answered|moved|stayed|joined|noticed|tried|showed|finished|returned|completed|liked|"
    r"enjoyed|relapsed|worsened|dropped|learned|worried)\b",
    re.IGNORECASE | re.MULTILINE,
)
# "It worked for 60%."
_SHARE_AFTER_FOR = re.compile(rf"\bfor\s+{_ROUGHLY}{_SHARE}(?=[.,;!]|$)", re.IGNORECASE | re.MULTILINE)
_UNIT = re.compile(r"\s*(?:%|per ?cent|percentage)\s*", re.IGNORECASE)
_PEOPLE = (
    r"people|patients|adults|children|men|women|readers|members|carers|callers|volunteers|participants|households|homes|"
    r"families|students|nurses|doctors"
)
_THINGS = r"calls|gifts|donations|money|income|pounds|spending"
_WHOLE = r"^(?:of|in)\b|\b(?:of|among|in) (?:the |all |our |those )?(?:\d|\w+ers\b)|£"
_NAMES_THE_WHOLE = re.compile(rf"{_WHOLE}|\b(?:{_PEOPLE}|{_THINGS})\b", re.IGNORECASE)
# The title of a chart can be its topic only: "Calls" does not say that a bar is a part of all calls.
_TITLE_NAMES = re.compile(
    rf"{_WHOLE}|\b(?:{_PEOPLE})\b|\b(?:of|our|your|the|all|each|every) (?:{_THINGS})\b|\b(?:{_THINGS}) by\b",
    re.IGNORECASE,
)
# Percentages that compare, and do not count anything.
_COMPARISON = re.compile(
    r"\b(?:rise|rose|fall|fell|drop|dropped|increase|decrease|growth|grew|cut|discount|interest|humidity|alcohol|battery|"
    r"tax|VAT)\b|^(?:off|more|less|fewer|higher|lower|faster|slower|better)\b",
    re.IGNORECASE,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check percentages in figures, in the units of charts and in sentences."""
    yield from _sentences(issue)
    for path, model in issue.models:
        if not {"figures", "chart"}.intersection(path) or not issue.language(path).startswith("en"):
            continue
        value, label = getattr(model, "value", None), getattr(model, "label", None)
        if "figures" in path and isinstance(value, str) and isinstance(label, str):
            match = _PERCENT.fullmatch(value.strip())
            if match and not _NAMES_THE_WHOLE.search(label) and not _COMPARISON.search(label):
                message = f"“{value}” does not say of whom or of what."
                yield Finding(issue.at(*path, "value"), message, f"Write {_better(match['number'])}.")
        unit = getattr(model, "unit", None)
        if path[-1:] == ("chart",) and unit and _UNIT.fullmatch(unit):
            title = getattr(model, "title", "")
            if not _TITLE_NAMES.search(title) and not _COMPARISON.search(title):
                message = f"The unit “{unit}” does not say of whom or of what."
                yield Finding(issue.at(*path, "unit"), message, "Say what is counted, such as “in 100 people”.")


def _sentences(issue: IssueText) -> Iterator[Finding]:
    for paragraph in own_english_prose(issue):
        if "%" not in paragraph.words and "cent" not in paragraph.words.lower():
            continue
        words = without_speech(paragraph.words)
        for match in (*_SHARE_AS_SUBJECT.finditer(words), *_SHARE_AFTER_FOR.finditer(words)):
            if _NAMES_THE_WHOLE.search(re.split(r"[.!?]\s|\n", text_before(words, match.start()))[-1]):
                continue  # "Of 200 people, 54% were better, and 30% were not."
            message = f"“{match['share']}” does not say of whom."
            yield Finding(paragraph.at(match.start()), message, f"Write {_better(match['number'])}.")


def _better(number: str) -> str:
    if "." in number or int(number) > 100:
        return "what it is a part of, such as “in 1,000 people”"
    return f"“{number} in 100 people”, or whatever is counted"

"""A word that the email adds by itself is not typed as well.

Before the place of an event there is "Where:", before a credit "Picture:", before a notice its kind, and after the name
of a document its type and size. Who listens hears both: "Picture: Photo: Saltby Museum", or "PDF, PDF". The rule looks
at English only.

Bad:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."
        credit: "Photo: Saltby Museum"

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."
        credit: "Saltby Museum"

The rule is our own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.source.nodes import KeyPath

SEVERITY = "warning"

_LABELS: Mapping[KeyPath, str] = {
    ("credit",): r"(?:(?:photo(?:graph)?|picture|image)(?: credit)?|credit) ?(?::| by\b:?)",
    ("place",): r"(?:where|place|venue) ?:",
    ("access",): r"access(?:ibility)? ?:",
    ("cost",): r"(?:costs?|prices?) ?:",
    ("hours",): r"(?:open(?:ing (?:hours|times))? ?:|open(?![\w-])|hours ?:)",
    ("notice", "title"): r"(?:important|information|safety) ?:",
    ("sponsor", "name"): r"(?:sponsored by\b|advert(?:isement)?\b|sponsor ?:) ?:?",
}
"""The words for what the email says before a value, by the last keys of its path."""
_BEGINS = {keys: re.compile(f"{label} *(?=\\S)", re.IGNORECASE) for keys, label in _LABELS.items()}
_TYPE = re.compile(r"\((?:pdf|word|docx?|excel|xlsx?|powerpoint|pptx?|epub|mp3)\b[^()]*\)\s*\Z", re.IGNORECASE)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the beginning of each value that the email shows after a word of its own, and the end of documents."""
    for paragraph in issue.paragraphs():
        path, words = paragraph.path, paragraph.words
        if not paragraph.language.startswith("en"):
            continue
        begins = _BEGINS.get(path[-1:]) or _BEGINS.get(path[-2:])
        if begins and (label := begins.match(words)):
            rest = words[label.end() :]
            yield Finding(paragraph, _message(label[0]), f"Write only {quoted(rest)}.")
        elif "documents" in path and path[-1] == "text" and (label := _TYPE.search(words)):
            hint = f"Write only {quoted(words[: label.start()].strip())}."
            yield Finding(paragraph.at(label.start()), _message(label[0]), hint)


def _message(label: str) -> str:
    return f"The email already says this, so readers get it twice: {quoted(label.strip())}."

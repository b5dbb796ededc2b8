"""A heading is a real heading, not a paragraph of bold words.

People who listen go from heading to heading to find a part, as others run their eyes down the page. Bold words look
like a heading, but screen readers do not stop there, and do not say “heading”.

Bad:
    - text: |
        **Before your test**

        Drink some water.

Good:
    - text: |
        ### Before your test

        Drink some water.

WCAG 2.2, 1.3.1 Info and Relationships (A), failure F2.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check import sentences
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import MASK, Paragraph
from newsletter.check.rule import Finding
from newsletter.words import count_words

SEVERITY = "error"
OPTIONS = {"longest": 12}
STRICTER_WHEN_HIGHER = ("longest",)

_QUESTIONS = "?؟？"  # a heading can be a question
_HINT = (
    "Write ### and a space before these words, without **, and leave an empty line after them. "
    "If they are not a heading, remove the **, or write them in a sentence."
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report bold paragraphs, and bold first lines that sentences follow."""
    links = {(link.path, _plain(link.words)) for link in issue.links}
    for paragraph in issue.paragraphs("paragraph"):
        if not paragraph.bold:
            continue
        line = paragraph.words if paragraph.is_all_bold else paragraph.lines[0]
        words = _plain(line)
        if not _is_bold(paragraph, line) or not _begins_something(paragraph, line):
            continue
        if MASK in words or not re.search(r"[^\W\d_]", words) or (paragraph.path, words) in links:
            continue  # a bold address, number or link
        if _is_statement(words) or count_words(words) > options["longest"]:
            hint = (
                "Keep ** only around the few words that matter most. If it is a heading, write ### before it instead."
            )
            yield Finding(paragraph, f"This whole paragraph is bold: {quoted(words)}.", hint, "warning")
        else:
            yield Finding(paragraph, f"{quoted(words)} is bold, but not a heading for screen readers.", _HINT)


def _is_bold(paragraph: Paragraph, line: str) -> bool:
    rest = list(line)
    for start, end in paragraph.bold:
        rest[start:end] = " " * (min(end, len(line)) - start) if start < len(line) else []
    return bool(sentences.words(line)) and not sentences.words("".join(rest))


def _begins_something(paragraph: Paragraph, line: str) -> bool:
    """Check whether the whole paragraph is bold, or whole sentences follow a bold line, unlike in a postal address.

    If readers see no new line there, the sentence may go on after the bold words.
    """
    rest = paragraph.words[len(line) :]
    if paragraph.is_all_bold:
        return True
    is_new_line = rest.startswith("\n") or (
        any(end == len(line) for _, end in paragraph.bold) and not re.match(r"\W*[a-z]|\s[^\w\"'“‘(]", rest)
    )
    return is_new_line and _is_statement(rest.strip()) and count_words(rest) > 5


def _is_statement(words: str) -> bool:
    stop = sentences.last_stop(words)
    return bool(stop) and stop not in _QUESTIONS


def _plain(words: str) -> str:
    return " ".join(words.split())

"""A heading is a heading, and not bold words alone in a paragraph.

People who listen go from heading to heading to find their part, as others run their eyes down the page. Bold words
look like a heading, but no screen reader stops there, and none says “heading”.

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

from newsletter.check import sentences
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import MASK, Paragraph
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"longest": 12}

_STOP = re.compile(r"[.!…۔。！]['\"”’»)]*$")  # of a sentence; a heading can be a question
_HINT = (
    "Write ### and a space before these words, without **, and an empty line after them. "
    "If they are no heading, take the ** away, or write them in a sentence."
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for bold paragraphs, and for bold first lines."""
    links = {(link.path, _plain(link.words)) for link in issue.links}
    for paragraph in issue.paragraphs("paragraph"):
        if not paragraph.bold:
            continue
        line = paragraph.words if paragraph.is_all_bold else paragraph.lines[0]
        words = _plain(line)
        if not _is_bold(paragraph, line) or not _begins_something(paragraph, line):
            continue
        if MASK in words or not re.search(r"[^\W\d_]", words) or (paragraph.path, words) in links:
            continue  # an address, a number or a link that stands out
        quote = words if len(words) <= 40 else f"{words[:40].rstrip()}…"
        if _STOP.search(words) or len(sentences.words(words)) > options["longest"]:
            hint = "Make only the few words bold that matter most. If it is a heading, write ### before it, and no **."
            yield Finding(paragraph, f"All of this paragraph is bold: “{quote}”", hint, "warning")
        else:
            yield Finding(paragraph, f"“{quote}” is bold, but not a heading to a screen reader.", _HINT)


def _is_bold(paragraph: Paragraph, line: str) -> bool:
    rest = list(line)
    for start, end in paragraph.bold:
        rest[start:end] = " " * (min(end, len(line)) - start) if start < len(line) else []
    return bool(sentences.words(line)) and not sentences.words("".join(rest))


def _begins_something(paragraph: Paragraph, line: str) -> bool:
    """Whether all is bold, or whole sentences come after a bold line; the lines of a postal address are none.

    Where readers see no new line, a sentence may go on from the one line to the other.
    """
    rest = paragraph.words[len(line) :]
    if paragraph.is_all_bold:
        return True
    is_seen = rest.startswith("\n") or (
        any(end == len(line) for _, end in paragraph.bold) and not re.match(r"\W*[a-z]|\s[^\w\"'“‘(]", rest)
    )
    return is_seen and bool(_STOP.search(rest.strip())) and len(sentences.words(rest)) > 5


def _plain(words: str) -> str:
    return " ".join(words.split())

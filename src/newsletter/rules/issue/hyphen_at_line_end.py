"""A word is not divided at the end of a line.

In Markdown and in YAML, a new line in a file becomes a space: “hand-” at the end of a line and “book” below it are
shown as “hand- book”. A screen reader says two words. Text copied from a PDF often has such lines.

Bad:
    - text: |
        Read our hand-
        book first.

Good:
    - text: |
        Read our handbook
        first.

CommonMark 0.31, 6.8 Soft line breaks; YAML 1.2.2, 6.5 Line Folding. The rule is our own.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.markdown import typed_words
from newsletter.issue.text_fields import Markdown, Text
from newsletter.rules.issue._folded import lines_in_file
from newsletter.source.nodes import KeyPath

SEVERITY = "warning"

_DIVIDED = re.compile(r"(?<![\w'’./:@=-])([\w'’]++(?:-[\w'’]++)*+)[-\u2010]\n([\w'’]++(?:-[\w'’]++)*+)")
# “pre- and post-trial” is right, in the languages whose words these are.
_JOINING_WORDS = re.compile(
    "and|or|nor|to|as|but|than|versus|vs|rather|und|oder|bis|sowie|bzw|noch|et|ou|y|o|e|a|ac|neu|en|of|och|og|i|lub"
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each word that a line divides."""
    for path, value in issue.values:
        if not isinstance(value, Markdown | Text):
            continue
        source = issue.source(path)
        starts = [0, *(newline.end() for newline in re.finditer("\n", source))]
        for line, text in _texts(issue, path, value):
            for match in _DIVIDED.finditer(text):
                first, second = match.groups()
                if not _JOINING_WORDS.fullmatch(second):
                    start = starts[line + text.count("\n", 0, match.start())]
                    offset = max(source.find(match[0][: len(first) + 1], start), start)
                    message = f"Readers would see {quoted(f'{first}- {second}')}: a line ends in this word."
                    yield Finding(issue.at_source(path, offset), message, _instead(first, second))


def _texts(issue: IssueText, path: KeyPath, value: Markdown | Text) -> Iterator[tuple[int, str]]:
    """Yield texts with the lines that they have in the file, and the line of the value (from 0) where each begins."""
    node = issue.node(path)
    if node.style == "|":
        yield from typed_words(value.tokens) if isinstance(value, Markdown) else [(0, node.text)]
        return
    # YAML has joined the lines.
    for first, second in pairwise(line.strip(" \"'") for line in lines_in_file(node)):
        yield 0, f"{first}\n{second}"


def _instead(first: str, second: str) -> str:
    whole = [f"{first}-{second}"]
    if second[0].islower() and first[-1].isalpha():
        whole.insert(0, f"{first}{second}")
    return f"Write {' or '.join(map(quoted, whole))} in one line."

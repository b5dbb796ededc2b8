"""Between two links there are words, or at least a sign.

Two links with nothing between them look like one. Who listens hears one long name, and who has a tremor taps the wrong
one.

Bad:
    - text: |
        [Join the walk](https://www.example.org/walk) [Join the choir](https://www.example.org/choir)

Good:
    - text: |
        - [Join the walk](https://www.example.org/walk)
        - [Join the choir](https://www.example.org/choir)

WCAG 1.0, checkpoint 10.5 (printable characters between adjacent links); WCAG 2.2, 2.5.8 Target Size (AA), asks for
space around small targets.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report two links in a row with at most a space between them."""
    for paragraph in issue.paragraphs():
        for (_, end), (start, last) in pairwise(sorted(paragraph.links)):
            between = paragraph.text[end:start]
            if "\n" not in between and not between.strip():
                yield Finding(
                    paragraph.at(start),
                    f"There is nothing between the link “{paragraph.text[start:last]}” and the one before it.",
                    "Write a word or a comma between them, or begin a list with one link in each line.",
                )

"""Only a few buttons follow each other.

A button says: this is what to do next. Five of them say nothing, and each takes as much room on a phone as a paragraph.
People with brain fog cannot choose, and people who use a switch pass each one.

Bad:
    - button: {text: "Join the walk", url: "https://www.example.org/walk"}
    - button: {text: "Join the choir", url: "https://www.example.org/choir"}
    - button: {text: "Join the quiz", url: "https://www.example.org/quiz"}
    - button: {text: "Join the yoga", url: "https://www.example.org/yoga"}

Good:
    - text: |
        - [Join the walk](https://www.example.org/walk)
        - [Join the choir](https://www.example.org/choir)
        - [Join the quiz](https://www.example.org/quiz)
        - [Join the yoga](https://www.example.org/yoga)

GOV.UK Design System, Button: avoid several buttons that do the same. The limit of 3 is our own.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
OPTIONS = {"most": 3}
POLICIES = {"strict": {"severity": "error"}}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Count the buttons that follow each other in each article; its link is a button after them."""
    for article in issue.articles:
        kinds = [block.kind for block in article.article.content] + ["button"] * bool(article.article.link)
        start = 0
        for kind, group in groupby(kinds):
            number = len(list(group))
            if kind == "button" and number > options["most"]:
                message = f"There are {number} buttons in a row. The limit is {options['most']}."
                hint = "Keep the button that matters most, and write the others as a list of links."
                yield Finding(issue.at(*article.path, "content", start), message, hint)
            start += number

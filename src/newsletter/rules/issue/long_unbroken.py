"""A long article has headings, and a long list has parts.

People who listen go from heading to heading. People with brain fog, or with large text, lose their place in a column
without any. A list of twenty things is read by nobody.

Bad:
    - text: |
        An article of 500 words, without a heading.

Good:
    - text: |
        ### How it works

        The first 200 words.

        ### Who can join

        The other 300 words.

WCAG 2.2, 2.4.10 Section Headings (AAA); NHS digital service manual, Formatting and punctuation: split long text with
headings, and long lists into parts. The limits of 300 words and 10 items are our own. Titles of blocks count as
headings.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from newsletter.check.issue_text import ArticleRef, IssueText
from newsletter.check.prose import Paragraph
from newsletter.check.rule import Finding
from newsletter.words import count_words

SEVERITY = "warning"
OPTIONS = {"most_words": 300, "most_items": 10}
POLICIES = {"strict": {"severity": "error"}}

_KINDS_OF_PROSE = frozenset(["paragraph", "item", "quote"])


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Count the words between headings, and the items of lists."""
    for article in issue.articles:
        yield from _words(issue, article, options["most_words"])
    for _, group in groupby(issue.paragraphs(), key=lambda item: (item.path, item.kind)):
        items = list(group)
        if items[0].kind == "item" and len(items) > options["most_items"]:
            message = f"This list has {len(items)} items. The limit is {options['most_items']}."
            yield Finding(items[0], message, "Make several lists, each with a heading or a sentence above it.")


def _words(issue: IssueText, article: ArticleRef, most: int) -> Iterator[Finding]:
    """Report each part of an article's running text that is too long without a heading or another block."""
    part: list[Paragraph] = []
    for paragraph in [*issue.paragraphs_of(article), None]:
        if paragraph is not None and paragraph.kind in _KINDS_OF_PROSE and paragraph.path[-1] == "text":
            part.append(paragraph)
        elif part and (paragraph is None or paragraph.kind != "caption"):
            number = sum(count_words(item.words) for item in part)
            if number > most:
                message = f"Here are {number} words without a heading. The limit is {most}."
                yield Finding(part[0], message, "Put a heading (### and a space) where the topic changes.")
            part = []

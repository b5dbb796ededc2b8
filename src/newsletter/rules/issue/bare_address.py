"""A web address in a text is a link with words.

A screen reader spells out an address, character by character, and does not say what is there. Mail apps turn one
address into a link and not the next, so some readers tap and nothing happens.

Bad:
    - text: |
        Visit https://trial.example.org/join?from=news now.

Good:
    - text: |
        You can [ask to join the trial](https://trial.example.org/join?from=news) now.

WCAG 2.2, 2.4.9 Link Purpose (Link Only) (AAA). Email addresses and names such as example.org are fine: people read
them out to somebody. So are addresses in sources, credits and other people's words.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import offsets_in
from newsletter.check.rule import Finding
from newsletter.check.wording import is_said_by_somebody
from newsletter.rules.issue._references import references
from newsletter.rules.issue._typed_links import typed_links

SEVERITY = "error"

_ADDRESS = re.compile(
    r"(?:https?://|\bwww\.)[^\s<>]*[\w/]|(?<![\w@.])(?<![\w-]-)(?:\w[\w-]*+\.)+(?:org|com|net|uk)/\w(?:[^\s<>]*[\w/])?",
    re.IGNORECASE,
)
_LISTED = frozenset(["alt", "credit", "publisher", "source", "year"])


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Search every text for addresses outside links and code."""
    markdown = {text.path for text in issue.texts if text.is_markdown}
    for paragraph in issue.paragraphs():
        if "/" not in paragraph.text and "www." not in paragraph.text.lower():
            continue
        if paragraph.kind in _LISTED or "source" in paragraph.path or is_said_by_somebody(paragraph):
            continue
        hint = "Make it a link with words: in a “text” block, or under “link:”."
        if paragraph.path in markdown:
            hint = (
                "Write what is there in square brackets, then the address in round brackets: [Our guide](https://...)."
            )
        # A link that is not quite one has a rule of its own, link-marks.
        typed = ((link.start, link.end) for link in typed_links(paragraph))
        inside = offsets_in((*paragraph.links, *paragraph.code, *typed), len(paragraph.text))
        for address in _ADDRESS.finditer(paragraph.text):
            # The rule raw-marks reports the words whose link this should be.
            if paragraph.text[: address.start()].rstrip(" <").endswith("]:") and any(
                (each.address or "").startswith(address[0]) for each in references(issue.source(paragraph.path))
            ):
                continue
            if not inside[address.start()]:
                yield Finding(
                    paragraph.at(address.start()), f"{quoted(address[0])} is an address, but not a link.", hint
                )

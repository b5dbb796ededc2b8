"""A link says where it goes.

Many people who listen to a page go from link to link, and hear only the words of each: "here, here, read more". People
with tremor or brain fog want to know where a link goes before they tap it. A screen reader spells out an address letter
by letter.

Bad:
    - text: |
        To join the trial, [click here](https://trial.example.org/).

Good:
    - text: |
        You can [ask to join the trial](https://trial.example.org/).

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A) and 2.4.9 Link Purpose (Link Only) (AAA).
The words of a link may be its own email address, because people copy it or read it out to somebody.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._link_words import unclear_links

SEVERITY = "error"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that the words of each link say where it goes."""
    return unclear_links(issue.links)

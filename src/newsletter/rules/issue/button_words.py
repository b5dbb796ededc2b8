"""A button has few words.

With large print or on a phone, a button of a sentence fills the screen, and its words are in the middle of a coloured
box without an end in sight. Screen readers say all of them each time somebody passes. People with aphasia or brain fog
lose the beginning before the end.

Bad:
    - button:
        text: "Read all about how to book a place at our spring meeting in Larkmoor for you and for your carer"
        url: https://www.example.org/spring

Good:
    - button:
        text: "Book a place at the spring meeting"
        url: https://www.example.org/spring

The rule is our own: at 24 px, 60 characters are five lines on a phone of 320 px.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
OPTIONS = {"longest": 60}

_BUTTONS = (("button", "text"), ("link", "text"))


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the text of a button, or of a link with a line to itself, that is longer than `longest` characters."""
    for paragraph in issue.paragraphs():
        if tuple(paragraph.path[-2:]) in _BUTTONS and len(paragraph.text) > options["longest"]:
            message = f"This button has {len(paragraph.text)} characters."
            yield Finding(
                paragraph, message, f"Write at most {options['longest']}, such as “Book a place at the meeting”."
            )

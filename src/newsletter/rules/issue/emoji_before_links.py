"""An emoji comes after the bold words, italics and links of its paragraph, not before them.

Chromium counts most emoji as two characters, and Orca counts one. So in a browser, everything after the emoji is looked
for in the wrong place, and Orca leaves out bold words, italics and links.

Bad:
    - text: |
        Winter is here. 🧣 It is about keeping **warm and well**.

Good:
    - text: |
        Winter is here. It is about keeping **warm and well**. 🧣

The rule is our own. It looks at signs that need two units of UTF-16, which all newer emoji do.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"

_EMOJI = re.compile("[\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d.[\ufe0f\U0001f3fb-\U0001f3ff]*)*")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the first emoji of each paragraph that has bold words, italics or a link after it."""
    for paragraph in issue.paragraphs():
        emoji = None if paragraph.words.isascii() else _EMOJI.search(paragraph.words)
        if emoji and any(start >= emoji.end() for start, _ in (*paragraph.bold, *paragraph.italic, *paragraph.links)):
            message = f"After {quoted(emoji[0])}, some screen readers leave out bold words, italics and links."
            yield Finding(paragraph.at(emoji.start()), message, "Put it at the end of the paragraph, or leave it out.")

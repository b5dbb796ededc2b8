"""In the plain text, each address has its own line, below a line that says what it is.

People who listen hear the words first, and can skip the address, which is read out character by character. On its own
line, an address is easy to find, select and copy, and no full stop becomes part of it.

Bad:
    See the results (https://www.example.org/results?year=2026) or call us.

Good:
    The results of the study:
    https://www.example.org/results?year=2026

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A), for the words; that it has its own line is our own rule.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding
from newsletter.rules.message._page_words import page_words

SEVERITY = "error"

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|sms:)[^\s<>]+", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]")


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each line with an address, and the line before it."""
    words = page_words(message)
    before = ""
    for line in (line.strip() for line in message.text.splitlines()):
        match = _ADDRESS.search(line) if ":" in line else None
        # The rule `link-text` reports addresses among the words of the issue.
        if match and match[0].rstrip(".,;:!?)") not in words:
            if match[0] != line:
                hint = "Write the address on its own line, after a line such as “The results of the study:”."
                text = f"In the plain text, an address is among other words: {quoted(line)}."
                yield from (Finding(where, text, hint) for where in message.link_locations(match[0]))
            elif not _WORDS.search(_ADDRESS.sub("", before)):
                hint = "Say in the words of the link where it goes: they become the line above its address."
                text = f"The plain text does not say what this address is: {quoted(line)}."
                yield from (Finding(where, text, hint) for where in message.link_locations(match[0]))
        before = line

"""In the plain text, each address stands alone on its line, beneath a line that says what it is.

Whoever listens hears the words first, and can skip the address, which is read sign by sign. On a line of its own it is
easy to find, to select and to copy, and no full stop becomes a part of it.

Bad:
    See the results (https://www.example.org/results?year=2026) or call us.

Good:
    The results of the study:
    https://www.example.org/results?year=2026

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A), for the words; the line of its own is our own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.message import MessageSubject
from newsletter.check.rule import Finding
from newsletter.rules.message._said import said

SEVERITY = "error"

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>]+", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]")


def check(message: MessageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each line with an address, and at the line before it."""
    says = said(message)
    before = ""
    for line in (line.strip() for line in message.text.splitlines()):
        match = _ADDRESS.search(line) if ":" in line else None
        # An address among the words of the issue is not the plain text's fault: the rule link-text tells it.
        if match and match[0].rstrip(".,;:!?)") not in says:
            if match[0] != line:
                hint = "Put the address on the next line, alone, after a line such as “The results of the study:”."
                told = f"In the plain text, an address stands among other words: “{_cut(line)}”."
                yield from (Finding(where, told, hint) for where in message.linked(match[0]))
            elif not _WORDS.search(_ADDRESS.sub("", before)):
                hint = "Give the link words that say where it leads: they become the line above its address."
                told = f"The plain text does not say what this address is: “{_cut(line)}”."
                yield from (Finding(where, told, hint) for where in message.linked(match[0]))
        before = line


def _cut(line: str) -> str:
    return f"{line[:70]}…" if len(line) > 70 else line

"""The description of a picture has no spaces before or after its words.

Our emails leave these spaces out. Another program that reads the description from this file may not, and then
“A nurse ” and “A nurse” are two descriptions.

Bad:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk. "

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."

WCAG 2.2, 1.1.1 Non-text Content (A), asks for a description.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.problems import Fix

SEVERITY = "warning"

# In YAML, a text after | ends with a new line.
_OUTER_SPACES = re.compile(r"\A +(?=\S)|(?<=\S) +(?=\n*\Z)")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report spaces at the start and the end of each description."""
    for image in issue.images:
        path = (*image.path, "alt")
        for spaces in _OUTER_SPACES.finditer(issue.source(path)):
            start, end = spaces.span()
            does, side = ("ends", "after") if start else ("begins", "before")
            message = f"The description {does} with {'a space' if end - start == 1 else 'spaces'}."
            where = issue.at_source(path, max(start - 1, 0))
            yield Finding(where, message, f"Delete the space {side} the words.", fix=Fix(path, start, end, ""))

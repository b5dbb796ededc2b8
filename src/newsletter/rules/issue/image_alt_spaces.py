"""The description of a picture begins and ends with its words.

Our emails leave the spaces around it out. Another program that takes the description from this file may not, and to it
“A nurse ” and “A nurse” are two descriptions.

Bad:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk. "

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."

WCAG 2.2, 1.1.1 Non-text Content (A), asks for the description itself.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, Fix

SEVERITY = "warning"

# YAML itself ends a text after | with a new line.
_AROUND = re.compile(r"\A +(?=\S)|(?<=\S) +(?=\n*\Z)")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the two ends of each description."""
    for image in issue.images:
        path = (*image.path, "alt")
        for spaces in _AROUND.finditer(issue.source(path)):
            start, end = spaces.span()
            message = (
                f"The description {'ends' if start else 'begins'} with {'a space' if end - start == 1 else 'spaces'}."
            )
            where = issue.at_source(path, max(start - 1, 0))
            yield Finding(
                where,
                message,
                "Delete what stands between the words and the quotation mark.",
                fix=Fix(path, start, end, ""),
            )

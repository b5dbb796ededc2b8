"""A space in an email's subject is written %20, and not +.

On a web page, + in an address can stand for a space. In a mailto link, it stays a +: the reader's email begins with the
subject “Large+print+please”.

Bad:
    - text: |
        [Ask for large print](mailto:help@example.org?subject=Large+print+please).

Good:
    - text: |
        [Ask for large print](mailto:help@example.org?subject=Large%20print%20please).

RFC 6068, section 5 (https://www.rfc-editor.org/rfc/rfc6068#section-5). A + that is meant is written %2B.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.rules.issue._addresses import addresses

SEVERITY = "warning"


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for + after the question mark of mailto and sms links."""
    for address in addresses(issue):
        people, mark, words = address.link.url.partition("?")
        if "+" not in words or not re.match("mailto:|sms:", people, re.IGNORECASE):
            continue
        better = people + mark + words.replace("+", "%20")
        # Beside a space that is written %20, a + may be meant, and so it may at the end of a word, such as “A+”.
        is_clear = "%20" not in words and not re.search(r"\+(?!\w)|(?<!\w)\+", words)
        message = "Readers would see each + in the words of this email as a +."
        yield Finding(
            address.where,
            message,
            f"Write %20 for a space: “{better}”. Write %2B for a +.",
            fix=address.fix(better) if is_clear else None,
        )

"""Numbers that readers compare are parts of the same whole.

"1 in 8 women and 1 in 20 men": many people think that 1 in 20 is more, because 20 is more. "12 in 100 and 5 in 100" is
clear to everybody.

Bad:
    - text: |
        It helps 1 in 8 people on the new drug and 1 in 20 on the old one.

Good:
    - text: |
        It helps 12 in 100 people on the new drug and 5 in 100 on the old one.

NHS digital service manual, Health literacy and numbers; Winton Centre for Risk and Evidence Communication; Zikmund-
Fisher 2014, The 1-in-X effect (doi 10.1177/0272989X13511706). The rule looks at English only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose

SEVERITY = "warning"
SECTOR = "health"

_ONE_IN = re.compile(
    r"(?<![\w.,/-])(?:1|[Oo]ne|2|[Tt]wo|3|[Tt]hree) (?:in|out of)(?: every)? (?P<whole>\d[\d,]{0,9}"
    r"|two|three|four|five|six|seven|eight|nine|ten|twenty)"
    r"(?![\w/:-]|\.\d)(?! (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|minutes|hours|days|weeks|months|years))"
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the second whole in a value, such as a text, or a cell and the cells beside it."""
    first: dict[object, re.Match[str]] = {}
    for paragraph in own_english_prose(issue):
        block = paragraph.path[:4] if paragraph.path[-1] != "text" else paragraph.path
        for match in _ONE_IN.finditer(paragraph.words):
            one = first.setdefault(block, match)
            if one["whole"].lower() != match["whole"].lower():
                message = f"“{one[0]}” and “{match[0]}” are hard to compare."
                yield Finding(
                    paragraph.at(match.start()), message, "Give both as parts of the same number, such as 100."
                )

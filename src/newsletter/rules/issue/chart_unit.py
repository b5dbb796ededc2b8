"""A chart says what its numbers count.

Who sees the bars may guess. Who listens hears "got better: 54", and does not know whether these are 54 people or 54
in 100.

Bad:
    - chart:
        title: "How disability changed for 149 people"
        items:
          - {label: "Got better", value: 54}

Good:
    - chart:
        title: "How disability changed for 149 people"
        unit: "in 100 people"
        items:
          - {label: "Got better", value: 54}

NHS digital service manual, Numbers, measurements, dates and time. A title that says what is counted, such as "How many
people called", is enough. The rule looks at English only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"

_UNIT_WORD = re.compile(
    r"\bhow (?:many|much|often|long|far)\b|\b(?:number|amount|share|percentage|proportion|rate|total)s? of\b|%"
    r"|\bper ?cent\b"
    r"|\b(?:in|of|out of|each|every|per) (?:every |each )?[£€$]?1,?0+0\b|\b(?:each|every) [£€$]1\b|\([^()]{1,40}\)\s*$"
    r"|\bin (?:£|€|\$|hours|minutes|days|weeks|months|years|pounds|miles|metres|steps|thousands|millions)"
    r"|\b(?:hours|minutes|days|pounds|steps|miles|calls|visits|votes|people) (?:a|per|each|by|in each)\b",
    re.IGNORECASE,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report charts without a unit whose title and note do not say what is counted."""
    for path, model in issue.models:
        if path[-1:] != ("chart",) or not issue.language(path).startswith("en") or getattr(model, "unit", None):
            continue
        title, note = str(getattr(model, "title", "")), str(getattr(model, "note", None) or "")
        if not _UNIT_WORD.search(title) and not _UNIT_WORD.search(note):
            message = "This chart does not say what its numbers count."
            yield Finding(issue.at(*path), message, "Add “unit:”, such as “in 100 people”, “calls” or “hours a week”.")

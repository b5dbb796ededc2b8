"""English words are used instead of Latin abbreviations.

Some screen readers say "egg" for "eg", and many readers mix up "e.g." and "i.e.". People who learned English late may
know neither. The English words are just as quick to read.

Bad:
    - text: |
        Drink something warm, e.g. tea.

Good:
    - text: |
        Drink something warm, for example tea.

GOV.UK style and NHS content style ("eg, etc and ie"). The rule looks at English only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose

SEVERITY = "warning"

_LATIN = re.compile(r"(?<![\w.'’@/-])(?P<short>e\. ?g\b|eg|E\.g|i\. ?e\b|ie|I\.e|etc)\b\.?(?![\w'’/-]|\.\w)")
_ENGLISH = {"eg": "for example” or “such as", "ie": "that is", "etc": "and so on"}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report e.g., i.e. and etc."""
    for paragraph in own_english_prose(issue):
        for match in _LATIN.finditer(paragraph.words):
            words = _ENGLISH[re.sub(r"\W", "", match["short"]).lower()]
            message = f"“{match[0]}” is Latin. Not everyone knows it, and some screen readers read it wrongly."
            yield Finding(paragraph.at(match.start()), message, f"Write “{words}”.")

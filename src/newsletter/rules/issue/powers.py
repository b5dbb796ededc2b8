"""A power of ten is written in words.

No sign for it is heard rightly by everybody. We listened to "10^9/L" in each form with eSpeak NG, the voice of Orca and
of many NVDA users: the raised character 9 is left out ("ten slash L"), "10^9" is "ten nine slash L", and a raised
ordinary 9 is "one hundred and nine slash L". NVDA itself says "superscript 9" for the raised character and, by
default, nothing for "^". So the email has the raised character, and words are better for everybody.

Bad:
    - text: |
        Her count was 5.1 x 10^9/L.

Good:
    - text: |
        Her count was 5.1 billion in each litre.

NHS digital service manual, Numbers, measurements, dates and time: "Do not use superscript. It does not always read out
correctly on screen readers and could confuse people." The rule looks at English only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import RAISED_TO_PLAIN
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.check.wording import own_english_prose

SEVERITY = "warning"

_POWER = re.compile(
    r"(?<![\w.,^])(?:(?P<number>\d[\d.,]{0,12})\s?[x×*]\s?)?10(?:\^|(?=[⁻⁰¹²³⁴-⁹]))"
    r"(?P<power>[-−⁻]?(?:\d{1,2}|[⁰¹²³⁴-⁹]{1,2}))(?P<unit>\s?/\s?[lL]\b)?"
    r"|(?<![\w.,])(?P<begin>\d(?:\.\d{1,3})?)e(?P<exponent>\+?\d{1,2})\b"
)
_NAMES = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report powers of ten in words of our own."""
    for paragraph in own_english_prose(issue):
        for match in _POWER.finditer(paragraph.words):
            message = f"“{match[0]}” is not heard rightly: some voices leave the power out, others say it as a number."
            yield Finding(paragraph.at(match.start()), message, _hint(match))


def _hint(match: re.Match[str]) -> str:
    power = (match["power"] or match["exponent"]).translate(RAISED_TO_PLAIN)
    name = _NAMES.get(int(power)) if power.isdecimal() else None
    if name is None:
        return "Write the number in full or in words."
    number = match["number"] or match["begin"] or ("a" if match["unit"] else "1")
    return f"Write “{number} {name}{' in each litre' if match['unit'] else ''}”."

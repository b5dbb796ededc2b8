"""The description of a picture begins with what it shows.

A screen reader says “image” by itself before it reads the description, so “image of” is heard twice, in each picture
anew. This is about English; what a drawing, chart or map is called may matter, and may be said.

Bad:
    - image:
        src: images/clinic.png
        alt: "A picture of a nurse and a man with a walking stick, who talk."

Good:
    - image:
        src: images/clinic.png
        alt: "A nurse and a man with a walking stick sit and talk."

W3C, Web Accessibility Tutorials, Images, Tips and Tricks; WCAG 2.2, 1.1.1 Non-text Content (A).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.written import WrittenIssue
from newsletter.rules import Finding

SEVERITY = "warning"

_BEGINS = re.compile(
    r"\W*(?:(?:this|here) is )?(?:an? |the |this |our |stock |colou?r |black[- ]and[- ]white |close[- ]up )*"
    r"(?:image|picture|pic|photo|photograph|graphic|snapshot)"
    r"(?: of\b| with\b| that shows\b| which shows\b| showing\b| shows\b| depicting\b|:)",
    re.I,
)


def check(issue: WrittenIssue, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the first words of each English description."""
    for image in issue.images:
        if not image.language.startswith("en"):
            continue
        if begins := _BEGINS.match(image.alt):
            rest = image.alt[begins.end() :].strip()
            hint = f"Begin with what is to be seen: “{rest[:1].upper()}{rest[1:40].rstrip()}{'…' * (len(rest) > 40)}”."
            message = f"The description begins “{begins[0].strip()}”, but screen readers say “image” by themselves."
            yield Finding(image, message, hint if rest else "Write what is to be seen.")

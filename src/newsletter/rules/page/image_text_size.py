"""While pictures are switched off, their alt is as large as other text.

Many mail clients show no pictures until the reader asks for them. In their place stands the alt, in the font of the
`<img>`; MJML makes it 13 px, and the table around it 0 px.

Bad:
    <mj-image font-size="11px" alt="{{ block.alt }}" />

Good:
    <mj-image font-size="18px" alt="{{ block.alt }}" />

WCAG 2.2, 1.1.1 Non-text Content (A), for the alt; the size is that of the rule `text-size`. The rule `contrast` looks
at the colour of the alt.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"smallest": 16}
EDITIONS = {"large-print": {"smallest": 24}}


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the font of each picture with an alt."""
    for node in page.find("img"):
        if node.get("alt").strip() and not node.is_hidden and node.style.font_size < options["smallest"]:
            message = f"The alt of a picture shows at {node.style.font_size:g} px."
            yield Finding(node, message, f'Write font-size="{max(18, options["smallest"])}px" on the mj-image.')

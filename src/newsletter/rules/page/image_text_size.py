"""If pictures are off, their alt is as large as other text.

Many mail apps show no pictures until the reader asks for them. They show the alt instead, in the font of the `<img>`.
MJML makes it 13 px, and the table around it 0 px.

Bad:
    <mj-image font-size="11px" alt="{{ block.alt }}" />

Good:
    <mj-image font-size="18px" alt="{{ block.alt }}" />

WCAG 2.2, 1.1.1 Non-text Content (A), for the alt; the size is that of the rule `text-size`. The rule `contrast`
checks the colour of the alt.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"smallest": 16}
STRICTER_WHEN_HIGHER = ("smallest",)


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the font size of each picture with an alt."""
    for node in page.find("img"):
        if node.get("alt").strip() and not node.is_hidden and node.style.font_size < options["smallest"]:
            message = f"The alt of a picture is only {node.style.font_size:g} px large."
            yield Finding(node, message, f'Write font-size="{max(18, options["smallest"])}px" on the mj-image.')

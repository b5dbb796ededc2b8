"""The web version is as wide as the screen.

Without this line, a phone shows the page as it would be on a desktop, and so small that nobody can read it. People have
to enlarge it, and then to scroll sideways for each line.

Bad:
    <head><title>...</title></head>

Good:
    <meta name="viewport" content="width=device-width, initial-scale=1">

WCAG 2.2, 1.4.10 Reflow (AA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.rule import Finding
from newsletter.check.web_page import ParsedWebPage

SEVERITY = "error"

_HINT = 'Write <meta name="viewport" content="width=device-width, initial-scale=1"> into the <head> of web.html.'


def check(page: ParsedWebPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for the width of the viewport."""
    viewports = [node for node in page.find("meta") if node.get("name").strip().lower() == "viewport"]
    if not viewports:
        yield Finding(
            next(page.find("head"), page.root), "Phones show the web version as if it were on a desktop.", _HINT
        )
    for node in viewports:
        if not re.search(r"\bwidth\s*=\s*device-width\b", node.get("content"), re.IGNORECASE):
            yield Finding(node, "The web version is not as wide as the screen.", _HINT)

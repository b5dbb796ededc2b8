"""Links open in the same window.

In a new window, the Back button does nothing. People with memory or attention problems do not notice that the window
has changed. Nor do people with a screen magnifier, who see only a small part of the screen.

Bad:
    <a href="{{ block.url }}" target="_blank">

Good:
    <mj-image href="{{ block.url }}" target="_self" />

WCAG 2.2, 3.2.5 Change on Request (AAA); technique G200.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the target of each link."""
    for node in page.find("a", "area", "base", "form"):
        target = node.get("target").strip().lower()
        if target not in ("", "_self", "_top", "_parent"):
            hint = 'Write target="_self": otherwise MJML makes mj-button and mj-image open a new window.'
            yield Finding(node, f'A link opens in a new window (target="{target}").', hint)

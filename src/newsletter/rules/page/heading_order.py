"""Headings skip no level, and each has words.

People who listen go from heading to heading. If an h4 follows an h2, they wonder what they missed. A screen reader
announces an empty heading, and then says nothing.

Bad:
    <h2>{{ article.title }}</h2> <h4>{{ block.title }}</h4>

Good:
    <h2>{{ article.title }}</h2> <h3>{{ block.title }}</h3>

WCAG 2.2, 1.3.1 Info and Relationships (A); technique G141.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.dom.tree import whole_number
from newsletter.rules.issue._headings import skipping_headings

SEVERITY = "error"
IN_WEB_VERSION = True

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare each heading that screen readers announce with the one before it."""
    before = 0
    for node in page.nodes:
        if not (level := _level(node)) or node.is_silent:
            continue
        if not node.all_text and not any(part.get("alt").strip() for part in node.walk() if part.tag == "img"):
            hint = "Write it only if it has words: {% if block.title %} ... {% endif %}."
            yield Finding(node, f"This h{level} has no words.", hint)
        elif level > before + 1 and not _is_reported(node, level, page):
            position = f"follows an h{before}" if before else "comes before the h1"
            hint = f"Write <h{before + 1}> here. styles.css can make it look as you like."
            yield Finding(node, f"An h{level} {position}.", hint)
        before = level


def _is_reported(node: PageElement, level: int, page: ParsedPage) -> bool:
    """Check whether the rule `heading-levels` reports the heading in the issue, because an editor skipped the level."""
    reported = [heading.paragraph for heading in skipping_headings(page.issue)]
    return any(item in reported for item in page.issue.headings(node.all_text, level, node.path))


def _level(node: PageElement) -> int:
    role = node.get("role").strip().lower() if "role" in node.attributes else ""
    if role == "heading":
        return whole_number(node.element, "aria-level", 2)
    return 0 if role else _LEVELS.get(node.tag, 0)

"""Tables that are only for layout say so, in Outlook too.

A screen reader announces each table, "table with 1 column and 3 rows", and then each cell. With `role="presentation"`,
it reads only the words. MJML writes tables for Outlook in conditional comments, and you may write some as well.

Bad:
    <!--[if mso]><table><tr><td><![endif]-->

Good:
    <!--[if mso]><table role="presentation"><tr><td><![endif]-->

WCAG 2.2, 1.3.1 Info and Relationships (A); failure F92 for the reverse.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True

_DATA_ROLES = ("table", "grid", "treegrid")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the role of each table without header cells and without a caption."""
    everywhere = {_key(node) for node in page.find("table")}
    yield from _faults(page.find("table"), page.find("th", "caption"), "")
    only_outlook = (node for node in page.outlook.find("table") if _key(node) not in everywhere)
    yield from _faults(only_outlook, page.outlook.find("th", "caption"), " in Outlook")


def _faults(tables: Iterable[PageElement], parts: Iterable[PageElement], when: str) -> Iterator[Finding]:
    data = {part.inside("table") for part in parts}
    for node in tables:
        if node in data or node.is_silent:
            continue
        if node.get("role").strip().lower() not in ("presentation", "none", *_DATA_ROLES):
            message = f"Screen readers announce a table without header cells{when}."
            yield Finding(
                node, message, 'Write role="presentation" in it. If it has data, give it a caption and <th> cells.'
            )


def _key(node: PageElement) -> tuple[object, ...]:
    return (node.location, *sorted(node.attributes.items()))

"""A table holds rows, and a row holds cells.

A browser moves anything else out of the table, before it: words of the end of an article are then above its heading.
Such words come from an `mj-raw` in a column, because MJML writes columns as tables.

Bad:
    <mj-column><mj-raw><p>{{ article.note }}</p></mj-raw></mj-column>

Good:
    <mj-column><mj-text><p>{{ article.note }}</p></mj-text></mj-column>

HTML Standard, 13.2.6.1 Creating and inserting nodes (foster parenting); WCAG 2.2, 1.3.2 Meaningful Sequence (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True

_PARTS = {
    "table": ("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("tr",)),
    "tr": ("td", "th"),
}
# What a browser leaves where it is.
_ALLOWED_ANYWHERE = ("script", "style", "template")
_HINT = "Write it into an mj-text. An mj-raw in an mj-column may hold only <tr> with its cells, or comments."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report elements and words in a table that are in no cell, in Outlook, too."""
    reported = set()
    for node in (*page.find(*_PARTS), *page.outlook.find(*_PARTS)):
        for child in node.children:
            if child.tag not in (*_PARTS[node.tag], *_ALLOWED_ANYWHERE) and child.location not in reported:
                reported.add(child.location)
                yield Finding(child, f"<{child.tag}> is in a table, but in none of its cells.", _HINT)
        if node.text and node.location not in reported:
            reported.add(node.location)
            yield Finding(node, f"The words “{node.text}” are in a table, but in none of its cells.", _HINT)

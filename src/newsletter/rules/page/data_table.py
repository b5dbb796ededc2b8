"""A table of data has a caption, and its header cells say which cells they belong to.

Then a screen reader can say "Dose, 25 mg" at a cell, and not only "25 mg". The caption says what is in the table before
people go into it.

Bad:
    <table><tr><td><b>Dose</b></td></tr><tr><td>25 mg</td></tr></table>

Good:
    <table><caption>Doses</caption><tr><th scope="col">Dose</th></tr><tr><td>25 mg</td></tr></table>

WCAG 2.2, 1.3.1 Info and Relationships (A); techniques H39, H51, H63.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True

_SCOPES = ("col", "row", "colgroup", "rowgroup")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each table that has a header cell or a caption."""
    parts: dict[PageElement, list[PageElement]] = defaultdict(list)
    for node in page.find("th", "caption"):
        if table := node.inside("table"):
            parts[table].append(node)
    for table, own in parts.items():
        if not table.is_silent:
            yield from _faults(table, own)


def _faults(table: PageElement, own: list[PageElement]) -> Iterator[Finding]:
    headers = [node for node in own if node.tag == "th"]
    if table.get("role").strip().lower() in ("presentation", "none"):
        hint = "Remove the role. If the table is only for layout, write <td> instead of <th>, and remove the caption."
        yield Finding(table, "The role of a table of data says that it is only for layout.", hint)
    if not any(node.tag == "caption" and node.all_text and not node.is_hidden for node in own):
        hint = "Write <caption>{{ block.caption }}</caption> at the start of the table."
        yield Finding(table, "A table of data has no caption.", hint)
    if not headers:
        hint = 'Write <th scope="col"> for the cells of the first row, <th scope="row"> for the first cell of each row.'
        yield Finding(table, "A table of data has no header cells.", hint)
    for head in {
        row for part in table.walk() if part.tag == "thead" and part.inside("table") is table for row in part.children
    }:
        if not any(node.parent is head for node in headers):
            yield Finding(
                head, "The head of a table has no header cell.", 'Write <th scope="col"> for each <td> in it.'
            )
    names = {node.get("id") for node in headers} - {""}
    for node in table.walk():
        if node.tag in ("td", "th") and set(node.get("headers").split()) - names:
            hint = "Remove “headers”: with scope in each header cell, it is not needed."
            yield Finding(node, "A cell names a header that its table does not have.", hint)
    for node in headers:
        if node.get("scope").strip().lower() not in _SCOPES:
            hint = 'Write scope="col" for a header of a column, scope="row" for a header of a row.'
            yield Finding(node, "A header cell does not say which cells it belongs to.", hint)

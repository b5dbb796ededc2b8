"""Links that a mail app adds by itself keep the colour of the words around them.

iPhones and iPads make links of dates, addresses and numbers, and give them a blue of their own. On a dark background
nobody can read it: on our masthead, its contrast is 1.05:1.

Bad:
    <mj-style>@media (max-width: 479px) { ... }</mj-style>

Good:
    <mj-style>.page a[x-apple-data-detectors] { color: inherit !important; } ...</mj-style>

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.css.parser import declarations

SEVERITY = "warning"

_APPLE_ATTRIBUTE = "x-apple-data-detectors"


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check whether a rule in the head gives the links of Apple's Mail the colour of the words around them."""
    rules = [declarations(rule.declarations) for rule in page.sheet if _APPLE_ATTRIBUTE in rule.selectors]
    if not any(rule.get("color") == ("inherit", True) for rule in rules):
        message = "Dates and addresses that an iPhone makes links get a blue that may be unreadable."
        hint = f"Add .page a[{_APPLE_ATTRIBUTE}] {{ color: inherit !important; }} to dark.css."
        yield Finding(page.at_rule(_APPLE_ATTRIBUTE if rules else "@media"), message, hint)

"""The first link of the web version leads to its main part, and everybody sees it when the keyboard reaches it.

With the Tab key, people would have to go through the same header on each page. A link to the main part saves them that.
It may be hidden until it has the focus. If it stays hidden then, people who look at the page do not know where they
are.

Bad:
    .skip { position: absolute; left: -9999px; }

Good:
    .skip:not(:focus) { position: absolute; inline-size: 1px; overflow: hidden; clip-path: inset(50%); }

WCAG 2.2, 2.4.1 Bypass Blocks (A), technique G1, and 2.4.7 Focus Visible (AA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.nodes import PageElement
from newsletter.check.rule import Finding
from newsletter.check.web_page import ParsedWebPage
from newsletter.css.hiding import hiding_declaration
from newsletter.css.parser import declarations

SEVERITY = "error"

_OUT_OF_SIGHT = 30  # px: a line of text
_HIDDEN = {
    "display": r"none",
    "visibility": r"hidden|collapse",
    "transform": r"(?:translate\w*\(.*-|scale\w*\(0\)).*",
    "font-size": r"[012](?:px)?",
}


def check(page: ParsedWebPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for the link before every other, and at its style while it has the focus."""
    link = page.skip_link
    if link is None:
        body = next(page.find("body"), page.root)
        hint = 'Write <a class="skip" href="#main">{{ t.skip }}</a> directly after <body> in web.html.'
        yield Finding(body, "The web version does not begin with a link to its main part.", hint)
        return
    for node in (link, *link.parents()):
        if node.get("aria-hidden") == "true" or "hidden" in node.attributes:
            message = "The link to the main part is hidden from screen readers."
            yield Finding(node, message, "Remove “hidden” and “aria-hidden”.")
        elif how := _hidden(page, node):
            name = how.partition(":")[0]
            rules = [rule for rule in page.styles_with_focus(node) if name in declarations(rule.declarations)]
            message = f"The link to the main part stays hidden when the keyboard reaches it: “{how}”."
            hint = "Write it in a rule for .skip:not(:focus): that ends when the keyboard reaches the link."
            yield Finding(page.at(rules[-1]) if rules else node, message, hint)


def _hidden(page: ParsedWebPage, node: PageElement) -> str:
    """Return the declaration that hides an element while the link has the focus; empty if none does."""
    css = ";".join([*(rule.declarations for rule in page.styles_with_focus(node)), node.get("style")])
    for name, (value, _) in declarations(css).items():
        if (pattern := _HIDDEN.get(name)) and re.fullmatch(pattern, value.strip().lower()):
            return f"{name}: {value}"
    return hiding_declaration(css, _OUT_OF_SIGHT)

"""The page has colours of its own for readers who prefer dark ones, and they win.

A bright page hurts people with migraine or light-sensitive eyes. Where we give no dark colours, mail clients invent
some, and do not look at contrast. Our light colours are written into each element, so a dark one needs `!important`.

Bad:
    @media (prefers-color-scheme: dark) { .card { background-color: #172327; } }

Good:
    @media (prefers-color-scheme: dark) { .card { background-color: #172327 !important; } }

Can I email, prefers-color-scheme; the rule `contrast` looks at the dark colours themselves.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding
from newsletter.css.media import IN_OUTLOOK_COM
from newsletter.css.parser import declarations

SEVERITY = "error"


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for the dark rules, for the !important of each, and for the word to the mail client."""
    rules = [rule for rule in page.sheet if rule.changes(IN_OUTLOOK_COM, "light")]
    coloured = [rule for rule in rules if "color" in rule.declarations or "background" in rule.declarations]
    if not any(rule.is_dark for rule in coloured):
        hint = "Write @media (prefers-color-scheme: dark) { ... } in dark.css, with the colours of brand.colours.dark."
        yield Finding(page.root, "The page has no colours for dark mode.", hint)
    for rule in coloured:
        for name, (_, important) in declarations(rule.declarations).items():
            if not important and not name.startswith("--") and ("color" in name or "background" in name):
                message = f"“{name}” of “{' '.join(rule.selectors.split())}” loses in dark mode to the light colour."
                yield Finding(page.at(rule), message, "Write !important after it in dark.css.")
    told = [node for node in page.find("meta") if node.get("name").lower() == "color-scheme"]
    if not any("dark" in node.get("content").lower() for node in told):
        hint = 'Write <meta name="color-scheme" content="light dark" /> into the mj-raw of head.mjml.'
        yield Finding(page.root, "The page does not say that it has dark colours.", hint)

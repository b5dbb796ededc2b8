"""The page has dark colours for readers who prefer them, and they override the light ones.

A bright page hurts people with migraine or light-sensitive eyes. If a page has no dark colours, mail apps choose some
without regard to contrast. The light colours are written into each element, so dark ones need `!important`.

Bad:
    @media (prefers-color-scheme: dark) { .card { background-color: #172327; } }

Good:
    @media (prefers-color-scheme: dark) { .card { background-color: #172327 !important; } }

Can I email, prefers-color-scheme; the rule `contrast` checks the dark colours themselves.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.css.media import IN_OUTLOOK_COM
from newsletter.css.parser import declarations

SEVERITY = "error"


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check for dark colours, for the !important of each, and for the color-scheme meta element."""
    rules = [rule for rule in page.sheet if rule.changes(IN_OUTLOOK_COM, "light")]
    coloured = [rule for rule in rules if "color" in rule.declarations or "background" in rule.declarations]
    if not any(rule.is_dark for rule in coloured):
        hint = "Write @media (prefers-color-scheme: dark) { ... } in dark.css, with the colours of brand.colours.dark."
        yield Finding(page.root, "The page has no colours for dark mode.", hint)
    for rule in coloured:
        for name, (_, important) in declarations(rule.declarations).items():
            if not important and not name.startswith("--") and ("color" in name or "background" in name):
                message = f"In dark mode, the light colour overrides “{name}” of “{' '.join(rule.selectors.split())}”."
                yield Finding(page.at(rule), message, "Write !important after it in dark.css.")
    schemes = [node for node in page.find("meta") if node.get("name").lower() == "color-scheme"]
    if not any("dark" in node.get("content").lower() for node in schemes):
        hint = 'Write <meta name="color-scheme" content="light dark" /> in the mj-raw of head.mjml.'
        yield Finding(page.root, "The page does not say that it has dark colours.", hint)

"""No style changes words into capitals.

In capitals, all words have the same outline, a box. That makes them harder to read, above all with dyslexia or low
vision. Some screen readers spell capitals out, letter by letter ("U S" for "us").

Bad:
    h2 { text-transform: uppercase; }

Good:
    h2 { font-weight: bold; }

UKAAF, Creating clear print and large print documents (G003); British Dyslexia Association, Dyslexia Style Guide 2023.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding
from newsletter.css.parser import declarations

SEVERITY = "error"

_CAPS = ("font-variant", "font-variant-caps")
_HINT = "Remove text-transform or font-variant, in styles.css or in the element."


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each element with words, and the styles in the head for some screens only."""
    for node in page.with_text:
        if "uppercase" in (node.style.text_transform, node.dark.text_transform):
            yield Finding(node, f"A style changes the words of <{node.tag}> into capitals.", _HINT)
    for where, css in [(node, node.get("style")) for node in page.style_contains("font-variant")]:
        if any("caps" in declarations(css).get(name, ("", False))[0] for name in _CAPS) and where.all_text:
            yield Finding(where, f"A style changes the words of <{where.tag}> into small capitals.", _HINT)
    for rule in page.sheet:
        if rule.media and declarations(rule.declarations).get("text-transform", ("", False))[0] == "uppercase":
            message = f"“{' '.join(rule.selectors.split())}” changes words into capitals in @media {rule.media}."
            yield Finding(page.at(rule), message, "Remove text-transform from that rule in dark.css.")

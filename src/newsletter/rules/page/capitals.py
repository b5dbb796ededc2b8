"""No words are turned into capitals.

In capitals all words have one outline, a box, and are harder to read, above all with dyslexia or low vision. Some
screen readers spell capitals out, letter by letter ("U S" for "us").

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
_HINT = "Take text-transform or font-variant out, in styles.css or in the element."


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each element with words, and at what the head does on some screens only."""
    for node in page.with_text:
        if "uppercase" in (node.style.text_transform, node.dark.text_transform):
            yield Finding(node, f"The words of <{node.tag}> are turned into capitals.", _HINT)
    for where, css in [(node, node.get("style")) for node in page.style_contains("font-variant")]:
        if any("caps" in declarations(css).get(name, ("", False))[0] for name in _CAPS) and where.all_text:
            yield Finding(where, f"The words of <{where.tag}> are turned into small capitals.", _HINT)
    for rule in page.sheet:
        if rule.media and declarations(rule.declarations).get("text-transform", ("", False))[0] == "uppercase":
            message = f"“{' '.join(rule.selectors.split())}” is turned into capitals under @media {rule.media}."
            yield Finding(page.at(rule), message, "Take text-transform out of that rule in dark.css.")

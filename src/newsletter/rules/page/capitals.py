"""No style changes words into capitals.

In capitals, all words have the same outline, a box. That makes them harder to read, above all with dyslexia or low
vision. Some screen readers spell capitals out, letter by letter ("U S" for "us").

Bad:
    h2 { text-transform: uppercase; }

Good:
    h2 { font-weight: bold; }

UKAAF, Creating clear print and large print documents (G003); British Dyslexia Association, Dyslexia Style Guide 2023.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import declared_at, own_style_at
from newsletter.css.parser import declarations, value_of

SEVERITY = "error"
IN_WEB_VERSION = True

_CAPS = ("font-variant", "font-variant-caps")
_PSEUDO = re.compile(r"::?(?:first-line|before|after|hover|focus|active|visited)\b")
"""A state of an element, or a part of one, that has no element of its own."""
_HINT = "Remove text-transform or font-variant, in styles.css or in the element."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each element with words, and the styles in the head for some screens only."""
    for node in page.with_text:
        if "uppercase" in (node.style.text_transform, node.dark.text_transform):
            at = declared_at(page, node, "text-transform") if node.style.text_transform == "uppercase" else node
            yield Finding(at, f"A style changes the words of <{node.tag}> into capitals.", _HINT)
    for node in page.style_contains("font-variant"):
        css = declarations(node.get("style"))
        if any("caps" in css.get(name, ("", False))[0] for name in _CAPS) and node.all_text:
            at = own_style_at(page, node, *_CAPS)
            yield Finding(at, f"A style changes the words of <{node.tag}> into small capitals.", _HINT)
    for rule in page.sheet:
        css = declarations(rule.declarations) if "font-variant" in rule.declarations else {}
        if any("caps" in css.get(name, ("", False))[0] for name in _CAPS):
            message = f"“{' '.join(rule.selectors.split())}” changes words into small capitals."
            yield Finding(page.at(rule), message, _HINT)
        is_apart = rule.media or _PSEUDO.search(rule.selectors)
        if is_apart and value_of(rule.declarations, "text-transform") == "uppercase":
            when = f" in @media {rule.media}" if rule.media else ""
            message = f"“{' '.join(rule.selectors.split())}” changes words into capitals{when}."
            yield Finding(page.at(rule), message, "Remove text-transform from that rule in dark.css.")

"""Readers can zoom in.

People with low vision spread two fingers to make the words larger. A page can forbid it, in its viewport or by a fixed
text size, and then they cannot read it at all.

Bad:
    <meta name="viewport" content="width=device-width, maximum-scale=1, user-scalable=no">

Good:
    <meta name="viewport" content="width=device-width, initial-scale=1">

WCAG 2.2, 1.4.4 Resize Text (AA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding, HasLocation
from newsletter.css.parser import declarations

SEVERITY = "error"
OPTIONS = {"maximum_scale": 5.0}

_ADJUST = ("text-size-adjust", "-webkit-text-size-adjust", "-ms-text-size-adjust", "-moz-text-size-adjust")


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the viewport, and at what fixes the text's size."""
    for node in page.find("meta"):
        if node.get("name").lower() != "viewport":
            continue
        content = node.get("content").lower()
        if found := re.search(r"user-scalable\s*=\s*(?:no|0)\b", content):
            yield Finding(node, f"“{found[0]}” in the viewport forbids zooming.", f"Take “{found[0]}” out.")
        if (found := re.search(r"maximum-scale\s*=\s*([\d.]+)", content)) and _number(found[1]) < options[
            "maximum_scale"
        ]:
            yield Finding(node, f"“{found[0]}” in the viewport stops zooming early.", f"Take “{found[0]}” out.")
    in_head: list[tuple[HasLocation, str]] = [(page.at(rule), rule.declarations) for rule in page.sheet]
    for where, css in (*in_head, *((node, node.get("style")) for node in page.style_contains("text-size-adjust"))):
        if "text-size-adjust" not in css:
            continue
        for name in _ADJUST:
            if declarations(css).get(name, ("", False))[0].lower() == "none":
                hint = f"Write {name}: 100% in its place, or nothing."
                yield Finding(where, f"“{name}: none” stops readers from making the text larger.", hint)


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 1.0

"""Readers can zoom in.

People with low vision spread two fingers to make the words larger. If the viewport or a fixed text size forbids that,
they cannot read the page at all.

Bad:
    <meta name="viewport" content="width=device-width, maximum-scale=1, user-scalable=no">

Good:
    <meta name="viewport" content="width=device-width, initial-scale=1">

WCAG 2.2, 1.4.4 Resize Text (AA).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import declared_at
from newsletter.css.parser import value_of

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"maximum_scale": 5.0}
STRICTER_WHEN_HIGHER = ("maximum_scale",)

_SIZE_ADJUST = ("text-size-adjust", "-webkit-text-size-adjust", "-ms-text-size-adjust", "-moz-text-size-adjust")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the viewport, and styles that stop readers from changing the size of the text."""
    for node in page.find("meta"):
        if node.get("name").lower() != "viewport":
            continue
        content = node.get("content").lower()
        if match := re.search(r"user-scalable\s*=\s*(?:no|0)\b", content):
            yield Finding(node, f"“{match[0]}” in the viewport forbids zooming.", f"Remove “{match[0]}”.")
        match = re.search(r"maximum-scale\s*=\s*([\d.]+)", content)
        if match and _number(match[1]) < options["maximum_scale"]:
            yield Finding(node, f"“{match[0]}” in the viewport limits zooming.", f"Remove “{match[0]}”.")
    for name in _SIZE_ADJUST:
        message, hint = (
            f"“{name}: none” stops readers from making the text larger.",
            f"Write {name}: 100% instead, or remove it.",
        )
        for rule in page.sheet:
            if _is_none(rule.declarations, name):
                yield Finding(page.at(rule), message, hint)
        for node in page.style_contains(name):
            if _is_none(node.get("style"), name):
                yield Finding(declared_at(page, node, name), message, hint)


def _is_none(css: str, name: str) -> bool:
    return name in css and value_of(css, name) == "none"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0

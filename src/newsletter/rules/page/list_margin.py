"""A list has a margin for its signs or numbers.

Outlook for Windows uses padding only in table cells. In a list that has padding instead of a margin, the signs and
numbers are cut off there: nobody sees that it is a list, or which number an item has.

Bad:
    <ul style="margin:0; padding:0 0 0 28px">

Good:
    <ul style="margin:0 0 0 28px; padding:0">

Source: Can I email, “padding”, https://www.caniemail.com/features/css-padding/.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.css.parser import declarations

SEVERITY = "warning"
OPTIONS = {"list_margin": 20}
STRICTER_WHEN_HIGHER = ("list_margin",)

_LENGTH = re.compile(r"([\d.]+)(px|pt|em)")
_PIXELS = {"px": 1.0, "pt": 4 / 3}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each list with signs or numbers that has, with its items, a margin smaller than `list_margin` px."""
    for node in page.outlook.find("ul", "ol"):
        items = [child for child in node.children if child.tag == "li"]
        if node.is_hidden or not items or "none" in _value(node, "list-style", "list-style-type").split():
            continue
        side = "right" if node.style.direction == "rtl" else "left"
        if _margin(node, side) + _margin(items[0], side) < options["list_margin"]:
            message = (
                f"In Outlook for Windows, this list has no room for its {'numbers' if node.tag == 'ol' else 'signs'}."
            )
            yield Finding(
                node, message, f"Write margin-{side} instead of padding-{side}: Outlook ignores padding here."
            )


def _value(node: PageElement, *properties: str) -> str:
    style = declarations(node.get("style"))
    return " ".join(style[name][0] for name in properties if name in style)


def _four_sides(values: list[str]) -> list[str]:
    """Return the values of a shorthand for top, right, bottom and left; it may omit those that repeat another."""
    top = values[0]
    right = values[1] if len(values) > 1 else top
    return [top, right, *values[2:], *[top, right][len(values[2:]) :]]


def _margin(node: PageElement, side: str) -> float:
    """Return the margin of an element on a side in px; that of a list without a margin is the usual 40 px."""
    length = ""
    for name, (value, _) in declarations(node.get("style")).items():
        if name == "margin":
            _, right, _, left = _four_sides(value.split())
            length = right if side == "right" else left
        elif name == f"margin-{side}":
            length = value
    if not length:
        return 40 if node.tag in ("ul", "ol") else 0
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS.get(match[2], node.style.font_size) if match else 0

"""The edge of a button has enough contrast with what is around it.

People who see little contrast find a button by its shape. If the box and the page have almost the same colour, they see
a few words, but not that they can press them.

Bad:
    <mj-button background-color="#E7F1F0" border="none" color="#1B2733">

Good:
    <mj-button background-color="#E7F1F0" border="2px solid #0B4A53" color="#1B2733">

WCAG 2.2, 1.4.11 Non-text Contrast (AA): 3:1 for what shows that something is a control. WCAG needs no edge if
the words show it; this rule does.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.css import vml
from newsletter.css.colour import Rgb, colour_tokens, parse_colour, ratio, to_hex
from newsletter.css.parser import Declarations, cascade, declarations

SEVERITY = "error"
OPTIONS = {"edge": 3.0}
STRICTER_WHEN_HIGHER = ("edge",)

_LINES = ("border", "border-top", "border-bottom", "border-color")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the box and the border of each button with what is around it."""
    yield from _shapes(page, options)
    known = {_key(node) for node in page.find("a")}
    only_outlook = (node for node in page.outlook.find("a") if _key(node) not in known)
    for node in (*page.find("a"), *only_outlook):
        cell = _cell(node)
        if not _is_button(node, cell):
            continue
        parts = [part for part in (node, cell) if part]
        for dark, when in ((False, ""), (True, " in dark mode")):
            inside, around = _backgrounds(node, cell, dark)
            if inside is None or around is None:
                continue
            styles = [cascade(*part.in_dark) if dark else declarations(part.get("style")) for part in parts]
            edges = [inside, *(line for own in styles if (line := _line(own)))]
            best = max(ratio(edge, around) for edge in edges)
            if best < options["edge"]:
                message = _message(when, best, around)
                hint = "Give the mj-button a darker background-color, or a border of 2 px in the colour of its text."
                yield Finding(node, message, hint.replace("darker", "lighter") + " See dark.css." if dark else hint)


def _key(node: PageElement) -> tuple[object, ...]:
    around = _backgrounds(node, _cell(node), False)
    return node.location, node.get("style"), *around


def _shapes(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the VML shape of each button in Outlook with what is around it."""
    for node in page.outlook.find(*vml.SHAPES):
        if not node.get("href") or node.parent is None:
            continue
        around, line = node.parent.style.background, parse_colour(vml.edge(node.element))
        edges = [edge for edge in (node.style.background, line) if edge]
        if around is None or not edges:
            continue
        best = max(ratio(edge, around) for edge in edges)
        if best < options["edge"]:
            hint = "Give it a darker fillcolor, or a strokecolor in the colour of its text."
            yield Finding(node, _message(" in Outlook", best, around), hint)


def _message(when: str, contrast: float, around: Rgb) -> str:
    return (
        f"The edge of a button{when} has a contrast of {int(contrast * 100) / 100}:1 with {to_hex(around)} around it."
    )


def _cell(node: PageElement) -> PageElement | None:
    return node.parent if node.parent and node.parent.tag == "td" else None


def _is_button(node: PageElement, cell: PageElement | None) -> bool:
    if node.element.get("href") is None or node.is_hidden or node.style.display not in ("inline-block", "block"):
        return False
    if any(_line(declarations(part.get("style"))) for part in (node, cell) if part):
        return True
    around = _backgrounds(node, cell, False)[1]
    return bool(cell and cell.get("bgcolor")) or node.style.background != around


def _backgrounds(node: PageElement, cell: PageElement | None, dark: bool) -> tuple[Rgb | None, Rgb | None]:
    inside = (node.dark if dark else node.style).background
    outer = (cell.parent if cell else node.parent) or node
    return inside, (outer.dark if dark else outer.style).background


def _line(own: Declarations) -> Rgb | None:
    colour = None
    for part, (value, _) in own.items():  # in the order of the cascade
        if part not in _LINES:
            continue
        if re.search(r"\bnone\b|\btransparent\b|(^|\s)0(px)?(\s|$)", value):
            colour = None
            continue
        for word in colour_tokens(value):
            colour = parse_colour(word) or colour
    return colour

"""Buttons are at least 44 px high, and other links at least 24 px.

Small buttons and links are hard to hit with a tremor, with weak or numb hands, or on a phone in a moving bus.

Bad:
    <mj-button inner-padding="4px 8px">

Good:
    <mj-button inner-padding="12px 24px">

WCAG 2.2, 2.5.5 Target Size (Enhanced) (AAA) for buttons, 2.5.8 Target Size (Minimum) (AA) for other links. 2.5.8
makes an exception for links within a sentence; this rule does not.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.style_location import rule_at
from newsletter.css.parser import declarations

SEVERITY = "error"
OPTIONS = {"button": 44, "link": 24}
STRICTER_WHEN_HIGHER = ("button", "link")

_INLINE_HEIGHT = 1.2  # height of an inline link in font sizes; its line-height does not count
_SMALLEST_TEXT = 16  # px; the smallest text that `text-size` lets pass


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Compute the height of each link with words, from its text and padding; report the lowest of each cause."""
    lowest: dict[HasLocation, tuple[float, Finding]] = {}
    for node in page.find("a"):
        if node.element.get("href") is None or not node.all_text or node.is_hidden:
            continue
        is_box = node.style.display in ("inline-block", "block")
        own = declarations(node.get("style"))
        height = node.style.font_size * (node.style.line_height if is_box else _INLINE_HEIGHT) + _padding(own, node)
        height = max(height, *(_pixels(own.get(name, ("", False))[0], node) for name in ("height", "min-height")))
        is_button = is_box and node.parent is not None and _is_boxed(node, node.parent)
        kind, wanted = ("button", options["button"]) if is_button else ("link", options["link"])
        if height < wanted - 0.05:
            # A link in text of the usual size may be high enough: then its cause is where the text gets its size.
            in_usual_text = height + max(0, _SMALLEST_TEXT - node.style.font_size) * _INLINE_HEIGHT
            names = ("font-size", "font") if in_usual_text >= wanted else ("padding", "padding-top", "padding-bottom")
            at = rule_at(page, node, *names) or node
            where = "inner-padding of the mj-button" if is_button else "padding of “a” in styles.css"
            hint = f"Increase the {where} by {(wanted - height) / 2:.0f} px above and below, or use a larger font-size."
            message = f"A {kind} is only {height:.0f} px high; at least {wanted} px are needed."
            if at not in lowest or height < lowest[at][0]:
                lowest[at] = height, Finding(at, message, hint)
    yield from (finding for _, finding in lowest.values())


def _is_boxed(node: PageElement, parent: PageElement) -> bool:
    edge = declarations(node.get("style")).get("border", ("none", False))[0].split()[:1]
    return (
        node.style.background != parent.style.background
        or bool(parent.get("bgcolor"))
        or edge not in ([], ["none"], ["0"])
    )


def _padding(own: Mapping[str, tuple[str, bool]], node: PageElement) -> float:
    top = bottom = 0.0
    for name, (value, _) in own.items():  # in the order of the cascade
        parts = value.split()
        if name == "padding" and parts:
            top, bottom = _pixels(parts[0], node), _pixels(parts[2 if len(parts) > 2 else 0], node)
        elif name == "padding-top":
            top = _pixels(value, node)
        elif name == "padding-bottom":
            bottom = _pixels(value, node)
    return top + bottom


def _pixels(value: str, node: PageElement) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)(px|em|rem|pt)?", value.strip().lower())
    if not match:
        return 0.0
    unit = {"em": node.style.font_size, "rem": 16.0, "pt": 4 / 3}.get(match[2] or "px", 1.0)
    return float(match[1]) * unit

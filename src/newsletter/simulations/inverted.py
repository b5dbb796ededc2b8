"""The page in dark mode in mail apps that compute dark colours themselves and ignore ours.

Gmail on iPhones inverts every colour, and Outlook for Windows does nearly the same. Gmail and other apps on Android
leave dark backgrounds as they are. Outlook.com changes only as much as contrast needs. None of them documents how, and
versions differ.

This simulation inverts the lightness (HSL) of each colour of text, background and border, and keeps its hue. Pictures
stay as they are. So it shows the most aggressive of these apps: good enough to see what would become unreadable, not
the exact shades.

Sources: hteumeuleu.com, "Fixing Gmail's dark mode issues with CSS Blend Modes" (2021) and "Dealing with Outlook.com's
Dark Mode" (2019); customer.io, "Taming forced dark mode".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from newsletter.css import colour
from newsletter.css.rewrite import CssToken, css_tokens, replace_tokens, rewrite
from newsletter.dom.tree import elements
from newsletter.simulations.dark import light
from newsletter.simulations.style_sheets import add_style, change_css

_PROPERTY = re.compile(r"color|background(-color)?|border(-(top|right|bottom|left))?(-color)?|outline(-color)?")
_ATTRIBUTES = ("bgcolor", "color", "text", "link")
_LINK = (0, 0, 238)  # a browser's own colour of links


def invert_colours(root: etree._Element) -> None:
    """Invert the lightness of every colour of a page."""
    light(root)
    for element in elements(root):
        for name in _ATTRIBUTES:
            if (value := element.get(name)) and element.tag != "a":
                element.set(name, _inverted(value) or value)
    change_css(root, lambda css: rewrite(css, _invert_value))
    # If the page sets no colour, the mail app's own dark background and text appear.
    background, text, link = (colour.to_hex(colour.inverted_lightness(each)) for each in ((255,) * 3, (0,) * 3, _LINK))
    base = f"html {{ background-color: {background}; color: {text}; }} a:link {{ color: {link}; }}"
    add_style(root, base, first=True)


def _invert_value(name: str, value: list[CssToken]) -> Iterable[CssToken]:
    return replace_tokens(value, _invert_token) if _PROPERTY.fullmatch(name) else value


def _invert_token(token: CssToken) -> CssToken | None:
    new = _inverted(token.serialize()) if token.type in ("ident", "hash", "function") else None
    return css_tokens(new)[0] if new else None


def _inverted(text: str) -> str | None:
    parsed = colour.parse_colour(text)
    return colour.to_hex(colour.inverted_lightness(parsed)) if parsed else None

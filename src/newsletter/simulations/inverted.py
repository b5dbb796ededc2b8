"""The page in dark mode where the mail client makes the dark colours itself: ours are never asked.

Gmail on iPhones turns every colour round, light into dark and dark into light, and Outlook for Windows does much the
same; Gmail and other apps on Android leave dark grounds as they are, Outlook.com changes as little as contrast needs.
None of them documents how, and versions differ. This turns round the lightness (HSL) of each declared colour of text,
ground and border, and keeps its hue; pictures stay as they are. So it shows the harshest of them, near enough to see
what would be lost, and not the shade that a reader will see.

Sources: hteumeuleu.com, "Fixing Gmail's dark mode issues with CSS Blend Modes" (2021) and "Dealing with Outlook.com's
Dark Mode" (2019); customer.io, "Taming forced dark mode".
"""

from __future__ import annotations

import re

from lxml import etree

from newsletter.css import colour
from newsletter.dom.tree import elements, transform
from newsletter.edition import InlinedPage
from newsletter.simulations.dark import light
from newsletter.simulations.head_style import with_style
from newsletter.simulations.media import in_styles

_COLOURED = re.compile(
    r"(?<![\w-])(color|background(?:-color)?|border(?:-(?:top|right|bottom|left))?(?:-color)?|outline(?:-color)?)"
    r"(\s*:\s*)([^;}]+)",
    re.IGNORECASE,
)
_PART = re.compile(r"url\([^)]*\)|rgba?\([^)]*\)|#[0-9a-f]{3,8}\b|(?<![\w-])[a-z]+(?![\w(-])", re.IGNORECASE)
_ATTRIBUTES = ("bgcolor", "color", "text", "link")
_LINK = (0, 0, 238)  # of a browser, where no rule gives one


def inverted(page: InlinedPage) -> InlinedPage:
    """Give the page with every colour turned round."""

    def turn(root: etree._Element) -> None:
        for element in elements(root):
            if style := element.get("style"):
                element.set("style", _turned(style))
            for name in _ATTRIBUTES:
                if (value := element.get(name)) and element.tag != "a":
                    element.set(name, _turned_colour(value))

    page = in_styles(transform(light(page), turn), _turned)
    # What has no colour of its own lies on the client's dark ground.
    ground, text, link = (colour.to_hex(colour.inverted_lightness(each)) for each in ((255,) * 3, (0,) * 3, _LINK))
    base = f"html {{ background-color: {ground}; color: {text}; }} a:link {{ color: {link}; }}"
    return with_style(page, base, first=True)


def _turned(css: str) -> str:
    return _COLOURED.sub(
        lambda found: found[1] + found[2] + _PART.sub(lambda part: _turned_colour(part[0]), found[3]), css
    )


def _turned_colour(written: str) -> str:
    parsed = colour.parse(written)
    return colour.to_hex(colour.inverted_lightness(parsed)) if parsed else written

"""Translates Outlook's vector shapes (VML) into CSS: the fill of a shape is the background of its content.

Source: W3C Note, Vector Markup Language (VML), 13 May 1998, https://www.w3.org/TR/NOTE-VML. It has the defaults of
missing attributes: a shape is filled with white and has a black line.
"""

from __future__ import annotations

from lxml import etree

SHAPES = frozenset(["v:rect", "v:roundrect", "v:oval", "v:shape", "v:arc", "v:curve", "v:polyline", "v:background"])
_FALSE_VALUES = ("f", "false", "0", "no")
_PICTURES = ("frame", "tile", "pattern")


def is_shape(tag: str) -> bool:
    """Check whether an element is a shape, which may hold text."""
    return tag in SHAPES


def shape_declarations(element: etree._Element) -> str:
    """Return a shape's attributes, and those of its `v:fill`, as CSS declarations.

    A shape without attributes is filled with white. Those of its `v:fill` count more than its own.
    """
    fill = next((child for child in element if child.tag == "v:fill"), None)
    filling = {str(name): str(value) for name, value in fill.items()} if fill is not None else {}
    if _is_off(element.get("filled", "")) or _is_off(filling.get("on", "")):
        return "display: inline-block"
    colour = filling.get("color") or element.get("fillcolor") or "white"
    # An index of Word's palette may follow: "#0B4A53 [3204]".
    css = f"display: inline-block; background-color: {colour.partition(' [')[0]}"
    kind = filling.get("type", "solid").lower()
    if filling.get("src") and kind in _PICTURES:
        return f"{css}; background-image: url({filling['src']})"
    if kind.startswith("gradient"):
        return f"{css}; background-image: linear-gradient({colour}, {filling.get('color2', 'white')})"
    return css


def edge(element: etree._Element) -> str:
    """Return the colour of a shape's line: black by default, empty if it has none."""
    if _is_off(element.get("stroked", "")) or _is_off(_stroke(element, "on")):
        return ""
    return (_stroke(element, "color") or element.get("strokecolor") or "black").partition(" [")[0]


def _stroke(element: etree._Element, name: str) -> str:
    return next((child.get(name, "") for child in element if child.tag == "v:stroke"), "")


def _is_off(value: str) -> bool:
    return value.lower() in _FALSE_VALUES

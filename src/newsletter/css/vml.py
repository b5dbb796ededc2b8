"""What Outlook's vector shapes (VML) look like, in words of CSS: what fills them is the background of what they hold.

Source: W3C Note, Vector Markup Language (VML), 13 May 1998, https://www.w3.org/TR/NOTE-VML, for what counts where an
attribute is missing: a shape is filled with white and has a black line.
"""

from __future__ import annotations

from lxml import etree

SHAPES = frozenset(["v:rect", "v:roundrect", "v:oval", "v:shape", "v:arc", "v:curve", "v:polyline", "v:background"])
_NO = ("f", "false", "0", "no")
_PICTURES = ("frame", "tile", "pattern")


def is_shape(tag: str) -> bool:
    """Whether an element is a shape, which may hold words."""
    return tag in SHAPES


def painted(element: etree._Element) -> str:
    """Give the declarations that a shape's attributes, and its fill's, amount to.

    A shape that says nothing is filled with white; what its fill says counts more than what it says itself.
    """
    fill = next((child for child in element if child.tag == "v:fill"), None)
    told = {str(name): str(value) for name, value in fill.items()} if fill is not None else {}
    if _is_off(element.get("filled", "")) or _is_off(told.get("on", "")):
        return "display: inline-block"
    colour = told.get("color") or element.get("fillcolor") or "white"
    # An index of Word's own palette may follow: "#0B4A53 [3204]".
    css = f"display: inline-block; background-color: {colour.partition(' [')[0]}"
    kind = told.get("type", "solid").lower()
    if told.get("src") and kind in _PICTURES:
        return f"{css}; background-image: url({told['src']})"
    if kind.startswith("gradient"):
        return f"{css}; background-image: linear-gradient({colour}, {told.get('color2', 'white')})"
    return css


def edge(element: etree._Element) -> str:
    """Give the colour of a shape's line, which is black where nothing is said; empty when it has none."""
    if _is_off(element.get("stroked", "")) or _is_off(_stroke(element, "on")):
        return ""
    return (_stroke(element, "color") or element.get("strokecolor") or "black").partition(" [")[0]


def _stroke(element: etree._Element, name: str) -> str:
    return next((child.get(name, "") for child in element if child.tag == "v:stroke"), "")


def _is_off(said: str) -> bool:
    return said.lower() in _NO

"""Write the font, size, line height, colour and alignment of text once. MJML writes them into each cell.

Elements inherit them from the page's wrapper. Outlook for Windows, and browsers without the doctype, do not inherit
them into tables. There, a rule in the head gives each cell of text its class.
"""

from __future__ import annotations

from collections import Counter

from lxml import etree

from newsletter.css.compact import write_style
from newsletter.stages.slim.elements import has_words, set_style, style_of
from newsletter.stages.slim.inheritance import FONT, OF_TEXT, InheritanceWalk


def inherit_text_style(root: etree._Element) -> None:
    """Write the most frequent style of text into the wrapper, and remove what elements inherit anyway."""
    wrapper = root.find("body/div")
    if wrapper is None:
        return
    usual = _usual(wrapper)
    everywhere = _declared_everywhere(wrapper, usual)
    usual = {name: value for name, value in usual.items() if name in everywhere}
    walk = InheritanceWalk(root, wrapper, usual)  # it reads the sheets without ours
    if usual:
        set_style(wrapper, style_of(wrapper) | usual)
        texts = [element for element in wrapper.iter("td", "a") if _has_all(element, usual)]
        for element in texts:
            element.set("class", " ".join([*element.get("class", "").split(), walk.name]))
        if texts:
            rule = {name: value for name, value in usual.items() if name in FONT}
            etree.SubElement(next(root.iter("head")), "style").text = f".{walk.name}{{{write_style(rule)}}}"
    walk.visit(wrapper, walk.around(wrapper))


def _usual(wrapper: etree._Element) -> dict[str, str]:
    """Return the style that most cells of text have."""
    styles = (style_of(cell) for cell in wrapper.iter("td"))
    counts = Counter(tuple((name, style[name]) for name in OF_TEXT) for style in styles if {*OF_TEXT} <= {*style})
    usual = dict(counts.most_common(1)[0][0]) if counts else {}
    if usual and any(style_of(cell).get("overflow-wrap") == "anywhere" for cell in wrapper.iter("td")):
        usual["overflow-wrap"] = "anywhere"
    return usual


def _declared_everywhere(wrapper: etree._Element, usual: dict[str, str]) -> set[str]:
    """Return the properties that the wrapper says as usual, or that all its words have from an element in it."""
    own = style_of(wrapper)
    loose: set[str] = set()  # properties of which some words have no value
    todo = [(wrapper, usual.keys() - own.keys())]
    while todo:
        element, missing = todo.pop()
        if element.tag == "img" or has_words(element):
            loose |= missing
        if missing := missing - loose:
            todo += [(child, missing - style_of(child).keys()) for child in element.iterchildren(etree.Element)]
    return {name for name, value in usual.items() if own.get(name, value) == value} - loose


def _has_all(element: etree._Element, usual: dict[str, str]) -> bool:
    """Check whether the style of a cell, or of a button's link, has all properties of the usual one, and its font.

    Such an element gets the class. What is different stays in its style, which counts more.
    """
    style = style_of(element)
    fonts = {*FONT} & usual.keys()
    return fonts <= style.keys() and style.get("font-family") == usual.get("font-family")

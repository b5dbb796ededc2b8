"""The font, size, height of lines, colour and side of text: said once, where MJML says them in each cell.

Elements inherit them from the page's wrapper. Outlook for Windows, and browsers without the doctype, do not inherit
them into tables. There, a rule in the head gives each cell of text its class.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from newsletter.css.compact import Style, write_style
from newsletter.css.parser import declarations, rules
from newsletter.stages.slim.elements import has_words, set_style, style_of

_CLASS = "text"
_FONT = ("font-family", "font-size", "line-height", "color")
_OF_TEXT = (*_FONT, "text-align")
_INHERITED = (*_OF_TEXT, "overflow-wrap", "direction")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OWN: dict[str, frozenset[str]] = {
    "font-family": frozenset(["code", "kbd", "pre", "samp", "tt"]),
    "font-size": frozenset([*_HEADINGS, "big", "code", "kbd", "pre", "samp", "small", "sub", "sup", "tt"]),
    "line-height": frozenset(),
    # Word has colours of its own for headings.
    "color": frozenset(["a", "mark", *_HEADINGS]),
    "text-align": frozenset(["caption", "center", "th"]),
    "overflow-wrap": frozenset(),
    "direction": frozenset(["bdi", "bdo"]),
}
"""The elements for which a mail app has a value of its own, so that they do not inherit it."""

_ABSOLUTE = re.compile(r"0|[\d.]++(?:px)?|#[0-9a-f]++|[a-z-]++|[^,\n]*+,[^\n]*+", re.IGNORECASE)
_NOT_INHERITED = ("inherit", "initial", "larger", "smaller", "bolder", "lighter", "unset", "revert")
_LAST_TAG = re.compile(r"(?:^|[\s>+~])([A-Za-z][\w-]*)?[^\s>+~]*$")

Values = dict[str, str | None]
"""What an element inherits, by property; None if nobody knows."""


def say_text_style_once(root: etree._Element) -> None:
    """Write the most frequent style of text into the wrapper, and remove what elements inherit anyway."""
    wrapper = root.find("body/div")
    if wrapper is None:
        return
    usual = _usual(wrapper)
    for name in [name for name in usual if not _is_said_everywhere(wrapper, name)]:
        del usual[name]
    if usual:
        set_style(wrapper, style_of(wrapper) | usual)
        cells = [cell for cell in wrapper.iter("td") if _has_all(cell, usual)]
        for cell in cells:
            cell.set("class", " ".join([*cell.get("class", "").split(), _CLASS]))
        if cells:
            rule = {name: value for name, value in usual.items() if name in _FONT}
            etree.SubElement(next(root.iter("head")), "style").text = f".{_CLASS}{{{write_style(rule)}}}"
    inherited: Values = dict.fromkeys(_INHERITED)
    for element in reversed(list(wrapper.iterancestors())):
        inherited |= {name: value for name in _INHERITED if (value := style_of(element).get(name))}
    _Walk(root, usual).visit(wrapper, inherited, dict.fromkeys(_FONT))


def _usual(wrapper: etree._Element) -> Style:
    """Return the style that most cells of text have."""
    styles = (style_of(cell) for cell in wrapper.iter("td"))
    counts = Counter(tuple((name, style[name]) for name in _OF_TEXT) for style in styles if {*_OF_TEXT} <= {*style})
    usual = dict(counts.most_common(1)[0][0]) if counts else {}
    if usual and any(style_of(cell).get("overflow-wrap") == "anywhere" for cell in wrapper.iter("td")):
        usual["overflow-wrap"] = "anywhere"
    return usual


def _is_said_everywhere(wrapper: etree._Element, name: str) -> bool:
    """Check whether all words of a page have a value from an element below the wrapper."""
    if name in style_of(wrapper):
        return style_of(wrapper)[name] == _usual(wrapper).get(name)
    todo = [wrapper]
    while todo:
        element = todo.pop()
        if element.tag == "img" or has_words(element):
            return False
        todo += [child for child in element.iterchildren(etree.Element) if name not in style_of(child)]
    return True


def _has_all(cell: etree._Element, usual: Style) -> bool:
    """Check whether a cell's style of text has all properties of the usual one, and its font.

    Such a cell gets the class. What is different stays in its style, which counts more.
    """
    style = style_of(cell)
    fonts = {*_FONT} & usual.keys()
    return fonts <= style.keys() and style.get("font-family") == usual.get("font-family")


class _Walk:
    """Removes from elements what they inherit."""

    def __init__(self, root: etree._Element, usual: Style) -> None:
        self._usual = usual
        self._own = _own_values(root)

    def visit(self, element: etree._Element, inherited: Values, in_outlook: Values) -> None:
        """Change an element and all in it.

        Args:
            element: the element.
            inherited: what it inherits in a browser.
            in_outlook: what it inherits in Outlook for Windows, which begins again in each table and each cell.
        """
        style, values, tag = style_of(element), dict(inherited), str(element.tag)
        if direction := element.get("dir"):
            values["direction"] = direction
        if tag == "table":
            in_outlook = dict.fromkeys(_FONT)
        elif tag in ("td", "th"):
            is_marked = _CLASS in element.get("class", "").split()
            in_outlook = {name: self._usual.get(name) if is_marked else None for name in _FONT}
        if tag != "table" and "align" in element.attrib and "text-align" not in style:
            values["text-align"] = self._aligned(element, values)
        if "font" in style:
            values |= dict.fromkeys(_FONT[:3])
        before = dict(style)
        outlook = dict(in_outlook)
        for name in [name for name in _INHERITED if name in before or tag in self._own[name]]:
            own = before.get(name)
            if tag in self._own[name] or "*" in self._own[name]:
                values[name] = outlook[name] = None
            if own is None:
                continue
            is_inherited = own == values[name] and (name not in _FONT or own == outlook[name])
            if is_inherited and "font" not in before and tag != "img":  # a picture that is not loaded shows its words
                del style[name]
                continue
            values[name] = outlook[name] = own if own not in _NOT_INHERITED and _ABSOLUTE.fullmatch(own) else None
        if style != before:
            set_style(element, style)
        for child in element.iterchildren(etree.Element):
            self.visit(child, values, outlook)

    def _aligned(self, element: etree._Element, values: Values) -> str | None:
        """Return the side of text in an element with an `align` attribute, which is removed if it changes nothing."""
        start = "right" if values["direction"] == "rtl" else "left"
        if element.tag == "td" and element.get("align") == values["text-align"] == start:
            del element.attrib["align"]
            return start
        return None


def _own_values(root: etree._Element) -> dict[str, frozenset[str]]:
    """Return the tags that do not inherit a property, also those that have it from a rule in the head."""
    own = dict(_OWN)
    for sheet in root.iter("style"):
        for rule in rules(sheet.text or ""):
            for name, (_, important) in declarations(rule.declarations).items():
                if name in own and not important and not rule.selectors.strip().startswith(f".{_CLASS}"):
                    matches = [_LAST_TAG.search(selector.strip()) for selector in rule.selectors.split(",")]
                    own[name] |= {(match and match[1]) or "*" for match in matches}
    return own

"""Write the font, size, line height, colour and alignment of text once. MJML writes them into each cell.

Elements inherit them from the page's wrapper. Outlook for Windows, and browsers without the doctype, do not inherit
them into tables. There, a rule in the head gives each cell of text its class.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from newsletter.css.compact import write_style
from newsletter.css.parser import StyleRule, declarations
from newsletter.stages.slim.elements import free_class, has_words, set_style, style_of
from newsletter.stages.slim.important import Medias, classes_of, important_rules, last_parts, rules_of_page

_FONT = ("font-family", "font-size", "line-height", "color")
_OF_TEXT = (*_FONT, "text-align")
_INHERITED = (*_OF_TEXT, "overflow-wrap", "direction")
_NOT_IN_OUTLOOK = ("overflow-wrap",)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ELEMENTS_WITH_DEFAULT: dict[str, frozenset[str]] = {
    "font-family": frozenset(["code", "font", "kbd", "pre", "samp", "tt"]),
    "font-size": frozenset([*_HEADINGS, "big", "code", "font", "kbd", "pre", "samp", "small", "sub", "sup", "tt"]),
    "line-height": frozenset(),
    # Word has colours of its own for headings.
    "color": frozenset(["a", "font", "mark", *_HEADINGS]),
    "text-align": frozenset(["caption", "center", "th"]),
    "overflow-wrap": frozenset(),
    "direction": frozenset(["bdi", "bdo"]),
}
"""The elements for which a mail app has a value of its own, so that they do not inherit it."""

_TABLES = ("table", "td", "th")
"""The elements in which Outlook for Windows begins again."""

_ABSOLUTE = re.compile(r"0|[\d.]++(?:px)?|#[0-9a-f]++|[a-z-]++|[^,\n]*+,[^\n]*+", re.IGNORECASE)
_CHANGING = frozenset([*_INHERITED, "font"])
_ATTRIBUTES = frozenset(["align", "dir"])
"""Properties and attributes that change what the elements in an element inherit."""
_NOT_INHERITED = ("inherit", "initial", "larger", "smaller", "bolder", "lighter", "unset", "revert")
_FOR_OUTLOOK = re.compile(r"\[if [^\]]*\bmso\b")
_START_TAG = re.compile(r"<[A-Za-z][^<>]*+(?<!/)>")

InheritedValues = dict[str, str | None]
"""What an element inherits, by property; None if nobody knows."""


class _InheritedStyle(NamedTuple):
    """What an element inherits: in a browser, in Outlook for Windows, and where important rules may change it."""

    in_browser: InheritedValues
    in_outlook: InheritedValues
    changed: Medias
    """The media queries in which an important rule may change what the element inherits, by property."""
    around: frozenset[str]
    """The classes of the elements around it."""


def inherit_text_style(root: etree._Element) -> None:
    """Write the most frequent style of text into the wrapper, and remove what elements inherit anyway."""
    wrapper = root.find("body/div")
    if wrapper is None:
        return
    usual = _usual(wrapper)
    everywhere = _declared_everywhere(wrapper, usual)
    usual = {name: value for name, value in usual.items() if name in everywhere}
    walk = _Walk(root, wrapper, usual)  # it reads the sheets without ours
    if usual:
        set_style(wrapper, style_of(wrapper) | usual)
        texts = [element for element in wrapper.iter("td", "a") if _has_all(element, usual)]
        for element in texts:
            element.set("class", " ".join([*element.get("class", "").split(), walk.name]))
        if texts:
            rule = {name: value for name, value in usual.items() if name in _FONT}
            etree.SubElement(next(root.iter("head")), "style").text = f".{walk.name}{{{write_style(rule)}}}"
    walk.visit(wrapper, walk.around(wrapper))


def _usual(wrapper: etree._Element) -> dict[str, str]:
    """Return the style that most cells of text have."""
    styles = (style_of(cell) for cell in wrapper.iter("td"))
    counts = Counter(tuple((name, style[name]) for name in _OF_TEXT) for style in styles if {*_OF_TEXT} <= {*style})
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
    fonts = {*_FONT} & usual.keys()
    return fonts <= style.keys() and style.get("font-family") == usual.get("font-family")


class _Walk:
    """Removes from elements what they inherit."""

    def __init__(self, root: etree._Element, wrapper: etree._Element, usual: dict[str, str]) -> None:
        self.name = free_class(root, "text")
        self._usual = usual
        sheets = tuple(rules_of_page(root))
        self._own = _own_values(sheets)
        self._important = important_rules(sheets, _INHERITED)
        self._certain = self._important.certain(root)
        directions = {_direction_of(element) for element in (wrapper, *wrapper.iterancestors())} - {None}
        # Nobody knows which direction Outlook gives to tables in a page that is written from right to left.
        self._direction = "ltr" if directions == {"ltr"} else None

    def around(self, wrapper: etree._Element) -> _InheritedStyle:
        """Return what the wrapper inherits."""
        values: InheritedValues = dict.fromkeys(_INHERITED)
        changed: Medias = dict.fromkeys(_INHERITED, frozenset())
        around: frozenset[str] = frozenset()
        for element in reversed(list(wrapper.iterancestors())):
            values |= {name: value for name in _INHERITED if (value := style_of(element).get(name))}
            around |= classes_of(element)
            changed = _joined(changed, self._important.possible(str(element.tag), classes_of(element), around))
        return _InheritedStyle(values, dict.fromkeys(_INHERITED), changed, around)

    def visit(self, element: etree._Element, inherited: _InheritedStyle) -> None:
        """Change an element and all in it."""
        tag, own_classes = str(element.tag), classes_of(element)
        if not own_classes <= inherited.around:
            inherited = inherited._replace(around=inherited.around | own_classes)
        possible = self._important.possible(tag, own_classes, inherited.around)
        says_nothing = _CHANGING.isdisjoint(style_of(element)) and _ATTRIBUTES.isdisjoint(element.attrib)
        if not says_nothing or tag in _TABLES or self._own.get(tag, self._own["*"]):
            inherited = self._change(element, inherited)
        if len(element):
            if any(not medias <= inherited.changed[name] for name, medias in possible.items()):
                inherited = inherited._replace(changed=_joined(inherited.changed, possible))
            self._visit_children(element, inherited)

    def _change(self, element: etree._Element, inherited: _InheritedStyle) -> _InheritedStyle:
        """Remove from an element what it inherits, and return what the elements in it inherit."""
        style, tag = style_of(element), str(element.tag)
        values, certain = dict(inherited.in_browser), self._certain.get(element, {})
        outlook = self._in_outlook(element, inherited.in_outlook)
        changed = dict(inherited.changed)
        if "dir" in element.attrib:
            values["direction"] = element.get("dir")
        if tag != "table" and "align" in element.attrib and "text-align" not in style:
            values["text-align"] = outlook["text-align"] = self._aligned(element, values, outlook, changed)
        if "font" in style:
            values |= dict.fromkeys(_FONT[:3])
        rest = dict(style)
        with_own = self._own.get(tag, self._own["*"])
        for name in [name for name in _INHERITED if name in style or name in with_own]:
            own = style.get(name)
            if name in with_own:
                values[name] = outlook[name] = None
            if name == "text-align" and "align" in element.attrib:  # without the style, the attribute counts
                values[name] = None
            if own is None:
                continue
            is_inherited = own == values[name] and (name in _NOT_IN_OUTLOOK or own == outlook[name])
            # If a rule changes what the element inherits, the same has to be true for the element itself.
            is_inherited = is_inherited and changed[name] <= certain.get(name, frozenset())
            if is_inherited and "font" not in style and tag != "img":  # a picture that is not loaded shows its words
                del rest[name]
                continue
            values[name] = outlook[name] = own if _is_absolute(own) else None
            changed[name] = frozenset()
        if len(rest) < len(style):
            set_style(element, rest)
        return _InheritedStyle(values, outlook, changed, inherited.around)

    def _visit_children(self, element: etree._Element, inherited: _InheritedStyle) -> None:
        in_ghost = inherited
        opened = 0  # elements that comments for Outlook have opened here; any other number than 0 is safe
        for child in element:
            if isinstance(child.tag, str):
                self.visit(child, in_ghost if opened else inherited)
            elif isinstance(child, etree._Comment) and _FOR_OUTLOOK.match(text := child.text or ""):
                opened += len(_START_TAG.findall(text)) - text.count("</")
                if in_ghost is inherited:
                    in_ghost = inherited._replace(in_outlook=self._reset_by_table(inherited.in_outlook))
                if "rtl" in text.lower():
                    in_ghost.in_outlook["direction"] = None

    def _in_outlook(self, element: etree._Element, inherited: InheritedValues) -> InheritedValues:
        """Return what an element inherits in Outlook for Windows, which begins again in each table and each cell."""
        style, tag = style_of(element), element.tag
        values = self._reset_by_table(inherited) if tag == "table" else dict(inherited)
        if "dir" in element.attrib:
            values["direction"] = element.get("dir")
        direction = style.get("direction", values["direction"])
        if tag in _TABLES:
            is_marked = self.name in element.get("class", "").split()
            values |= {name: self._usual.get(name) if is_marked else None for name in _FONT}
            # Text from right to left keeps its side: who does not know `direction` needs it.
            values["text-align"] = "left" if direction == "ltr" else None
        elif tag == "a" and self.name in element.get("class", "").split():
            values |= {name: self._usual.get(name) for name in _FONT}
        elif direction != inherited["direction"]:
            values["text-align"] = None
        return values

    def _reset_by_table(self, inherited: InheritedValues) -> InheritedValues:
        """Return what elements in a table inherit in Outlook: nothing but a direction that all around it has."""
        values: InheritedValues = dict.fromkeys(_INHERITED)
        if inherited["direction"] == self._direction:
            values["direction"] = self._direction
        return values

    def _aligned(
        self, element: etree._Element, values: InheritedValues, outlook: InheritedValues, changed: Medias
    ) -> str | None:
        """Return the side of text in an element with an `align` attribute, which is removed if it changes nothing."""
        start = "right" if values["direction"] == "rtl" else "left"
        sides = {element.get("align"), values["text-align"], outlook["text-align"]}
        if element.tag == "td" and sides == {start} and not changed["text-align"]:
            del element.attrib["align"]
            return start
        return None


def _joined(medias: Medias, others: Medias) -> Medias:
    """Return the media queries of both, by property."""
    return {**medias, **{name: medias[name] | more for name, more in others.items()}}


@lru_cache(maxsize=512)  # an email has few different values
def _is_absolute(value: str) -> bool:
    """Check whether a value is the same for an element and for those that inherit it."""
    return value not in _NOT_INHERITED and _ABSOLUTE.fullmatch(value) is not None


def _direction_of(element: etree._Element) -> str | None:
    return style_of(element).get("direction", element.get("dir"))


@lru_cache(maxsize=16)  # all pages of a layout have the same rules
def _own_values(sheets: tuple[StyleRule, ...]) -> Mapping[str, frozenset[str]]:
    """Return the properties that a tag does not inherit, also those that it has from a rule in the head.

    Tags that are not there have those of `*`.
    """
    own = dict(_ELEMENTS_WITH_DEFAULT)
    for rule in sheets:
        for name, (_, important) in declarations(rule.declarations).items():
            if name in own and not important:
                own[name] |= {keys[0] for keys in last_parts(rule)}
    tags = {"*"}.union(*own.values())
    return {tag: frozenset(name for name, names in own.items() if not names.isdisjoint((tag, "*"))) for tag in tags}

"""Find what each element inherits, in a browser and in Outlook for Windows, and remove it from its style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from lxml import etree

from newsletter.css.compact import read_style
from newsletter.css.parser import StyleRule, declarations
from newsletter.stages.slim.elements import free_class, set_style, style_of
from newsletter.stages.slim.important import Medias, classes_of, important_rules, last_parts, rules_of_page

FONT = ("font-family", "font-size", "line-height", "color")
OF_TEXT = (*FONT, "text-align")
"""The properties of the font, and with them those of text, that a wrapper can say for all."""

_INHERITED = (*OF_TEXT, "overflow-wrap", "direction")
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


@dataclass(frozen=True, eq=False)
class _InheritedStyle:
    """What an element inherits: in a browser, in Outlook for Windows, and where important rules may change it.

    Elements that inherit the same in the same way share one, so that each result is computed once.
    """

    in_browser: InheritedValues
    in_outlook: InheritedValues
    changed: Medias
    """The media queries in which an important rule may change what the element inherits, by property."""
    around: frozenset[str]
    """The classes of the elements around it, of those that important rules name."""


class _Kind(NamedTuple):
    """All that decides what an element changes in what it inherits."""

    tag: str
    style: str
    align: str | None
    direction: str | None
    """Its `dir`."""
    is_marked: bool
    """Whether it has the class of text."""
    certain: tuple[tuple[str, frozenset[str]], ...]
    """The media queries in which an important rule surely sets a property, by property."""


class _Change(NamedTuple):
    """What becomes of an element, and what the elements in it inherit."""

    style: Mapping[str, str] | None
    """Its new style; None if it stays."""
    drops_align: bool
    inside: _InheritedStyle


class InheritanceWalk:
    """Removes from elements what they inherit.

    `name` is a free class: cells that have it get the usual style also where nothing is inherited.
    """

    def __init__(self, root: etree._Element, wrapper: etree._Element, usual: dict[str, str]) -> None:
        """Read the rules of a page.

        Args:
            root: its html element.
            wrapper: the element around all of its words.
            usual: the style that the wrapper will have, and the rule for the class.
        """
        self.name = free_class(root, "text")
        self._usual = usual
        sheets = tuple(rules_of_page(root))
        self._own = _own_values(sheets)
        self._important = important_rules(sheets, _INHERITED)
        self._certain = {element: tuple(medias.items()) for element, medias in self._important.certain(root).items()}
        directions = {_direction_of(element) for element in (wrapper, *wrapper.iterancestors())} - {None}
        # Nobody knows which direction Outlook gives to tables in a page that is written from right to left.
        self._direction = "ltr" if directions == {"ltr"} else None
        # Articles have the same kinds of element again and again.
        self._among, self._with_rules = cache(self._compute_among), cache(self._compute_with_rules)
        self._in_ghost, self._change = cache(self._compute_in_ghost), cache(self._compute_change)

    def around(self, wrapper: etree._Element) -> _InheritedStyle:
        """Return what the wrapper inherits."""
        values: InheritedValues = dict.fromkeys(_INHERITED)
        changed: Medias = dict.fromkeys(_INHERITED, frozenset())
        around: frozenset[str] = frozenset()
        for element in reversed(list(wrapper.iterancestors())):
            values |= {name: value for name in _INHERITED if (value := style_of(element).get(name))}
            own = classes_of(element) & self._important.classes
            around |= own
            changed = _joined(changed, self._important.possible(str(element.tag), own, around))
        return _InheritedStyle(values, dict.fromkeys(_INHERITED), changed, around)

    def visit(self, element: etree._Element, inherited: _InheritedStyle) -> None:
        """Change an element and all in it."""
        tag, own_classes = str(element.tag), classes_of(element) & self._important.classes
        inherited = self._among(own_classes, inherited)
        style, attributes = element.get("style", ""), element.attrib
        says_nothing = _CHANGING.isdisjoint(read_style(style)) and _ATTRIBUTES.isdisjoint(attributes)
        if not says_nothing or tag in _TABLES or self._own.get(tag, self._own["*"]):
            is_marked = self.name in attributes.get("class", "").split()
            certain = self._certain.get(element, ())
            kind = _Kind(tag, style, attributes.get("align"), attributes.get("dir"), is_marked, certain)
            change = self._change(kind, inherited)
            if change.style is not None:
                set_style(element, change.style)
            if change.drops_align:
                del element.attrib["align"]
            inherited = change.inside
        if len(element):
            self._visit_children(element, self._with_rules(tag, own_classes, inherited))

    def _visit_children(self, element: etree._Element, inherited: _InheritedStyle) -> None:
        in_ghost, has_rtl = inherited, False
        opened = 0  # elements that comments for Outlook have opened here; any other number than 0 is safe
        for child in element:
            if isinstance(child.tag, str):
                self.visit(child, in_ghost if opened else inherited)
            elif isinstance(child, etree._Comment) and _FOR_OUTLOOK.match(text := child.text or ""):
                opened += len(_START_TAG.findall(text)) - text.count("</")
                has_rtl = has_rtl or "rtl" in text.lower()
                in_ghost = self._in_ghost(inherited, has_rtl)

    def _compute_among(self, classes: frozenset[str], inherited: _InheritedStyle) -> _InheritedStyle:
        """Add the classes of an element to those around the elements in it."""
        return inherited if classes <= inherited.around else replace(inherited, around=inherited.around | classes)

    def _compute_with_rules(self, tag: str, classes: frozenset[str], inherited: _InheritedStyle) -> _InheritedStyle:
        """Add the important rules for an element, whose changes the elements in it may inherit."""
        possible = self._important.possible(tag, classes, inherited.around)
        if all(medias <= inherited.changed[name] for name, medias in possible.items()):
            return inherited
        return replace(inherited, changed=_joined(inherited.changed, possible))

    def _compute_in_ghost(self, inherited: _InheritedStyle, has_rtl: bool) -> _InheritedStyle:
        """Return what elements inherit in a table that only Outlook has."""
        outlook = self._reset_by_table(inherited.in_outlook)
        return replace(inherited, in_outlook=outlook | {"direction": None} if has_rtl else outlook)

    def _compute_change(self, kind: _Kind, inherited: _InheritedStyle) -> _Change:
        """Remove from an element what it inherits."""
        style, tag = read_style(kind.style), kind.tag
        values, certain = dict(inherited.in_browser), dict(kind.certain)
        outlook = self._in_outlook(kind, inherited.in_outlook)
        changed = dict(inherited.changed)
        drops_align = False
        if kind.direction is not None:
            values["direction"] = kind.direction
        if tag != "table" and kind.align is not None and "text-align" not in style:
            start = "right" if values["direction"] == "rtl" else "left"
            sides = {kind.align, values["text-align"], outlook["text-align"]}
            drops_align = tag == "td" and sides == {start} and not changed["text-align"]
            values["text-align"] = outlook["text-align"] = start if drops_align else None
        if "font" in style:
            values |= dict.fromkeys(FONT[:3])
        rest = dict(style)
        with_own = self._own.get(tag, self._own["*"])
        for name in [name for name in _INHERITED if name in style or name in with_own]:
            own = style.get(name)
            if name in with_own:
                values[name] = outlook[name] = None
            if name == "text-align" and kind.align is not None and not drops_align:
                values[name] = None  # without the style, the attribute counts
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
        inside = _InheritedStyle(values, outlook, changed, inherited.around)
        return _Change(rest if len(rest) < len(style) else None, drops_align, inside)

    def _in_outlook(self, kind: _Kind, inherited: InheritedValues) -> InheritedValues:
        """Return what an element inherits in Outlook for Windows, which begins again in each table and each cell."""
        values = self._reset_by_table(inherited) if kind.tag == "table" else dict(inherited)
        if kind.direction is not None:
            values["direction"] = kind.direction
        direction = read_style(kind.style).get("direction", values["direction"])
        if kind.tag in _TABLES:
            values |= {name: self._usual.get(name) if kind.is_marked else None for name in FONT}
            # Text from right to left keeps its side: who does not know `direction` needs it.
            values["text-align"] = "left" if direction == "ltr" else None
        elif kind.tag == "a" and kind.is_marked:
            values |= {name: self._usual.get(name) for name in FONT}
        elif direction != inherited["direction"]:
            values["text-align"] = None
        return values

    def _reset_by_table(self, inherited: InheritedValues) -> InheritedValues:
        """Return what elements in a table inherit in Outlook: nothing but a direction that all around it has."""
        values: InheritedValues = dict.fromkeys(_INHERITED)
        if inherited["direction"] == self._direction:
            values["direction"] = self._direction
        return values


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

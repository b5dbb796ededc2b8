"""What an element looks like: its computed style, inherited from its parents as browsers do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsletter.css import colour
from newsletter.css.colour import Colour
from newsletter.css.parser import cascade

_KEYWORD_SIZES = {
    "xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32
}  # fmt: skip
_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0}
_HEADING_SIZES = {"h1": "2em", "h2": "1.5em", "h3": "1.17em", "h4": "1em", "h5": "0.83em", "h6": "0.67em"}
# What browsers do of themselves.
_DEFAULTS: dict[str, dict[str, str]] = {
    **{tag: {"font-size": size, "font-weight": "bold", "display": "block"} for tag, size in _HEADING_SIZES.items()},
    **{tag: {"font-weight": "bold"} for tag in ("b", "strong")},
    **{tag: {"font-style": "italic"} for tag in ("i", "em", "cite", "dfn", "var", "address")},
    **{tag: {"font-size": "0.83em"} for tag in ("small", "sub", "sup")},
    **{tag: {"text-decoration": "underline"} for tag in ("u", "ins")},
    **{tag: {"text-decoration": "line-through"} for tag in ("s", "del", "strike")},
    **{tag: {"display": "none"} for tag in ("head", "style", "script", "title", "meta", "link", "template")},
    **{tag: {"display": "block"} for tag in ("html", "body", "div", "p", "ul", "ol", "dl", "dt", "dd", "blockquote")},
    **{tag: {"display": tag} for tag in ("table",)},
    "li": {"display": "list-item"},
    "tr": {"display": "table-row"},
    "td": {"display": "table-cell"},
    "th": {"display": "table-cell", "font-weight": "bold", "text-align": "center"},
    "caption": {"display": "table-caption", "text-align": "center"},
    "center": {"display": "block", "text-align": "center"},
}
_OF_BOXES = ("padding", "margin", "border", "width", "height", "max-", "min-", "mso-", "vertical-align", "table-layout")
"""How the names of properties begin that change nothing of how words look; without them more elements are alike."""
_LINK = {"color": "#0000EE", "text-decoration": "underline"}
STYLING = ("bgcolor", "dir", "color", "align", "hidden", "href", "size", "face")
"""The attributes that style an element, besides `style`."""
_KEYWORDS = ("inherit", "initial", "unset", "revert", "currentcolor", "auto")
# HTML Living Standard, 15.3.4: what <font size> stands for.
_FONT_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "48px")
_IMAGE = re.compile(r"url\([^)]*\)|[\w-]*gradient\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
# What may stand in `background` beside a colour, or leaves it as the parent has it.
_NO_COLOUR = frozenset([
    "none", "transparent", "inherit", "initial", "unset", "revert", "auto", "top", "right", "bottom", "left", "center",
    "repeat", "repeat-x", "repeat-y", "no-repeat", "space", "round", "scroll", "fixed", "local", "cover", "contain",
    "border-box", "padding-box", "content-box",
])  # fmt: skip


SpecifiedValues = dict[str, str]
"""Values by property, in the order of the cascade."""


class ComputedStyle(NamedTuple):  # and no dataclass: made in their hundreds, these are made five times as fast
    """A computed style: sizes in CSS pixels, keywords in small letters; None for a colour that cannot be known."""

    color: Colour | None = (0, 0, 0)
    background: Colour | None = (255, 255, 255)
    """Of the element or of its nearest parent that has one."""
    background_image: str = ""
    """Of the element or the nearest parent, as long as no plain background lies over it."""
    font_size: float = 16
    font_weight: int = 400
    font_style: str = "normal"
    font_family: str = ""
    line_height: float = 1.2
    """As a multiple of the font size."""
    text_align: str = "start"
    text_transform: str = "none"
    underlined: bool = False
    """With the underlines of its parents, which CSS draws through it."""
    display: str = "inline"
    direction: str = "ltr"
    visible: bool = True

    @property
    def is_bold(self) -> bool:
        """Whether it is bold: 600 and more."""
        return self.font_weight >= 600

    @property
    def contrast(self) -> float | None:
        """The contrast of its text with its background, 1 to 21; None when a colour cannot be known."""
        return colour.ratio(self.color, self.background) if self.color and self.background else None

    @property
    def is_large(self) -> bool:
        """Whether WCAG takes it for large text: 24 px, or 18.66 px and bold."""
        return self.font_size >= 24 or (self.is_bold and self.font_size >= 18.66)


class StyleCache:
    """Computes the styles of one page's elements; those that look alike share one, which is computed once."""

    def __init__(self) -> None:
        self._first = ComputedStyle()
        self._read: dict[tuple[object, ...], SpecifiedValues] = {}
        self._told: dict[tuple[tuple[str, str], ...], SpecifiedValues] = {}
        self._made: dict[tuple[int, int], ComputedStyle] = {}
        self._alike: dict[ComputedStyle, ComputedStyle] = {}

    def style(
        self, tag: str, attributes: dict[str, str], sources: tuple[str, ...], parent: ComputedStyle | None
    ) -> ComputedStyle:
        """Give an element's style.

        Args:
            tag: the element's name.
            attributes: its attributes, some of which style it (bgcolor, align, dir, hidden).
            sources: the declarations that reach it, its own `style` last (see `stylesheet.cascade`).
            parent: its parent's style, from this same wardrobe; None for the root.
        """
        told, above = self._telling(tag, attributes, sources), parent or self._first
        # What is told and each style stay in here, so that their ids stay theirs.
        made = self._made.get((id(told), id(above)))
        if made is None:
            made = computed(told, above)
            made = self._made[id(told), id(above)] = self._alike.setdefault(made, made)
        return made

    def _telling(self, tag: str, attributes: dict[str, str], sources: tuple[str, ...]) -> SpecifiedValues:
        key = (tag, sources, *map(attributes.get, STYLING))
        told = self._read.get(key)
        if told is None:
            cascaded = cascade(*sources).items()
            of_words = {name: value for name, (value, _) in cascaded if not name.startswith(_OF_BOXES)}
            told = {**_attributes(tag, attributes), **of_words}
            told = self._read[key] = self._told.setdefault(tuple(told.items()), told)
        return told


def computed(told: SpecifiedValues, parent: ComputedStyle) -> ComputedStyle:
    """Compute an element's style from what is told of it and its parent's style."""
    size = _size(told.get("font-size", ""), parent.font_size)
    background, image = _background(told, parent)
    decoration = told.get("text-decoration", told.get("text-decoration-line", ""))
    direction = _keyword(told, "direction", parent.direction)
    return ComputedStyle(
        color=_colour(told.get("color", ""), parent.color),
        background=background,
        background_image=image,
        font_size=size,
        font_weight=_weight(told.get("font-weight", ""), parent.font_weight),
        font_style=_keyword(told, "font-style", parent.font_style),
        font_family=told.get("font-family", parent.font_family),
        line_height=_line_height(told.get("line-height", ""), size, parent),
        text_align=_keyword(told, "text-align", parent.text_align),
        text_transform=_keyword(told, "text-transform", parent.text_transform),
        # A line of the parent's is drawn under its children, unless they are boxes of their own.
        underlined="underline" in decoration or (parent.underlined and not _is_box(told)),
        display=_keyword(told, "display", "inline"),
        direction=direction,
        visible=parent.visible and told.get("display") != "none" and told.get("visibility") != "hidden",
    )


def _attributes(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    told = dict(_DEFAULTS.get(tag, {}))
    if tag == "a" and "href" in attributes:
        told |= _LINK
    for attribute, name in (("bgcolor", "background-color"), ("dir", "direction"), ("color", "color")):
        if value := attributes.get(attribute):
            told[name] = value
    if tag == "font":
        told |= _font(attributes)
    if tag not in ("table", "img") and (align := attributes.get("align")):
        told["text-align"] = align  # of a table or picture, it says where that stands
    if "hidden" in attributes:
        told["display"] = "none"
    return told


def _font(attributes: dict[str, str]) -> dict[str, str]:
    told = {"font-family": attributes["face"]} if attributes.get("face") else {}
    if found := re.match(r"\s*([+-]?)(\d+)", attributes.get("size", "")):
        step = int(found[1] + found[2]) + (3 if found[1] else 0)  # +1 is one more than the usual 3
        told["font-size"] = _FONT_SIZES[min(max(step, 1), 7) - 1]
    return told


def _is_box(told: SpecifiedValues) -> bool:
    return told.get("display", "") in ("inline-block", "table", "inline-table")


def _keyword(told: SpecifiedValues, name: str, inherited: str) -> str:
    value = told.get(name, "").lower()
    return value if value and value not in _KEYWORDS else inherited


def _colour(written: str, inherited: Colour | None) -> Colour | None:
    return colour.parse(written) if written and written.lower() not in _KEYWORDS else inherited


def _background(told: SpecifiedValues, parent: ComputedStyle) -> tuple[Colour | None, str]:
    colours: list[Colour | None] = []
    image = ""
    for name, value in told.items():  # in the order of the cascade
        if name not in ("background", "background-color", "background-image"):
            continue
        if name != "background-color":
            image = found[0] if (found := _IMAGE.search(value)) else ""
        if name != "background-image":
            written = colour.colour_tokens(_IMAGE.sub("", value))
            colours = [colour.parse(piece) for piece in written if piece.lower() not in _NO_COLOUR][:1]
    return colours[0] if colours else parent.background, image or ("" if colours else parent.background_image)


@lru_cache(maxsize=1_000)
def _size(written: str, inherited: float) -> float:
    found = re.fullmatch(r"([\d.]+)\s*([a-z%]*)", written.strip().lower())
    if not found:
        relative = {"smaller": inherited / 1.2, "larger": inherited * 1.2}
        return relative.get(written, float(_KEYWORD_SIZES.get(written, 0)) or inherited)
    number, unit = float(found[1]), found[2]
    if unit in ("em", "%"):
        return inherited * (number if unit == "em" else number / 100)
    return number * _UNITS.get(unit, 1.0)


def _line_height(written: str, size: float, parent: ComputedStyle) -> float:
    if not written or written in _KEYWORDS:
        return parent.line_height
    if written == "normal":
        return 1.2
    if re.fullmatch(r"[\d.]+", written.strip()):
        return float(written)
    return _size(written, size) / size if size else 0.0


def _weight(written: str, inherited: int) -> int:
    named = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 400}
    return named.get(written, int(written) if written.isdigit() else inherited)

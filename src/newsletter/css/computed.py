"""Computes the style of an element from its declarations and its parent's style, as browsers do."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from newsletter.css import colour
from newsletter.css.colour import Rgb
from newsletter.css.parser import cascade, declarations, rules
from newsletter.css.selectors import each_selector

_KEYWORD_SIZES = {
    "xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32
}  # fmt: skip
_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0}
_BOX_PROPERTIES = (
    "padding", "margin", "border", "width", "height", "max-", "min-", "mso-", "vertical-align", "table-layout"
)  # fmt: skip
"""Prefixes of properties that do not change how text looks. Without these properties more elements are equal."""
STYLING = ("bgcolor", "dir", "color", "align", "hidden", "href", "size", "face")
"""The attributes that style an element, besides `style`."""
_NUMBER = r"\d+\.?\d*|\.\d+"
_KEYWORDS = ("inherit", "initial", "unset", "revert", "currentcolor", "auto")
# HTML Living Standard, 15.3.4: the sizes of <font size="1"> to <font size="7">.
_FONT_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "48px")
_IMAGE = re.compile(r"url\([^)]*(?:\)|\Z)|(?<![\w-])[\w-]*gradient\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
# Words in `background` that are no colour, or that keep the parent's.
_NO_COLOUR = frozenset([
    "none", "transparent", "inherit", "initial", "unset", "revert", "auto", "top", "right", "bottom", "left", "center",
    "repeat", "repeat-x", "repeat-y", "no-repeat", "space", "round", "scroll", "fixed", "local", "cover", "contain",
    "border-box", "padding-box", "content-box",
])  # fmt: skip


SpecifiedValues = dict[str, str]
"""Values by property, in the order of the cascade."""


class ComputedStyle(NamedTuple):  # not a dataclass: a page needs hundreds, and these are five times as fast to create
    """A computed style: sizes in CSS pixels, keywords in lower case. A colour is None if it cannot be known."""

    color: Rgb | None = (0, 0, 0)
    background: Rgb | None = (255, 255, 255)
    """Of the element, or of its nearest ancestor that has one."""
    background_image: str = ""
    """Of the element, or of its nearest ancestor, unless a plain background covers it."""
    font_size: float = 16
    font_weight: int = 400
    font_style: str = "normal"
    font_family: str = ""
    line_height: float = 1.2
    """As a multiple of the font size."""
    text_align: str = "start"
    text_transform: str = "none"
    underlined: bool = False
    """Whether it or an ancestor is underlined: CSS draws an ancestor's line through it, too."""
    display: str = "inline"
    direction: str = "ltr"
    visible: bool = True

    @property
    def is_bold(self) -> bool:
        """Whether it is bold: a weight of 600 or more."""
        return self.font_weight >= 600

    @property
    def contrast(self) -> float | None:
        """The contrast ratio of its text and its background, 1 to 21; None if a colour cannot be known."""
        return colour.ratio(self.color, self.background) if self.color and self.background else None

    @property
    def is_large(self) -> bool:
        """Whether it is large text for WCAG: 24 px, or 18.66 px and bold."""
        return self.font_size >= 24 or (self.is_bold and self.font_size >= 18.66)


_ROOT_PARENT = ComputedStyle()


def element_style(
    tag: str, attributes: dict[str, str], sources: tuple[str, ...], parent: ComputedStyle | None
) -> ComputedStyle:
    """Return an element's style. Elements with equal values and equal parent styles share one.

    Args:
        tag: the element's name.
        attributes: its attributes. Some of them style it (see `STYLING`).
        sources: the declarations that match it, its own `style` last (see `parser.cascade`).
        parent: its parent's style; None for the root.
    """
    styling = tuple((name, attributes[name]) for name in STYLING if name in attributes)
    return _shared_style(tag, styling, sources, parent or _ROOT_PARENT)


# Nearly all elements look the same in Outlook, in each edition and in the next issue.
@lru_cache(maxsize=5_000)
def _shared_style(
    tag: str, styling: tuple[tuple[str, str], ...], sources: tuple[str, ...], above: ComputedStyle
) -> ComputedStyle:
    return compute_style(_specified_values(tag, dict(styling), sources), above)


def _specified_values(tag: str, attributes: dict[str, str], sources: tuple[str, ...]) -> SpecifiedValues:
    cascaded = cascade(*sources).items()
    values = {name: value for name, (value, _) in cascaded if not name.startswith(_BOX_PROPERTIES)}
    return {**_presentational_hints(tag, attributes), **values}


def compute_style(specified: SpecifiedValues, parent: ComputedStyle) -> ComputedStyle:
    """Return an element's style, computed from its specified values and its parent's style."""
    size = _size(specified.get("font-size", ""), parent.font_size)
    background, image = _background(specified, parent)
    decoration = specified.get("text-decoration", specified.get("text-decoration-line", ""))
    return ComputedStyle(
        color=_colour(specified.get("color", ""), parent.color),
        background=background,
        background_image=image,
        font_size=size,
        font_weight=_weight(specified.get("font-weight", ""), parent.font_weight),
        font_style=_keyword(specified, "font-style", parent.font_style),
        font_family=specified.get("font-family", parent.font_family),
        line_height=_line_height(specified.get("line-height", ""), size, parent),
        text_align=_keyword(specified, "text-align", parent.text_align),
        text_transform=_keyword(specified, "text-transform", parent.text_transform),
        # A line of the parent is drawn under its children too, unless they are boxes of their own.
        underlined="underline" in decoration or (parent.underlined and not _is_box(specified)),
        display=_keyword(specified, "display", "inline"),
        direction=_keyword(specified, "direction", parent.direction),
        visible=parent.visible and specified.get("display") != "none" and specified.get("visibility") != "hidden",
    )


@cache
def _user_agent_styles() -> dict[str, SpecifiedValues]:
    """Read what browsers do by default, by the tag; `a:link` is a link with an address."""
    styles: defaultdict[str, SpecifiedValues] = defaultdict(dict)
    for rule in rules(Path(__file__).with_name("user_agent.css").read_text("utf-8")):
        values = {name: value for name, (value, _) in declarations(rule.declarations).items()}
        for selector in each_selector(rule.selectors):
            styles[selector] |= values
    return dict(styles)


def _presentational_hints(tag: str, attributes: dict[str, str]) -> SpecifiedValues:
    """Return the values that an element has by its name and its attributes, before any style sheet."""
    selector = "a:link" if tag == "a" and "href" in attributes else tag
    values = dict(_user_agent_styles().get(selector, {}))
    for attribute, name in (("bgcolor", "background-color"), ("dir", "direction"), ("color", "color")):
        if value := attributes.get(attribute):
            values[name] = value
    if tag == "font":
        values |= _font(attributes)
    if tag not in ("table", "img") and (align := attributes.get("align")):
        values["text-align"] = align  # of a table or an image, it is the position
    if "hidden" in attributes:
        values["display"] = "none"
    return values


def _font(attributes: dict[str, str]) -> SpecifiedValues:
    values = {"font-family": attributes["face"]} if attributes.get("face") else {}
    if match := re.match(r"\s*([+-]?)([0-9]{1,9})", attributes.get("size", "")):
        step = int(match[1] + match[2]) + (3 if match[1] else 0)  # +1 is one more than the default of 3
        values["font-size"] = _FONT_SIZES[min(max(step, 1), 7) - 1]
    return values


def _is_box(specified: SpecifiedValues) -> bool:
    return specified.get("display", "") in ("inline-block", "table", "inline-table")


def _keyword(specified: SpecifiedValues, name: str, inherited: str) -> str:
    value = specified.get(name, "").lower()
    return value if value and value not in _KEYWORDS else inherited


def _colour(value: str, inherited: Rgb | None) -> Rgb | None:
    return colour.parse_colour(value) if value and value.lower() not in _KEYWORDS else inherited


def _background(specified: SpecifiedValues, parent: ComputedStyle) -> tuple[Rgb | None, str]:
    colours: list[Rgb | None] = []
    image = ""
    for name, value in specified.items():  # in the order of the cascade
        if name not in ("background", "background-color", "background-image"):
            continue
        if name != "background-color":
            image = match[0] if (match := _IMAGE.search(value)) else ""
        if name != "background-image":
            tokens = colour.colour_tokens(_IMAGE.sub("", value))
            colours = [colour.parse_colour(token) for token in tokens if token.lower() not in _NO_COLOUR][:1]
    return colours[0] if colours else parent.background, image or ("" if colours else parent.background_image)


@lru_cache(maxsize=1_000)
def _size(value: str, inherited: float) -> float:
    match = re.fullmatch(rf"({_NUMBER})\s*([a-z%]*)", value.strip().lower())
    if not match:
        relative = {"smaller": inherited / 1.2, "larger": inherited * 1.2}
        return relative.get(value, float(_KEYWORD_SIZES.get(value, 0)) or inherited)
    number, unit = float(match[1]), match[2]
    if unit in ("em", "%"):
        return inherited * (number if unit == "em" else number / 100)
    return number * _UNITS.get(unit, 1.0)


def _line_height(value: str, size: float, parent: ComputedStyle) -> float:
    if not value or value in _KEYWORDS:
        return parent.line_height
    if value == "normal":
        return 1.2
    if re.fullmatch(_NUMBER, value.strip()):
        return float(value)
    return _size(value, size) / size if size else 0.0


def _weight(value: str, inherited: int) -> int:
    # CSS Fonts 4, 2.2.1: what is lighter than normal is thin, and what is lighter than bold is normal.
    lighter = 100 if inherited < 550 else 400 if inherited < 750 else 700
    weights = {"normal": 400, "bold": 700, "bolder": 700, "lighter": lighter}
    return weights.get(value, int(value) if re.fullmatch("[0-9]{1,4}", value) else inherited)

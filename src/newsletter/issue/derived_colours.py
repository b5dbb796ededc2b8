"""Derive the colours that a brand leaves out from its one brand colour, light and dark.

Everything has the hue of the brand. Words have a contrast of 7:1 with each background that they can be on, edges 3:1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from newsletter.css.colour import Rgb, inverted_lightness, ratio
from newsletter.css.oklch import Oklch, nearest_colour, to_oklch, to_srgb

LEAST_CONTRAST = 7
"""The lowest contrast of words and their background (WCAG 2.2, 1.4.6)."""

LEAST_EDGE = 3
"""The lowest contrast of shapes that mean something: bars, and edges of buttons (WCAG 2.2, 1.4.11)."""

BACKGROUNDS = ("page", "card", "panel", "warning")
"""The roles of what can be behind most words."""

DRAWN_ON = ("card", "panel")
"""The roles of what can be behind figures, bars and buttons."""

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)

# What words keep if a mail app inverts the colours by itself (the rule `forced-inversion`).
_LEAST_INVERTED = 4.5

# Lightness, and the most chroma that is left of the brand's.
_LIGHT = {
    "page": (0.965, 0.01),
    "card": (1.0, 0.0),
    "panel": (0.945, 0.02),
    "text": (0.25, 0.02),
    "quiet": (0.38, 0.025),
}
_DARK = {
    "page": (0.18, 0.015),
    "card": (0.23, 0.02),
    "panel": (0.29, 0.025),
    "text": (0.955, 0.01),
    "quiet": (0.85, 0.02),
}
_LINE = (0.7, 0.02)

# Amber, whatever the brand's hue is.
_WARNING_LIGHT, _WARNING_DARK = Oklch(0.957, 0.04, 84), Oklch(0.3, 0.045, 84)

# Links of a dark palette are this light or lighter, and no more colourful.
_DARK_LINK = (0.85, 0.12)
# The band at the top of a dark palette is no lighter, so that it does not dazzle.
_DARK_BAND = 0.34
# From here on, a colour is bright; white words cannot be read on it.
_BRIGHT = 0.7
# Dark yellow is olive or brown, and nobody takes it for the brand's colour. Black words go with yellow instead.
_YELLOW = range(70, 126)
_NEARLY_GREY = 0.03
# Light red is salmon pink, and light brown is peach. So these hues are as dark as white words need, in both modes.
_RED_HUES = frozenset([*range(345, 361), *range(65)])
# A red button of a dark palette is no darker. Its edge, which can be seen on a dark card, has the colour of its words.
_DARK_RED = 0.42


class CardColours(NamedTuple):
    """The parts whose background is that of the card, because they have no colour of their own."""

    masthead: bool = False
    panel: bool = False
    button: bool = False


def derive_light(own: Mapping[str, Rgb], plain: CardColours) -> dict[str, Rgb]:
    """Return all colours of a light palette.

    Args:
        own: the colours that the editor chose, by their roles. They stay as they are. “brand” is one of them.
        plain: the parts without a colour of their own.
    """
    brand = own["brand"]
    colours = dict(own)
    _add_backgrounds(colours, brand, {}, plain, is_dark=_are_dark(own, default=False))
    words = _readable_on(colours, BACKGROUNDS)
    colours.setdefault("link", _emphasis(brand, words))
    colours.setdefault("strong", _emphasis(brand, _readable_on(colours, DRAWN_ON)))
    for surface in ("masthead", "button"):
        colours.setdefault(surface, _surface(brand, own.get("on_brand")))
    colours.setdefault("accent", _accent(brand))
    # The title on a white band has the brand's colour.
    is_white = to_oklch(colours["masthead"]).lightness > _BRIGHT and "masthead" in own and "on_brand" not in own
    if is_white or plain.masthead:
        colours.setdefault("on_masthead", _emphasis(brand, _readable_on(colours, ["masthead"])))
    if plain.button and "button" not in own:
        colours.setdefault("on_button", _emphasis(brand, _readable_on(colours, DRAWN_ON)))
    return _with_words_on_surfaces(colours, own)


def derive_dark(own: Mapping[str, Rgb], light: Mapping[str, Rgb], plain: CardColours) -> dict[str, Rgb]:
    """Return all colours of a dark palette.

    Args:
        own: the colours that the editor chose for dark mode.
        light: the colours that the editor chose for light mode. A dark colour has the hue of the light one.
        plain: the parts without a colour of their own.
    """
    brand = own.get("brand", light["brand"])
    colours = {"brand": brand, **own}
    _add_backgrounds(colours, brand, light, plain, is_dark=_are_dark(own, default=True))
    words = _readable_on(colours, BACKGROUNDS)
    colours.setdefault("link", nearest_colour(_glowing(light.get("link", brand)), words) or WHITE)
    for role in ("strong", "button"):
        if role == "button" and role not in colours and _is_red(model := light.get(role, brand)):
            colours[role] = _surface(_lifted(model), own.get("on_brand"))
        start = _glowing(light[role]) if role in light else colours["link"]
        colours.setdefault(role, nearest_colour(start, words) or start)
    model = own.get("brand", light.get("masthead", brand))
    is_bright = plain.masthead or ("brand" not in own and to_oklch(model).lightness > _BRIGHT)
    if "masthead" not in colours:
        colours["masthead"] = colours["card"] if is_bright else _surface(_dim(model, own), own.get("on_brand"))
    if is_bright and "on_brand" not in own:
        is_coloured = plain.masthead or to_oklch(model).chroma > _NEARLY_GREY
        title = colours["link"] if is_coloured else colours["text"]
        if ratio(title, colours["masthead"]) >= LEAST_CONTRAST:
            colours.setdefault("on_masthead", title)
    if plain.button and "button" not in own:
        colours.setdefault("on_button", colours["link"])
    if "on_button" not in colours and ratio(colours["page"], colours["button"]) >= LEAST_CONTRAST:
        colours["on_button"] = colours["page"]
    colours.setdefault("accent", light.get("accent") or (colours["link"] if is_bright else _accent(brand)))
    return _with_words_on_surfaces(colours, own)


def button_edge(colours: Mapping[str, Rgb]) -> Rgb:
    """Return the colour of the line around a button: its own, or that of its words if its own can hardly be seen."""
    button = colours["button"]
    return button if all(ratio(button, colours[role]) >= LEAST_EDGE for role in DRAWN_ON) else colours["on_button"]


def _are_dark(own: Mapping[str, Rgb], default: bool) -> bool:
    """Check whether the backgrounds that the editor chose are dark; `default` if there is none."""
    behind = next((own[role] for role in ("card", "page", "panel") if role in own), None)
    return default if behind is None else ratio(behind, WHITE) > ratio(behind, BLACK)


def _add_backgrounds(
    colours: dict[str, Rgb], brand: Rgb, models: Mapping[str, Rgb], plain: CardColours, *, is_dark: bool
) -> None:
    """Add the backgrounds that are missing, and the words and lines that are no more than grey on them."""
    colours.setdefault("warning", to_srgb(_WARNING_DARK if is_dark else _WARNING_LIGHT))
    tones = _DARK if is_dark else _LIGHT
    for role in ("page", "card"):
        colours.setdefault(role, _tone(models.get(role, brand), *tones[role]))
    for role, is_plain in plain._asdict().items():
        if is_plain:
            colours.setdefault(role, colours["card"])
    colours.setdefault("panel", _tone(models.get("panel", brand), *tones["panel"]))
    for role in ("text", "quiet"):
        start = _tone(models.get(role, brand), *tones[role])
        colours.setdefault(role, nearest_colour(start, _readable_on(colours, BACKGROUNDS)) or start)
    start = _tone(models.get("line", brand), *_LINE)
    edge = nearest_colour(
        start, lambda colour: all(ratio(colour, colours[role]) >= LEAST_EDGE for role in ("page", *DRAWN_ON))
    )
    colours.setdefault("line", edge or start)


def _readable_on(colours: Mapping[str, Rgb], roles: Iterable[str]) -> Callable[[Rgb], bool]:
    """Return a test that words pass if they can be read on these backgrounds, inverted colours included."""
    behind = [colours[role] for role in roles]
    return lambda words: all(_can_be_read(words, each) for each in behind)


def _can_be_read(words: Rgb, background: Rgb) -> bool:
    inverted = ratio(inverted_lightness(words), inverted_lightness(background))
    return ratio(words, background) >= LEAST_CONTRAST and inverted >= _LEAST_INVERTED


def _tone(model: Rgb, lightness: float, most_chroma: float) -> Rgb:
    base = to_oklch(model)
    return to_srgb(Oklch(lightness, min(base.chroma, most_chroma), base.hue))


def _ink(brand: Rgb) -> Rgb:
    return _tone(brand, 0.2, 0.02)


def _emphasis(brand: Rgb, is_enough: Callable[[Rgb], bool]) -> Rgb:
    """Return a colour for links or figures: the brand's, darker if it must be; black instead of a dark yellow."""
    base = to_oklch(brand)
    is_yellow = base.lightness > _BRIGHT and base.chroma > _NEARLY_GREY and round(base.hue) in _YELLOW
    start = _ink(brand) if is_yellow else brand
    return nearest_colour(start, is_enough) or start


def _glowing(model: Rgb) -> Rgb:
    lightness, most_chroma = _DARK_LINK
    base = to_oklch(model)
    return to_srgb(Oklch(max(base.lightness, lightness), min(base.chroma, most_chroma), base.hue))


def _is_red(colour: Rgb) -> bool:
    """Check whether a colour is a red or a brown that is not light itself."""
    base = to_oklch(colour)
    return base.lightness <= _BRIGHT and base.chroma > _NEARLY_GREY and round(base.hue) in _RED_HUES


def _lifted(red: Rgb) -> Rgb:
    base = to_oklch(red)
    return to_srgb(Oklch(max(base.lightness, _DARK_RED), base.chroma, base.hue))


def _dim(model: Rgb, own: Mapping[str, Rgb]) -> Rgb:
    """Return the band of a dark palette: not lighter than `_DARK_BAND`, unless the editor chose it for dark mode."""
    base = to_oklch(model)
    is_kept = "brand" in own or base.lightness <= _DARK_BAND
    return model if is_kept else to_srgb(Oklch(_DARK_BAND, base.chroma, base.hue))


def _surface(start: Rgb, words: Rgb | None) -> Rgb:
    """Return the nearest colour on which white words, black ones except on red, or those of the editor can be read."""
    options = [words] if words else [WHITE] if _is_red(start) else [WHITE, _ink(start)]
    return nearest_colour(start, lambda colour: any(_can_be_read(option, colour) for option in options)) or start


def _accent(brand: Rgb) -> Rgb:
    base = to_oklch(brand)
    if base.lightness > _BRIGHT:
        return _ink(brand)
    chroma = base.chroma if base.chroma <= _NEARLY_GREY else min(max(base.chroma, 0.08), 0.14)
    return to_srgb(Oklch(0.78, chroma, base.hue))


def _with_words_on_surfaces(colours: dict[str, Rgb], own: Mapping[str, Rgb]) -> dict[str, Rgb]:
    """Add the words on the band and on buttons: “on_brand” if it can be read there, otherwise white or black."""
    for surface in ("brand", "masthead", "button"):
        behind = colours[surface]
        options = [own["on_brand"]] if "on_brand" in own else []
        options += [WHITE, _ink(behind)]
        readable = [option for option in options if ratio(option, behind) >= LEAST_CONTRAST]
        best = max(WHITE, BLACK, key=lambda option: ratio(option, behind))
        colours.setdefault(f"on_{surface}", readable[0] if readable else best)
    return colours

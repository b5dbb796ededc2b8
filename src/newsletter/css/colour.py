"""Colours, and their contrast as WCAG 2.2 defines it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

from __future__ import annotations

import colorsys
import re
from functools import cache, lru_cache

from tinycss2 import color4

Rgb = tuple[int, int, int]

_PIECE = re.compile(r"(?<![\w.#%-])(?:[a-zA-Z-]+\((?:[^()]|\([^()]*\))*\)|#\w+|[a-zA-Z][\w-]*)")


@lru_cache(maxsize=1_000)
def parse_colour(value: str) -> Rgb | None:
    """Read an opaque colour as CSS Color 4 defines it, such as `#RGB`, `rgb()`, `hsl()` or a name.

    Six hexadecimal digits without `#` are a colour, too, as in HTML's `bgcolor`.

    Returns:
        Red, green and blue, 0 to 255. None if the text is no colour, or if the colour is outside sRGB or transparent.
    """
    text = value.strip()
    colour = color4.parse_color(f"#{text}" if re.fullmatch(r"[0-9a-fA-F]{6}", text) else text)
    if colour is None or isinstance(colour, str) or colour.alpha < 1:
        return None
    try:
        red, green, blue = (min(255, max(0, round(part * 255))) for part in colour.to("srgb").coordinates)
    # Such as device-cmyk(), a part that is `none`, or 1e999.
    except (NotImplementedError, TypeError, ArithmeticError, ValueError):
        return None
    return red, green, blue


def colour_tokens(value: str) -> list[str]:
    """Return the words, functions and #-values of a shorthand such as `1px solid #B9C7C6`: one may be its colour."""
    return _PIECE.findall(value)


@lru_cache(maxsize=10_000)
def luminance(colour: Rgb) -> float:
    """Return the relative luminance, 0 for black to 1 for white."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    first, second = luminance(one), luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def to_hex(colour: Rgb) -> str:
    """Write a colour as #RRGGBB."""
    return "#{:02X}{:02X}{:02X}".format(*colour)


@cache
def inverted_lightness(colour: Rgb) -> Rgb:
    """Return the colour of the same hue whose lightness (HSL) is inverted, as forced dark modes do."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, 1 - lightness, saturation))
    return red, green, blue

"""Contrast as WCAG 2.2 defines it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

from __future__ import annotations

import colorsys
import re
from functools import cache, lru_cache

from tinycss2 import color4

Colour = tuple[int, int, int]

_PIECE = re.compile(r"(?<![\w.#%-])(?:[a-zA-Z-]+\((?:[^()]|\([^()]*\))*\)|#\w+|[a-zA-Z][\w-]*)")


@lru_cache(maxsize=1_000)
def parse(written: str) -> Colour | None:
    """Read an opaque colour as CSS Color 4 defines it, such as `#RGB`, `rgb()`, `hsl()` or a name.

    Six hexadecimal digits without the sign count, too, as in HTML's `bgcolor`.

    Returns:
        Red, green and blue, 0 to 255; None for what is no colour, is outside sRGB, or lets the background through.
    """
    text = written.strip()
    colour = color4.parse_color(f"#{text}" if re.fullmatch(r"[0-9a-fA-F]{6}", text) else text)
    if colour is None or isinstance(colour, str) or colour.alpha < 1:
        return None
    try:
        red, green, blue = (min(255, max(0, round(part * 255))) for part in colour.to("srgb").coordinates)
    except (NotImplementedError, TypeError):  # such as device-cmyk(), or a part that is `none`
        return None
    return red, green, blue


def colour_tokens(value: str) -> list[str]:
    """Give the words, functions and #-values of a shorthand such as `1px solid #B9C7C6`: one may be its colour."""
    return _PIECE.findall(value)


@lru_cache(maxsize=10_000)
def luminance(of: Colour) -> float:
    """Give the relative luminance, 0 for black to 1 for white."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in of
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours, 1 to 21."""
    first, second = luminance(one), luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def to_hex(of: Colour) -> str:
    """Write a colour as #RRGGBB."""
    return "#{:02X}{:02X}{:02X}".format(*of)


@cache
def inverted_lightness(of: Colour) -> Colour:
    """Give the colour of the same hue that is as dark as this one is light (HSL), as forced dark modes do."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in of))
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, 1 - lightness, saturation))
    return red, green, blue

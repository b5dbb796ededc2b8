"""Contrast as WCAG 2.2 defines it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

from __future__ import annotations

import colorsys
import re
from functools import cache, lru_cache

Colour = tuple[int, int, int]

_NAMES = {
    **{"black": "000000", "silver": "c0c0c0", "gray": "808080", "grey": "808080", "white": "ffffff"},
    **{"maroon": "800000", "red": "ff0000", "purple": "800080", "fuchsia": "ff00ff", "magenta": "ff00ff"},
    **{"green": "008000", "lime": "00ff00", "olive": "808000", "yellow": "ffff00", "navy": "000080"},
    **{"blue": "0000ff", "teal": "008080", "aqua": "00ffff", "cyan": "00ffff", "orange": "ffa500"},
    **{"darkgray": "a9a9a9", "darkgrey": "a9a9a9", "lightgray": "d3d3d3", "lightgrey": "d3d3d3"},
}


# Commas or spaces between the parts; an opacity at the end, as long as it is full.
_FUNCTION = re.compile(
    r"(rgb|hsl)a?\(\s*([\d.]+)(?:deg)?(%?)[\s,]+([\d.]+)(%?)[\s,]+([\d.]+)(%?)(?:\s*[,/]\s*(?:1(?:\.0*)?|100%))?\s*\)"
)
_PIECE = re.compile(r"(?<![\w.#%-])(?:[a-zA-Z-]+\((?:[^()]|\([^()]*\))*\)|#\w+|[a-zA-Z][\w-]*)")


@lru_cache(maxsize=1_000)
def parse(written: str) -> Colour | None:
    """Read a colour: #RRGGBB, #RGB, rgb(), hsl() or a common name; None for what is not one or lets through."""
    text = _NAMES.get(written.strip().lower(), written.strip().lower().removeprefix("#"))
    if re.fullmatch(r"[0-9a-f]{3}", text) and written.strip().startswith("#"):
        text = "".join(digit * 2 for digit in text)
    if re.fullmatch(r"[0-9a-f]{6}", text):
        return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)
    if found := _FUNCTION.fullmatch(text):
        first, second, third = (float(part) for part in found.group(2, 4, 6))
        if found[1] == "rgb":
            parts = zip((first, second, third), found.group(3, 5, 7), strict=True)
            red, green, blue = (min(255, round(part * (2.55 if percent else 1))) for part, percent in parts)
        else:
            shares = colorsys.hls_to_rgb(first / 360, min(third, 100) / 100, min(second, 100) / 100)
            red, green, blue = (round(share * 255) for share in shares)
        return red, green, blue
    return None


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

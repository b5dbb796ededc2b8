"""Colours in OKLCH, whose lightness is the one that people see. Only this module uses coloraide."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from newsletter.css.colour import Rgb, ratio


@dataclass(frozen=True)
class Oklch:
    """Lightness from 0 to 1, chroma from 0 (grey) to about 0.4, and hue in degrees."""

    lightness: float
    chroma: float
    hue: float


@lru_cache(maxsize=1_000)
def to_oklch(colour: Rgb) -> Oklch:
    """Return a colour in OKLCH. The hue of a grey is 0."""
    # Loading the library takes as long as building an email, and a palette that is written in full never needs it.
    from coloraide import Color  # noqa: PLC0415

    lightness, chroma, hue = Color("srgb", [part / 255 for part in colour]).convert("oklch").coords()
    return Oklch(lightness, chroma, 0 if math.isnan(hue) else hue)


@lru_cache(maxsize=10_000)
def to_srgb(colour: Oklch) -> Rgb:
    """Return the colour that a screen can show and that is nearest in OKLCH (CSS Color 4, gamut mapping)."""
    from coloraide import Color  # noqa: PLC0415 - as above

    mapped = Color("oklch", [colour.lightness, colour.chroma, colour.hue]).fit("srgb", method="raytrace")
    red, green, blue = (min(255, max(0, round(part * 255))) for part in mapped.convert("srgb").coords())
    return red, green, blue


def nearest_colour(start: Rgb, is_enough: Callable[[Rgb], bool]) -> Rgb | None:
    """Return the colour of the same hue and chroma whose lightness is nearest to the start and that is enough.

    Args:
        start: the colour to begin with. It is returned itself if it is enough.
        is_enough: the condition.

    Returns:
        The colour; None if there is none.
    """
    if is_enough(start):
        return start
    own = to_oklch(start)
    for step in sorted(range(101), key=lambda step: abs(step / 100 - own.lightness)):
        colour = to_srgb(Oklch(step / 100, own.chroma, own.hue))
        if is_enough(colour):
            return colour
    return None


def nearest_readable(words: Rgb, backgrounds: Iterable[Rgb], least: float) -> Rgb | None:
    """Return the colour of the same hue whose lightness is nearest and whose contrast with all backgrounds is enough.

    Args:
        words: the colour of the words.
        backgrounds: the colours behind them.
        least: the lowest contrast that is enough.

    Returns:
        The colour; None if there is none.
    """
    behind = list(backgrounds)
    return nearest_colour(words, lambda colour: all(ratio(colour, each) >= least for each in behind))

"""Contrast from the pixels of the screen, where a picture, a gradient or something see-through mixes the colours."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageChops

from newsletter.audit.browser import ScreenshotTile, is_mixed
from newsletter.css.colour import ratio

_FEW = 0.01  # of the pixels behind a text: a colour that covers less is an edge or a speck
_WIDTH = 300  # px
_STEP = 16  # of 255: shades nearer than this count as one


def measured(texts: Sequence[Mapping[str, Any]], tiles: Sequence[ScreenshotTile]) -> list[float | None]:
    """Measure the contrast of texts on the screen.

    Args:
        texts: as measure.js gives them.
        tiles: the pieces of the page in which those lie whose colours are mixed.

    Returns:
        For each text the contrast with the ground that suits it least; as computed from its colours where these are
        the ones on the screen, and None where it changes no pixel.
    """
    pictures = [(tile.top, _read(tile.with_words), _read(tile.without_words)) for tile in tiles]
    return [_of(text, pictures) for text in texts]


def _of(text: Mapping[str, Any], pictures: Sequence[tuple[int, Image.Image, Image.Image]]) -> float | None:
    if not is_mixed(text):
        return float(text["contrast"])
    box = text["box"]
    top, with_words, without = max((item for item in pictures if item[0] <= box["top"]), key=lambda item: item[0])
    area = tuple(map(round, (box["left"], box["top"] - top, box["right"], box["bottom"] - top)))
    words, ground = with_words.crop(area), without.crop(area)
    ink = _ink(words, ground)
    return None if ink is None else min(ratio(ink, colour) for colour in _colours(ground))


def _read(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def _ink(words: Image.Image, ground: Image.Image) -> tuple[int, int, int] | None:
    """Give the colour of the letters: that of the pixel that they change most, the middle of a stroke."""
    changed = ImageChops.difference(words, ground).convert("L")
    shades = changed.tobytes()
    if not any(shades):
        return None
    position = shades.index(max(shades))
    pixel = words.getpixel((position % words.width, position // words.width))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return (int(red), int(green), int(blue))


def _colours(ground: Image.Image) -> list[tuple[int, int, int]]:
    """Give the colours behind a text, but for those of a few pixels."""
    shades = ground.point([value // _STEP * _STEP for value in range(256)] * 3)
    counted = shades.getcolors(shades.width * shades.height) or []
    enough = {colour for count, colour in counted if count >= _FEW * shades.width * shades.height}
    exact = ground.getcolors(ground.width * ground.height) or []
    nearest: dict[Any, tuple[int, Any]] = {}
    for count, colour in exact:
        shade = tuple(part // _STEP * _STEP for part in colour)  # type: ignore[union-attr]
        if shade in enough:
            nearest[shade] = max(nearest.get(shade, (0, colour)), (count, colour))
    return [colour for _, colour in nearest.values()]


def small(png: bytes) -> bytes:
    """Make the upper part of a screenshot small enough for a report (JPEG)."""
    picture = _read(png)
    picture = picture.resize((_WIDTH, round(picture.height * _WIDTH / picture.width)), Image.Resampling.LANCZOS)
    picture = picture.crop((0, 0, _WIDTH, min(picture.height, _WIDTH * 4 // 3)))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=70, optimize=True)
    return made.getvalue()

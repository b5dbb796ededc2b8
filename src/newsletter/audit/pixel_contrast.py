"""Contrast from the pixels of the screen, for text on pictures, gradients or semi-transparent colours."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageChops

from newsletter.audit.browser import ScreenshotStrip, needs_pixels
from newsletter.audit.measure import MeasuredText
from newsletter.css.colour import ratio

_MIN_SHARE = 0.01  # of the pixels behind a text: a colour with less is an edge or a speck
_THUMBNAIL_WIDTH = 300  # px
_STEP = 16  # of 256: the size of the steps into which shades are grouped


def contrasts_on_screen(texts: Sequence[MeasuredText], strips: Sequence[ScreenshotStrip]) -> list[float | None]:
    """Return the contrast of each text on the screen, 1 to 21.

    Args:
        texts: the texts of a page.
        strips: pictures of the parts of the page whose texts need pixels (`needs_pixels`).

    Returns:
        The lowest contrast with any colour behind the text; None if the text changes no pixel. If a text needs no
        pixels, the contrast of its declared colours.
    """
    pictures = [(strip.top, _read(strip.with_words), _read(strip.without_words)) for strip in strips]
    return [_contrast(text, pictures) for text in texts]


def _contrast(text: MeasuredText, pictures: Sequence[tuple[int, Image.Image, Image.Image]]) -> float | None:
    box = text["box"]
    if box is None or not needs_pixels(text):
        return text["contrast"]
    top, with_words, without = max((item for item in pictures if item[0] <= box["top"]), key=lambda item: item[0])
    area = (round(box["left"]), round(box["top"] - top), round(box["right"]), round(box["bottom"] - top))
    words, background = with_words.crop(area), without.crop(area)
    colour = _text_colour(words, background)
    return None if colour is None else min(ratio(colour, behind) for behind in _colours(background))


def _read(image: bytes) -> Image.Image:
    return Image.open(io.BytesIO(image)).convert("RGB")


def _text_colour(words: Image.Image, background: Image.Image) -> tuple[int, int, int] | None:
    """Return the colour of the pixel that the text changes most: the middle of a stroke."""
    changed = ImageChops.difference(words, background).convert("L")
    shades = changed.tobytes()
    if not any(shades):
        return None
    position = shades.index(max(shades))
    pixel = words.getpixel((position % words.width, position // words.width))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return (int(red), int(green), int(blue))


def _colours(background: Image.Image) -> list[tuple[int, int, int]]:
    """Return the colours behind a text, except those of a few pixels."""
    shades = background.point([value // _STEP * _STEP for value in range(256)] * 3)
    counted = shades.getcolors(shades.width * shades.height) or []
    enough = {colour for count, colour in counted if count >= _MIN_SHARE * shades.width * shades.height}
    exact = background.getcolors(background.width * background.height) or []
    nearest: dict[Any, tuple[int, Any]] = {}
    for count, colour in exact:
        shade = tuple(part // _STEP * _STEP for part in colour)  # type: ignore[union-attr]
        if shade in enough:
            nearest[shade] = max(nearest.get(shade, (0, colour)), (count, colour))
    return [colour for _, colour in nearest.values()]


def thumbnail(screenshot: bytes) -> bytes:
    """Return the upper part of a screenshot as a JPEG, small enough for a report."""
    picture = _read(screenshot)
    picture = picture.resize(
        (_THUMBNAIL_WIDTH, round(picture.height * _THUMBNAIL_WIDTH / picture.width)), Image.Resampling.LANCZOS
    )
    picture = picture.crop((0, 0, _THUMBNAIL_WIDTH, min(picture.height, _THUMBNAIL_WIDTH * 4 // 3)))
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=70, optimize=True)
    return output.getvalue()

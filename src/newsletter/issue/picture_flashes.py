"""How much of a picture flashes more than three times in a second.

WCAG 2.2 defines flashes of light and of red (https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds).
A flash is two opposing changes. So there are more than three if a point changes seven times in less than a second.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from math import ceil, dist
from typing import Any, NamedTuple

from PIL import Image, ImageChops, ImageSequence
from PIL.ImageFile import ImageFile

from newsletter.issue.picture_motion import Motion, motion
from newsletter.issue.picture_pixels import DAMAGED, READERS
from newsletter.issue.picture_segments import PictureFormat

MAX_PIXELS = 120_000_000
"""Of all frames together. A file of a few KB can have millions of them."""

_CHANGES_IN_FOUR_FLASHES = 7
_LIGHTER = 25  # of 255: a tenth of the maximum relative luminance
_BRIGHT = 204  # of 255: two states that are both as light as this are no flash
_RED_SHARE = 0.8  # of all light, in a saturated red
_OTHER_COLOUR = 0.2  # in the diagram of CIE 1976 UCS
_WHITE_POINT = (0.1978, 0.4683)  # of sRGB there
_DARK = 16  # of 255: red light that nobody sees as a colour
# WCAG leaves out patterns whose squares are smaller than 0.1 degree, about 5 of the 552 pixels of the column.
_COLUMNS, _ROWS = 110, 330
# Through what is transparent, readers see the card: almost white, or in dark mode almost black.
_CARDS = ("white", "black")

_CURVE = [value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in range(256)]
_LINEAR = [round(255 * light) for light in _CURVE]

Schedule = list[tuple[float, int]]
"""When each frame appears, in seconds, and its number."""
Light = tuple[int, int, int]
"""The red, green and blue light of a point, 0 to 255."""


class TooManyFramesError(Exception):
    """A moving picture with so many pixels that it takes too long to look at each."""


class Flashes(NamedTuple):
    """The shares of a picture, 0 to 1, that flash more than three times in any second."""

    light: float
    red: float


# The preview checks an issue again at each save, with the same pictures.
@lru_cache(maxsize=32)
def flashes(data: bytes, kind: PictureFormat) -> Flashes:
    """Measure the flashes of a picture, frame by frame. A damaged frame ends it.

    Args:
        data: the file.
        kind: its format.

    Raises:
        TooManyFramesError: if its frames have more than `MAX_PIXELS` together.
    """
    moves = motion(data, kind)
    schedule = _schedule(moves)
    if not _is_fast([time for time, _ in schedule]):
        return Flashes(0, 0)
    with warnings.catch_warnings(category=UserWarning, action="error"):
        image = READERS[kind](io.BytesIO(data))
        if image.width * image.height * len(moves.delays) > MAX_PIXELS:
            raise TooManyFramesError
        frames = list(_frames(image))
    schedule = [(time, number) for time, number in schedule if number < len(frames)]
    is_opaque = all(on_light is on_dark for on_light, on_dark in frames)
    by_card = [_measure(on_card, schedule) for on_card in list(zip(*frames, strict=True))[: 1 if is_opaque else 2]]
    return Flashes(max((one.light for one in by_card), default=0), max((one.red for one in by_card), default=0))


def _schedule(moves: Motion) -> Schedule:
    """List the frames of a round, and of a second more."""
    if not moves.is_moving:
        return []
    rounds, now, schedule = 1 + ceil(1 / moves.seconds), 0.0, Schedule()
    for _ in range(min(moves.rounds or rounds, rounds)):
        for number, delay in enumerate(moves.delays):
            schedule.append((round(now, 6), number))
            now += delay
    return schedule


def _is_fast(times: Sequence[float]) -> bool:
    """Check whether there are more than three flashes in any second, from the times of the changes."""
    return any(later - first < 1 for first, later in zip(times, times[_CHANGES_IN_FOUR_FLASHES - 1 :], strict=False))


def _frames(image: ImageFile) -> Iterator[tuple[Image.Image, Image.Image]]:
    """Yield each frame on the light and on the dark card, small, and with linear light instead of sRGB."""
    first = int(getattr(image, "default_image", False))  # of a PNG, for programs that do not know how it moves
    columns = min(image.width, _COLUMNS)
    size = columns, min(max(1, round(image.height * columns / image.width)), _ROWS)
    with suppress(*DAMAGED):
        for frame in islice(ImageSequence.Iterator(image), first, None):
            frame.load()
            if not frame.has_transparency_data:
                yield (_small(frame, size),) * 2
                continue
            pixels = frame.convert("RGBA")
            light, dark = (Image.alpha_composite(Image.new("RGBA", pixels.size, card), pixels) for card in _CARDS)
            yield _small(light, size), _small(dark, size)


def _small(frame: Image.Image, size: tuple[int, int]) -> Image.Image:
    return frame.convert("RGB").point(_LINEAR * 3).resize(size, Image.Resampling.BOX)


def _measure(frames: Sequence[Image.Image], schedule: Schedule) -> Flashes:
    lights = [frame.convert("L", (0.2126, 0.7152, 0.0722, 0)).tobytes() for frame in frames]
    light = _share(Counter(zip(*lights, strict=True)), _light_changes, schedule)
    if not any(map(_has_red, frames)):
        return Flashes(light, 0)
    colours = [zip(*(band.tobytes() for band in frame.split()), strict=True) for frame in frames]
    return Flashes(light, _share(Counter(zip(*colours, strict=True)), _red_changes, schedule))


def _share(points: Counter[Any], changes: Callable[[Any, Schedule], Iterator[float]], schedule: Schedule) -> float:
    """Return the share of the points that flash. A point is the tuple of its colours, one for each frame."""
    flashing = sum(count for point, count in points.items() if _is_fast(list(changes(point, schedule))))
    return flashing / points.total()


def _light_changes(levels: Sequence[int], schedule: Schedule) -> Iterator[float]:
    """Yield the times at which a point has become lighter or darker, in turn.

    A change counts from the darkest or lightest state since the one before it, so that a slow one counts, too.
    """
    if max(levels) - min(levels) < _LIGHTER:
        return
    low = high = levels[schedule[0][1]]
    direction = 0
    for time, number in schedule:
        now = levels[number]
        if direction <= 0 and now - low >= _LIGHTER and low < _BRIGHT:
            direction, high = 1, now
            yield time
        elif direction >= 0 and high - now >= _LIGHTER and now < _BRIGHT:
            direction, low = -1, now
            yield time
        low, high = min(low, now), max(high, now)


def _red_changes(colours: Sequence[Light], schedule: Schedule) -> Iterator[float]:
    """Yield the times at which a point has changed to or from a saturated red."""
    if not any(map(_is_red, colours)):
        return
    before = colours[schedule[0][1]]
    for time, number in schedule:
        now = colours[number]
        if (_is_red(before) or _is_red(now)) and dist(_chromaticity(before), _chromaticity(now)) > _OTHER_COLOUR:
            before = now
            yield time


def _has_red(frame: Image.Image) -> bool:
    red, green, blue = frame.split()
    # A saturated red has at least half of its value more red than green and blue together.
    more_red = ImageChops.subtract(ImageChops.subtract(red, green), blue)
    return any(more_red.histogram()[_DARK // 2 :])


def _is_red(light: Light) -> bool:
    return light[0] >= _DARK and light[0] >= _RED_SHARE * sum(light)


@lru_cache(maxsize=10_000)
def _chromaticity(light: Light) -> tuple[float, float]:
    """Return u' and v' of a colour (CIE 1976 UCS), by the primary colours of sRGB."""
    if max(light) < _DARK:
        return _WHITE_POINT
    red, green, blue = light
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    return 4 * x / (x + 15 * y + 3 * z), 9 * y / (x + 15 * y + 3 * z)

"""How many letters there seem to be in a picture. Nothing is read: letters are islands of ink in rows.

Letters of a row are about as high as each other and close together, on one line. They have many shapes, so windows,
bricks and fences are none. In a photo of leaves or sand, most islands are in no row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

from newsletter.issue.picture_islands import PixelRun, islands_of

_WIDEST = 900  # pixels: letters of 14 pixels in a picture of 1,104 still do not touch
_INK = [255 * (value >= 30) for value in range(256)]  # how much darker than what is around it
_NEIGHBOURHOOD = ImageFilter.BoxBlur(12)
_MOST_RUNS = 40_000  # a page of small letters has fewer; sand has more, and takes long
_LOWEST, _HIGHEST = 6, 70  # pixels
_FEWEST_IN_ROW = 6
_MIN_IN_ROWS = 0.5  # of all islands as large as letters
_MAX_ALIKE = 0.4  # of all letters: as wide and as high as each other


class _Box(NamedTuple):
    """The place of an island, in pixels; `right` and `bottom` are outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def count_letters(view: Image.Image) -> int:
    """Return the number of letters that there seem to be in a picture, dark ones or light ones; 0 if there are few.

    Args:
        view: the picture without colours.
    """
    if view.width > _WIDEST:
        view = view.resize((_WIDEST, max(1, round(view.height * _WIDEST / view.width))), Image.Resampling.BOX)
    around = view.filter(_NEIGHBOURHOOD)
    inks = (ImageChops.subtract(around, view), ImageChops.subtract(view, around))
    return max(_count(ink.point(_INK)) for ink in inks)


def _count(ink: Image.Image) -> int:
    pixels = ink.tobytes()
    if pixels.count(b"\0\xff") > _MOST_RUNS:
        return 0
    boxes = sorted(_boxes(islands_of(pixels, ink.width), ink.width))
    letters = [box for row in _rows(boxes) if len(row) >= _FEWEST_IN_ROW for box in row]
    if not letters or len(letters) < _MIN_IN_ROWS * len(boxes):
        return 0
    sizes = Counter((box.right - box.left, box.height) for box in letters)
    ((usual, _),) = sizes.most_common(1)
    alike = sum(number for size, number in sizes.items() if _is_alike(size, usual))
    return len(letters) if alike <= _MAX_ALIKE * len(letters) else 0


def _is_alike(size: tuple[int, int], other: tuple[int, int]) -> bool:
    return all(abs(one - another) <= 0.08 * another for one, another in zip(size, other, strict=True))


def _boxes(islands: Iterable[list[PixelRun]], width: int) -> Iterator[_Box]:
    """Yield the places of the islands that are as large as letters."""
    for runs in islands:
        top, bottom = runs[0][0] // width, runs[-1][0] // width + 1
        if _LOWEST <= bottom - top <= _HIGHEST:
            left, right = min(start % width for start, _ in runs), max((end - 1) % width for _, end in runs) + 1
            if right - left <= 2.5 * (bottom - top):
                yield _Box(left, top, right, bottom)


def _rows(boxes: Iterable[_Box]) -> list[list[_Box]]:
    """Group boxes, sorted from left to right, into rows."""
    rows: list[list[_Box]] = []
    growing: list[list[_Box]] = []
    for box in boxes:
        growing = [row for row in growing if box.left - row[-1].right <= 1.2 * _HIGHEST]
        row = next((row for row in growing if _continues(row, box)), None)
        if row is None:
            rows.append(row := [])
            growing.append(row)
        row.append(box)
    return rows


def _continues(row: list[_Box], box: _Box) -> bool:
    """Check whether a box is the next letter of a row, with or without a space before it."""
    last = row[-1]
    highest = max(box.height, *(letter.height for letter in row[-4:]))
    gap = box.left - last.right
    return (
        -0.5 * last.height <= gap <= 1.2 * highest
        and 0.4 * last.height <= box.height <= 2.5 * last.height
        and min(abs(last.bottom - box.bottom), abs(last.top - box.top)) <= 0.25 * max(last.height, box.height)
    )

"""All parts of a transparent picture are visible on a light and on a dark background; those of the logo, on the band.

Behind a transparent picture is the colour of the email: almost white for most readers, almost black for those who chose
dark mode. Black words on nothing are then black on black. An email cannot put a white box behind them for good, because
mail apps that invert colours invert the box, but not the picture. So the picture needs a background of its own.

Bad:
    - image:
        src: images/steps.png    # black words on nothing
        alt: "The three steps of the treatment."

Good:
    - image:
        src: images/steps.png    # black words on white
        alt: "The three steps of the treatment."

WCAG 2.2, 1.4.11 Non-text Contrast (AA): 3:1 for the parts of a picture that one needs to understand it.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, HasLocation
from newsletter.css.colour import Colour, luminance, parse, ratio, to_hex
from newsletter.issue.pictures import Picture

SEVERITY = "warning"
OPTIONS = {"contrast": 3.0}

_SHOWN_SIZE = (552, 1104)  # px; an image is at most as wide as the column of the email
_VISIBLE_FROM = 48  # of 255: a softer shadow or edge is no part of its own
_MIN_VISIBLE = 0.1  # of an island, if its other pixels are to be understood, too
_MIN_FAINT = 0.01  # of all visible pixels: less is a speck
_MIN_TRANSPARENT = 0.05  # of all pixels: less is the round corners of a photo
_MIDDLE = 0.18  # the luminance with the same contrast to black and to white
_HINT = "Save the picture with a background, such as {}, instead of a transparent one."


Run = tuple[int, int]
"""Visible pixels side by side: the offset of the first one, and the offset after the last one."""


@dataclass(frozen=True)
class FaintParts:
    """The most frequent colour of the parts of a picture that are hard to see, and its contrast."""

    colour: Colour
    contrast: float


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Measure each transparent picture on the light and on the dark card, and the logo on the band."""
    light, dark = issue.brand.colours.light, issue.brand.colours.dark
    cards = {"On the light background": light.card, "In dark mode": dark.card}
    for image in issue.images:
        yield from _too_faint(image.picture, issue.at(*image.path, "src"), cards, options["contrast"])
    if logo := issue.brand.logo:
        (where,) = (text for text in issue.brand_texts if text.key == "logo.src")
        bands = {"On the band": light.masthead, "On the band in dark mode": dark.masthead}
        yield from _too_faint(logo.src, where, bands, options["contrast"])


def _too_faint(picture: Picture, where: HasLocation, behind: Mapping[str, str], threshold: float) -> Iterator[Finding]:
    """Report a picture at the background on which its parts are hardest to see, if they are too hard to see."""
    colours = {when: colour for when, value in behind.items() if (colour := parse(value))}
    by_mode = zip(colours, faint_parts(picture.data, [*colours.values()], threshold), strict=True)
    if measured := [(parts, when) for when, parts in by_mode if parts]:
        parts, when = min(measured, key=lambda item: item[0].contrast)
        message = (
            f"{when}, parts of the transparent picture {quoted(picture.src)} have a contrast of "
            f"{int(parts.contrast * 100) / 100:.2f}:1 ({to_hex(parts.colour)} on {to_hex(colours[when])})."
        )
        yield Finding(where, message, _HINT.format("white" if luminance(parts.colour) < _MIDDLE else "dark blue"))


def faint_parts(data: bytes, cards: Sequence[Colour], threshold: float) -> list[FaintParts | None]:
    """Return what is hard to see of a picture on each card; None if nothing is.

    Its parts are islands in what is transparent. An island is faint if almost none of its pixels has enough contrast:
    the light face in a dark outline is not.

    Args:
        data: the file of the picture.
        cards: the colours behind it.
        threshold: the contrast that is enough.
    """
    image = Image.open(io.BytesIO(data))
    if not image.has_transparency_data:
        return [None] * len(cards)
    pixels = image.convert("RGBA")
    pixels.thumbnail(_SHOWN_SIZE)
    visible = pixels.getchannel("A").point([255 * (value >= _VISIBLE_FROM) for value in range(256)])
    share = visible.histogram()[255] / (pixels.width * pixels.height)
    if share > 1 - _MIN_TRANSPARENT:
        return [None] * len(cards)
    islands = _islands(visible.tobytes(), pixels.width)
    return [_faint_on(card, pixels, islands, threshold) for card in cards]


def _faint_on(card: Colour, pixels: Image.Image, islands: Sequence[list[Run]], threshold: float) -> FaintParts | None:
    on_card = Image.alpha_composite(Image.new("RGBA", pixels.size, card), pixels).convert("RGB")
    enough = [255 * _contrasts(value / 255, card, threshold) for value in range(256)]
    contrasting = _luminances(on_card).point(enough).tobytes()
    faint_islands = [
        runs
        for runs in islands
        if sum(contrasting.count(255, start, end) for start, end in runs) < _MIN_VISIBLE * _area(runs)
    ]
    if not faint_islands or sum(map(_area, faint_islands)) < _MIN_FAINT * sum(map(_area, islands)):
        return None
    colours = on_card.tobytes()
    counts = Counter(colours[3 * at : 3 * at + 3] for run in max(faint_islands, key=_area) for at in range(*run))
    red, green, blue = counts.most_common(1)[0][0]
    return FaintParts((red, green, blue), ratio((red, green, blue), card))


def _area(runs: Sequence[Run]) -> int:
    return sum(end - start for start, end in runs)


def _luminances(image: Image.Image) -> Image.Image:
    """Return the relative luminance of each pixel, from 0 to 255."""
    linear = [round(luminance((value, value, value)) * 255) for value in range(256)]
    return image.point(linear * 3).convert("L", (0.2126, 0.7152, 0.0722, 0))


def _contrasts(light: float, card: Colour, threshold: float) -> bool:
    lighter, darker = max(light, luminance(card)), min(light, luminance(card))
    return (lighter + 0.05) / (darker + 0.05) >= threshold


def _islands(visible: bytes, width: int) -> list[list[Run]]:
    """Group the runs of visible pixels that touch, also at a corner.

    Args:
        visible: one byte for each pixel, 255 or 0.
        width: the number of pixels of a line.

    Returns:
        The runs of each island.
    """
    runs: list[Run] = []
    group: list[int] = []  # for each run, a run of the same island before it, or itself

    def first(run: int) -> int:
        while group[run] != run:
            group[run] = group[group[run]]
            run = group[run]
        return run

    above = 0  # the first run of the line above that can touch the next one
    for line in range(0, len(visible), width):
        begin = len(runs)
        start = visible.find(255, line, line + width)
        while start >= 0:
            end = visible.find(0, start, line + width)
            end = line + width if end < 0 else end
            group.append(len(runs))
            runs.append((start, end))
            while above < begin and runs[above][1] < start - width:
                above += 1
            touching = above
            while touching < begin and runs[touching][0] <= end - width:
                group[first(touching)] = first(len(runs) - 1)
                touching += 1
            start = visible.find(255, end, line + width)
        above = begin
    islands: dict[int, list[Run]] = {}
    for run, span in enumerate(runs):
        islands.setdefault(first(run), []).append(span)
    return list(islands.values())

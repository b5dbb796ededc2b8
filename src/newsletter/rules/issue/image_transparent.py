"""All parts of a transparent picture are visible on a light and on a dark background; those of the logo, on the band.

Behind a transparent picture is the colour of the email: almost white for most readers, almost black for those who chose
dark mode. Black words on nothing are then black on black. An email cannot put a white box behind them for good, because
mail apps that invert colours invert the box, but not the picture. So the picture needs a background of its own. A logo
can have another picture for dark mode (`dark`). Then each is measured on the band that it is on.

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
from functools import lru_cache
from typing import Any

from PIL import Image

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, HasLocation
from newsletter.css.colour import Rgb, luminance, parse_colour, ratio, to_hex
from newsletter.issue.picture_islands import PixelRun, islands_of
from newsletter.issue.pictures import Picture

SEVERITY = "warning"
OPTIONS = {"contrast": 3.0}
STRICTER_WHEN_HIGHER = ("contrast",)

_SHOWN_SIZE = (552, 1104)  # px; an image is at most as wide as the column of the email
_VISIBLE_FROM = 48  # of 255: a softer shadow or edge is no part of its own
_SOFT_FROM = 8  # of 255: nobody can see what is softer
_MIN_SOFT = 0.5  # of the area of the other parts: less is the shadow of one of them
_MIN_VISIBLE = 0.1  # of an island, if its other pixels are to be understood, too
_MIN_SHARE = 0.01  # of all visible pixels: less is a speck
_MIN_TRANSPARENT = 0.05  # of all pixels: less is the round corners of a photo
_MIDDLE = 0.18  # the luminance with the same contrast to black and to white
_HINT = "Save the picture with a background, such as {}, instead of a transparent one."


@dataclass(frozen=True)
class LowContrastParts:
    """The most frequent colour of the parts of a picture that are hard to see, and its contrast."""

    colour: Rgb
    contrast: float


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Measure each transparent picture on the light and on the dark card, and the logo on the band of each mode."""
    light, dark = issue.brand.colours.light, issue.brand.colours.dark
    cards = {"On the light background": light.card, "In dark mode": dark.card}
    for image in issue.images:
        yield from _low_contrast(image.picture, issue.at(*image.path, "src"), cards, options["contrast"])
    if logo := issue.brand.logo:
        places = {text.key: text for text in issue.brand_texts}
        on_light, on_dark = {"On the band": light.masthead}, {"On the band in dark mode": dark.masthead}
        if logo.dark:
            yield from _low_contrast(logo.src, places["logo.src"], on_light, options["contrast"])
            yield from _low_contrast(logo.dark, places["logo.dark"], on_dark, options["contrast"])
        else:
            yield from _low_contrast(logo.src, places["logo.src"], on_light | on_dark, options["contrast"])


def _low_contrast(
    picture: Picture, where: HasLocation, behind: Mapping[str, str], threshold: float
) -> Iterator[Finding]:
    """Report a picture of nothing, or one at the background on which its parts are hardest to see."""
    if _is_empty(picture.data):
        message = f"There is nothing to see in the picture {quoted(picture.src)}: it is wholly transparent."
        yield Finding(where, message, "Save it again with its parts and a background, or delete it here.")
        return
    colours = {when: colour for when, value in behind.items() if (colour := parse_colour(value))}
    by_mode = zip(colours, low_contrast_parts(picture.data, tuple(colours.values()), threshold), strict=True)
    if measured := [(parts, when) for when, parts in by_mode if parts]:
        parts, when = min(measured, key=lambda item: item[0].contrast)
        message = (
            f"{when}, parts of the transparent picture {quoted(picture.src)} have a contrast of "
            f"{int(parts.contrast * 100) / 100:.2f}:1 ({to_hex(parts.colour)} on {to_hex(colours[when])})."
        )
        yield Finding(where, message, _HINT.format("white" if luminance(parts.colour) < _MIDDLE else "dark blue"))


@lru_cache(maxsize=20)  # the logo is the same in each issue
def low_contrast_parts(data: bytes, cards: tuple[Rgb, ...], threshold: float) -> tuple[LowContrastParts | None, ...]:
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
        return (None,) * len(cards)
    pixels = image.convert("RGBA")
    pixels.thumbnail(_SHOWN_SIZE)
    visible = _from(_VISIBLE_FROM, pixels)
    if visible.count(255) > (1 - _MIN_TRANSPARENT) * len(visible):
        return (None,) * len(cards)
    islands = islands_of(visible, pixels.width)
    soft_parts = [
        runs
        for runs in islands_of(_from(_SOFT_FROM, pixels), pixels.width)
        if all(visible.find(255, start, end) < 0 for start, end in runs)
    ]
    if sum(map(_area, soft_parts)) >= _MIN_SOFT * sum(map(_area, islands)):
        islands += soft_parts
    return tuple(_low_contrast_on(card, pixels, islands, threshold) for card in cards)


def _from(alpha: int, pixels: Image.Image) -> bytes:
    """Return 255 for each pixel that is at least as opaque as this, and 0 for the others."""
    return pixels.getchannel("A").point([255 * (value >= alpha) for value in range(256)]).tobytes()


@lru_cache(maxsize=20)
def _is_empty(data: bytes) -> bool:
    """Check whether nothing of a picture can be seen. One that moves may begin with nothing."""
    image = Image.open(io.BytesIO(data))
    is_still = getattr(image, "n_frames", 1) == 1
    return is_still and image.has_transparency_data and 255 not in _from(_SOFT_FROM, image.convert("RGBA"))


def _low_contrast_on(
    card: Rgb, pixels: Image.Image, islands: Sequence[list[PixelRun]], threshold: float
) -> LowContrastParts | None:
    on_card = Image.alpha_composite(Image.new("RGBA", pixels.size, card), pixels).convert("RGB")
    enough = [255 * _contrasts(value / 255, card, threshold) for value in range(256)]
    contrasting = _luminances(on_card).point(enough).tobytes()
    low_contrast_islands = [
        runs
        for runs in islands
        if sum(contrasting.count(255, start, end) for start, end in runs) < _MIN_VISIBLE * _area(runs)
    ]
    if not low_contrast_islands or sum(map(_area, low_contrast_islands)) < _MIN_SHARE * sum(map(_area, islands)):
        return None
    colours = on_card.tobytes()
    counts = Counter(colours[3 * at : 3 * at + 3] for run in max(low_contrast_islands, key=_area) for at in range(*run))
    red, green, blue = counts.most_common(1)[0][0]
    return LowContrastParts((red, green, blue), ratio((red, green, blue), card))


def _area(runs: Sequence[PixelRun]) -> int:
    return sum(end - start for start, end in runs)


def _luminances(image: Image.Image) -> Image.Image:
    """Return the relative luminance of each pixel, from 0 to 255."""
    linear = [round(luminance((value, value, value)) * 255) for value in range(256)]
    return image.point(linear * 3).convert("L", (0.2126, 0.7152, 0.0722, 0))


def _contrasts(light: float, card: Rgb, threshold: float) -> bool:
    lighter, darker = max(light, luminance(card)), min(light, luminance(card))
    return (lighter + 0.05) / (darker + 0.05) >= threshold

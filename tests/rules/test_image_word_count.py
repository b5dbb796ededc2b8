"""The rules that count the letters in pictures, with pictures that are made here."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from newsletter.check.registry import rule
from newsletter.issue.picture_contents import contents
from support.picture_rule import PICTURE_LINE, findings_about
from support.pictures import poster

OPEN_DAY = [
    "Open day in Saltby Hall",
    "Saturday 4 June, 2pm to 5pm",
    "Cakes, music and stalls for everybody",
    "Entry is free. Bring a friend, or two.",
    "Call 01632 960190 to find out more",
]
"""30 words."""


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    picture.convert("RGB").save(stream, kind)
    return stream.getvalue()


def wall(width: int, height: int, gap: int, moved: int) -> bytes:
    """Draw windows, fences or bricks, all as large as each other."""
    picture = Image.new("RGB", (1104, 700), "#AACCFF")
    draw = ImageDraw.Draw(picture)
    for line, top in enumerate(range(0, 700, height + gap)):
        for left in range(-line % 2 * moved, 1104, width + gap):
            draw.rectangle((left, top, left + width, top + height), fill="#223344")
    return saved(picture)


def texture(size: int) -> bytes:
    """Draw leaves, sand or clouds: spots of about this size."""
    spots = Image.effect_noise((1200 // size, 800 // size), 120)
    return saved(spots.resize((1200, 800), Image.Resampling.BICUBIC), "JPEG")


@pytest.mark.parametrize(
    "look",
    [
        {},
        {"letters": 16},
        {"letters": 14, "size": (552, 200)},
        {"letters": 56, "ink": "white", "card": "#0B4A53"},
        {"letters": 30, "ink": "#7A7A7A"},
    ],
    ids=str,
)
def test_words_are_counted_roughly(look: dict[str, Any]) -> None:
    assert 18 <= contents(poster(OPEN_DAY, **look), "png").words <= 34


@pytest.mark.parametrize("sizes", [(18, 30, 22, 0), (74, 34, 6, 40), (12, 60, 14, 0)])
def test_windows_and_bricks_are_no_text(sizes: tuple[int, int, int, int]) -> None:
    assert contents(wall(*sizes), "png").words == 0


@pytest.mark.parametrize("size", [1, 8, 20, 60])
def test_leaves_and_sand_are_no_text(size: int) -> None:
    assert contents(texture(size), "jpeg").words == 0


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (OPEN_DAY, "words in the picture “images/poster.png”, but its description and caption have 5"),
        (["Saltby Hall: please ring the bell."], ""),
    ],
)
def test_what_is_reported(lines: list[str], message: str, tmp_path: Path) -> None:
    findings = findings_about(rule("image-word-count"), poster(lines), "poster.png", tmp_path)
    assert [message in finding.message for finding in findings] == [True] * bool(message)
    assert [finding.where.location.line for finding in findings] == [PICTURE_LINE - 1] * bool(message)

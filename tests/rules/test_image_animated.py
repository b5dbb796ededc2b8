"""The rule `image-animated`, with GIFs that are made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.check.registry import all_rules
from newsletter.rules.issue.image_animated import Animation, animation
from support.picture_rule import PICTURE_LINE, findings_about
from support.seeding import gif

RULE = next(rule for rule in all_rules() if rule.id == "image-animated")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (gif(1, 500), Animation(1, 0.0, 1)),
        (gif(2, 500), Animation(2, 1.0, 1)),
        (gif(4, 250, 0), Animation(4, 1.0, 0)),
        (gif(4, 250, 2), Animation(4, 1.0, 3)),
        (gif(3, 10, 1), Animation(3, 0.3, 2)),  # browsers play such a frame for a tenth of a second
        (gif(3, 100)[:-40], None),
        (b"GIF89a", Animation(0, 0.0, 1)),
    ],
)
def test_how_a_gif_moves(data: bytes, expected: Animation | None) -> None:
    found = animation(data)
    if expected is None:
        assert found.frames <= 3
    else:
        assert (found.frames, found.rounds) == (expected.frames, expected.rounds)
        assert found.frames < 2 or found.seconds == pytest.approx(expected.seconds)


def test_any_cut_is_survived() -> None:
    whole = gif(3, 100, 2)
    for end in range(6, len(whole)):
        assert animation(whole[:end]).frames <= 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gif(1, 9000), ""),
        (gif(5, 1000), ""),
        (gif(5, 500, 1), ""),
        (gif(2, 500, 2), ""),
        (gif(2, 500, 0), "never stops"),
        (gif(2, 100, 3), "repeats its movement 4 times"),
        (gif(6, 1000), "6.0 seconds"),
        (gif(2, 1000, 2), "6.0 seconds"),
    ],
)
def test_what_is_reported(data: bytes, said: str, tmp_path: Path) -> None:
    found = findings_about(RULE, data, "balloons.gif", tmp_path)
    assert [said in finding.message for finding in found] == [True] * bool(said)
    assert [finding.where.location.line for finding in found] == [PICTURE_LINE] * bool(said)

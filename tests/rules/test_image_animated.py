"""The rule `image-animated`, with moving pictures that are made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.check.registry import all_rules
from newsletter.issue.picture_motion import Motion, motion
from newsletter.issue.picture_segments import PictureFormat
from support.picture_rule import PICTURE_LINE, findings_about
from support.pictures import gif, moving

RULE = next(rule for rule in all_rules() if rule.id == "image-animated")


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (gif(1, 500), "gif", Motion((0.5,), 1)),
        (gif(2, 500), "gif", Motion((0.5, 0.5), 1)),
        (gif(4, 250, 0), "gif", Motion((0.25,) * 4, 0)),
        (gif(4, 250, 2), "gif", Motion((0.25,) * 4, 3)),
        (gif(3, 10, 1), "gif", Motion((0.1,) * 3, 2)),  # browsers play such a frame for a tenth of a second
        (b"GIF89a", "gif", Motion((), 1)),
        (moving(["red", "blue"], [500, 250], None, kind="PNG"), "png", Motion((0.5, 0.25), 1)),
        (moving(["red", "blue"], 500, 0, kind="PNG"), "png", Motion((0.5, 0.5), 0)),
        (moving(["red", "blue"], 0, 1, kind="PNG"), "png", Motion((0.1, 0.1), 2)),
        (moving(["red"], 500, 0, kind="PNG"), "png", Motion((), 1)),
    ],
)
def test_how_a_picture_moves(data: bytes, kind: PictureFormat, expected: Motion) -> None:
    movement = motion(data, kind)
    assert movement.rounds == expected.rounds
    assert movement.delays == pytest.approx(expected.delays)


@pytest.mark.parametrize(("whole", "kind"), [(gif(3, 100, 2), "gif"), (moving(["red"] * 3, 100, 2, kind="PNG"), "png")])
def test_a_picture_cut_at_any_byte_is_read_without_an_error(whole: bytes, kind: PictureFormat) -> None:
    for end in range(6, len(whole)):
        assert len(motion(whole[:end], kind).delays) <= 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gif(1, 9000), ""),
        (gif(5, 1000), ""),
        (gif(5, 500, 1), ""),
        (gif(2, 500, 2), ""),
        (gif(2, 500, 0), "never stops"),
        (gif(2, 100, 3), "repeats its movement 4 times"),
        (gif(6, 1000), "6.0 seconds"),
        (gif(2, 1000, 2), "6.0 seconds"),
        (moving(["red"], 500, 0, kind="PNG"), ""),
        (moving(["red", "blue"], 500, 2, kind="PNG"), ""),
        (moving(["red", "blue"], 500, 0, kind="PNG"), "never stops"),
        (moving(["red", "blue"], 100, 3, kind="PNG"), "repeats its movement 4 times"),
        (moving(["red", "blue"], 1000, 2, kind="PNG"), "6.0 seconds"),
    ],
)
def test_what_is_reported(data: bytes, message: str, tmp_path: Path) -> None:
    findings = findings_about(RULE, data, "balloons.gif", tmp_path)
    assert [message in finding.message for finding in findings] == [True] * bool(message)
    assert [finding.where.location.line for finding in findings] == [PICTURE_LINE] * bool(message)

"""The rule `image-flashing`, with moving pictures that are made here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.check.issue_text import IssueText
from newsletter.check.registry import all_rules
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.issue.picture_flashes import flashes
from newsletter.project import Project
from support.picture_rule import PICTURE_LINE, findings_about
from support.pictures import gif, moving
from support.seeding import SHIPPED

RULE = next(rule for rule in all_rules() if rule.id == "image-flashing")
BLACK_WHITE = ["black", "white"]
CLEAR_WHITE = ["#00000000", "white"]
FADE = ["black", "#505050", "#909090", "white", "#909090", "#505050"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (moving(BLACK_WHITE, 100), "flashes more than three times"),
        (moving(BLACK_WHITE, 100, kind="PNG"), "flashes more than three times"),
        # 3.1 flashes a second, and 3.
        (moving(BLACK_WHITE, 160), "flashes more"),
        (moving(BLACK_WHITE, 167, kind="PNG"), ""),
        # A pause does not undo what came before it.
        (moving(BLACK_WHITE * 4, [80] * 7 + [4000], None), "flashes more"),
        (moving(BLACK_WHITE * 3, [80] * 5 + [4000], None), ""),
        # In several steps each way.
        (moving(FADE, 40, kind="PNG"), "flashes more"),
        (moving(FADE, 120, kind="PNG"), ""),
        # Less than a tenth of the light, or both as light as paper.
        (moving(["#808080", "#8C8C8C"], 100), ""),
        (moving(["#808080", "#999999"], 100), "flashes more"),
        (moving(["#E9E9E9", "white"], 100), ""),
        # Red, as dark as the grey beside it.
        (moving(["#FF0000", "#7F7F7F"], 100), "flashes red more"),
        (moving(["#FF0000", "#7F7F7F"], 400), ""),
        (moving(["#7F3030", "#555555"], 100), ""),
        # Nothing: the card is visible through it.
        (moving(CLEAR_WHITE, 100, kind="PNG"), "flashes more"),
        (moving(["#00000000", "black"], 100, kind="PNG"), "flashes more"),
        # A quarter of a small picture; a tenth of one, and of one that fills the column.
        (moving(BLACK_WHITE, 100, part=0.26), "flashes more"),
        (moving(BLACK_WHITE, 100, part=0.1), ""),
        (moving(BLACK_WHITE, 100, part=0.1, size=(552, 600)), "flashes more"),
        (gif(6, 300, 0), ""),
        (gif(1, 100), ""),
    ],
)
def test_what_is_reported(data: bytes, message: str, tmp_path: Path) -> None:
    findings = findings_about(RULE, data, "strobe.gif", tmp_path)
    assert [message in finding.message for finding in findings] == [True] * bool(message)
    assert [finding.where.location.line for finding in findings] == [PICTURE_LINE] * bool(message)


def test_a_picture_with_too_many_frames_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.issue.picture_flashes.MAX_PIXELS", 20_000)
    (finding,) = findings_about(RULE, moving(["#010101", "white"], 100), "strobe.gif", tmp_path)
    assert "too many frames" in finding.message


def test_a_frame_that_is_cut_off_ends_it() -> None:
    whole = moving(BLACK_WHITE * 4, 80, None)
    cut = whole[: len(whole) * 2 // 3] + b"\0;"
    assert flashes(whole, "gif").light == 1
    assert flashes(cut, "gif").light == 0


def test_the_logo_is_measured(project: Project, brand: Brand) -> None:
    assert brand.logo
    picture = replace(brand.logo.src, data=moving(BLACK_WHITE, 100, kind="PNG"))
    flashing = brand.model_copy(update={"logo": brand.logo.model_copy(update={"src": picture})})
    issue = load(project.issues / f"{SHIPPED}.yaml", project, brand)
    (finding,) = RULE.check(IssueText(issue, flashing), RULE.options)
    assert "src:" in brand.file.text.splitlines()[finding.where.location.line - 1]

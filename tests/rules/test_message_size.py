"""The rule `message-size`, with pictures that are made here: 1 MB of a file is a third more in the message."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build
from newsletter.problems import Problem
from newsletter.project import Project

ISSUE = """\
subject: "What helps when you are tired"
preheader: "Small changes that people with MS told us about"
title: "Neuro News, December 2026"
date: 2026-12-03
articles:
  - title: "A chair by the cooker"
    summary: "Small changes save your strength."
    content:
"""


def problems_with(sizes: Sequence[float], folder: Path, **brand: object) -> list[Problem]:
    """Check an issue that has pictures of these sizes in MB."""
    (folder / "issues/images").mkdir(parents=True, exist_ok=True)
    blocks = ""
    for number, size in enumerate(sizes):
        noise = random.Random(number).randbytes(int(size * 1_000_000))
        height = len(noise) // (1000 * 3)
        image = Image.frombytes("RGB", (1000, height), noise[: 1000 * height * 3])
        image.save(folder / f"issues/images/p{number}.png", compress_level=0)
        blocks += f'      - image: {{src: images/p{number}.png, alt: "Field number {number} in the sun."}}\n'
    path = folder / "issues/case.yaml"
    path.write_text(ISSUE + blocks, "utf-8")
    project = Project(folder)
    with_brand: Brand = load_brand(project).model_copy(update={"images": "embed", **brand})
    return list(check(build(path, project, with_brand), Settings(), only=["message-size"]).problems)


@pytest.mark.parametrize(
    ("sizes", "severity", "line", "size_text"),
    [
        ([3, 4.2], "", 0, ""),
        ([4, 4.4], "warning", 10, "11.5 MB"),
        ([3, 4.9, 2, 3], "warning", 10, "17.7 MB"),
        ([4.4, 4.9, 4.4, 4.4], "error", 10, "24.8 MB"),
    ],
)
def test_a_large_message_is_reported_at_its_largest_picture(
    sizes: list[float], severity: str, line: int, size_text: str, tmp_path: Path
) -> None:
    problems = problems_with(sizes, tmp_path)
    assert [(at.severity, at.location.line) for at in problems] == ([(severity, line)] if severity else [])
    assert all(size_text in at.message and "images/p1.png" in (at.hint or "") for at in problems)


def test_pictures_that_stay_on_a_website_do_not_count(tmp_path: Path) -> None:
    assert not problems_with([4.4, 4.9, 4.4, 4.4], tmp_path, images="link")

"""Texts that nobody has written yet have substitutes, so that the rest can be looked at, and nothing goes out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsletter.check.settings import Settings
from newsletter.check.whole_issue import check_issue
from newsletter.issue.load import load, load_brand, load_incomplete
from newsletter.issue.substitutes import NO_DESCRIPTION, NO_TEXT
from newsletter.may_send import SendConditions, finish_and_check
from newsletter.pipeline import build_incomplete_issue, finish_issue
from newsletter.problems import Problems
from newsletter.project import Project

ROOT = Path(__file__).parents[2]
INCOMPLETE = """\
subject: "A short issue about one thing"
preheader: "What one reader asked us, and what we answered to it"
title: "Winter"
date: 2026-12-03
articles:
  - title: "One thing"
    summary: "One plain sentence about it."
    image:
      src: images/clinic.png
    content:
      - text: |
          [click here](https://example.org/) for the rest. The clinic has a new door. It opens by itself.

          There is a bell beside it. Somebody comes to help if you ring. You can wait in the warm hall.

          There are chairs with arms. Tea is free all day. Dogs that help people are welcome.
      - image: {src: images/clinic.png, alt: ""}
      - text:
      - button:
          url: https://example.org/
  - summary:
    content:
      - text: "Something else is here."
"""
MISSING = [
    (9, "image-alt", "The picture has no description."),
    (17, "value", "The description of the picture is empty."),
    (18, "empty", "Nothing is written after “text:”."),
    (20, "missing", "“button” has no “text”."),
    (21, "missing", "This article has no “title”."),
    (21, "empty", "Nothing is written after “summary:”."),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "issues" / "images").mkdir(parents=True)
    shutil.copy(ROOT / "issues" / "images" / "clinic.png", tmp_path / "issues" / "images")
    path = tmp_path / "issues" / "a.yaml"
    path.write_text(INCOMPLETE, "utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_only_who_asks_gets_substitutes(path: Path, project: Project) -> None:
    brand = load_brand(project)
    with pytest.raises(Problems) as error:
        load(path, project, brand)
    issue = load_incomplete(path, project, brand)
    assert issue.file.substitutes.problems == error.value.problems
    assert [(each.location.line, each.id, each.message) for each in error.value.problems] == MISSING
    first, second = issue.articles
    assert first.image and first.image.alt == NO_DESCRIPTION
    assert [str(second.title), str(second.summary)] == [NO_TEXT, NO_TEXT]
    # An issue that has all its texts has none, and its model is the same.
    path.write_text((ROOT / "issues/2023-09-26-stem-cell-hope.yaml").read_text("utf-8"), "utf-8")
    shutil.copytree(ROOT / "issues" / "images", path.parent / "images", dirs_exist_ok=True)
    assert not load_incomplete(path, project, brand).file.substitutes.paths
    assert load_incomplete(path, project, brand) == load(path, project, brand)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2026-12-03", "date: soon"),
        ("    summary:\n", "    sumary: A\n"),
        ("          url: https://example.org/\n", "          text: A\n"),
        ('{src: images/clinic.png, alt: ""}', "{src: images/none.png}"),
        ('{src: images/clinic.png, alt: ""}', "{src: images/clinic.png, alt: A, decorative: true}"),
        ('  - summary:\n    content:\n      - text: "Something else is here."\n', "  - title: A\n"),
    ],
)
def test_with_any_other_error_there_are_none(path: Path, project: Project, old: str, new: str) -> None:
    text = INCOMPLETE.replace("  - summary:", "  - title: A\n    summary:") if "sumary" in new else INCOMPLETE
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    brand, problems = load_brand(project), []
    for read in (load, load_incomplete):
        with pytest.raises(Problems) as error:
            read(path, project, brand)
        problems.append(error.value.problems)
    strict, lenient = problems
    # What follows only after the first errors, such as an article without words, is reported as well.
    assert set(strict) <= set(lenient)


def test_the_check_reports_what_is_missing_and_the_rest_and_nothing_about_substitutes(
    path: Path, project: Project
) -> None:
    issue = finish_issue(build_incomplete_issue(path, project, load_brand(project)), project)
    report = check_issue(issue, Settings())
    rest = [each for each in report.problems if each.id != "link-text"]
    assert [(each.location.line, each.id, each.message) for each in rest] == MISSING
    assert len(report.problems) == len(MISSING) + 1
    assert {each.severity for each in report.problems} == {"error"}
    edition = issue.editions[0]
    assert f'alt="{NO_DESCRIPTION}"' in edition.inlined and NO_TEXT in edition.text


def test_whatever_the_conditions_are_it_is_not_handed_out(path: Path, project: Project) -> None:
    build = build_incomplete_issue(path, project, load_brand(project))
    with pytest.raises(Problems) as error:
        finish_and_check(build, project, SendConditions(Settings()))
    assert error.value.problems == build.issue.file.substitutes.problems

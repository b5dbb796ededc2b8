"""No false alarms: whole issues as charities send them, and every block's worked example, get only the reports
that `tests/cases/issues/expected.yaml` lists, with the reason why a careful editor would agree.

The issues were written before any rule looked at them, and their words are as they were: the reports are the point.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsletter.check.engine import check
from newsletter.check.settings import PROFILES, Settings
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.text_fields import Text
from newsletter.pipeline import build
from newsletter.problems import Problem
from newsletter.project import Project
from support.case_files import read_cases
from support.examples import write_every_block

ISSUES = Path(__file__).parents[1] / "cases/issues"
FILES = {path.stem: path for path in sorted(ISSUES.glob("20*.yaml"))}
EXPECTED: dict[str, dict[str, list[dict[str, Any]]]] = read_cases(ISSUES / "expected.yaml")
EXAMPLES = "block examples"

STRICTER = {"bold-sentences", "contractions", "reading-grade", "sentence-length"}
"""Rules that `aphasia-friendly` turns on or sharpens."""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory, project: Project, brand: Brand) -> dict[str, Edition]:
    """Each issue, and the one made of every block's example, as built."""
    home = tmp_path_factory.mktemp("realistic")
    shutil.copytree(project.issues / "images", home / "images")
    paths = {name: Path(shutil.copy(path, home)) for name, path in FILES.items()}
    paths[EXAMPLES] = write_every_block(project, home / "examples")
    return {name: build(path, project, brand) for name, path in paths.items()}


def problems_of(edition: Edition, profile: str) -> list[Problem]:
    return list(check(edition, Settings(profile)).problems)


def listed(name: str, profile: str) -> list[tuple[str, int]]:
    return [(item["rule"], item["line"]) for item in EXPECTED.get(name, {}).get(profile, [])]


@pytest.mark.parametrize("name", [*FILES, EXAMPLES])
def test_only_what_a_careful_editor_agrees_with(name: str, editions: dict[str, Edition]) -> None:
    problems = problems_of(editions[name], "plain")
    assert not [problem for problem in problems if problem.severity == "error"]
    assert sorted((problem.id, problem.location.line) for problem in problems) == sorted(listed(name, "plain")), (
        problems
    )


@pytest.mark.parametrize("name", [*FILES, EXAMPLES])
def test_aphasia_friendly_asks_for_shorter_and_fuller_words_alone(name: str, editions: dict[str, Edition]) -> None:
    problems = problems_of(editions[name], "aphasia-friendly")
    assert not [problem for problem in problems if problem.severity == "error"]
    rest = sorted((problem.id, problem.location.line) for problem in problems if problem.id not in STRICTER)
    assert rest == sorted(item for item in listed(name, "plain") if item[0] not in STRICTER), problems


@pytest.mark.parametrize("name", [name for name, profiles in EXPECTED.items() if "aphasia-friendly" in profiles])
def test_only_what_somebody_who_writes_for_aphasia_agrees_with(name: str, editions: dict[str, Edition]) -> None:
    problems = problems_of(editions[name], "aphasia-friendly")
    assert sorted((problem.id, problem.location.line) for problem in problems) == sorted(
        listed(name, "aphasia-friendly")
    )


def test_the_brands_words_say_their_language_in_an_issue_of_another(editions: dict[str, Edition]) -> None:
    arabic, english = editions["2027-11-18-arabic"], editions["2027-05-06-short"]
    brand = arabic.brand
    assert brand.helpline
    for words in (brand.disclaimer, brand.why_you_get_this, brand.helpline.hours, brand.glossary[Text("MS")]):
        assert f'<span lang="en-GB" dir="ltr">{words}</span>' in arabic.inlined
    assert "<span lang=" not in english.inlined


def test_a_full_bar_is_the_whole_in_arabic_digits_too(editions: dict[str, Edition]) -> None:
    assert editions["2027-11-18-arabic"].mjml.count('class="bar" width="44%"') == 1


def reasons() -> Iterator[tuple[str, str, str]]:
    for name, profiles in EXPECTED.items():
        for profile, items in profiles.items():
            yield from ((name, profile, item["why"]) for item in items)


def test_each_warning_that_is_listed_has_its_reason() -> None:
    assert set(EXPECTED) <= {*FILES, EXAMPLES}
    for name, profile, why in reasons():
        assert profile in PROFILES
        assert len(why.split()) > 3, f"{name}: {why}"


def test_a_change_that_loses_much_has_few_problems() -> None:
    for name, profiles in EXPECTED.items():
        assert len(profiles.get("plain", [])) <= 5, name

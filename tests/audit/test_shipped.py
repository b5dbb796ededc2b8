"""Both shipped issues and an example of every block have no problems in any state, and the report says so."""

from __future__ import annotations

import base64
import datetime
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from newsletter.audit import audit, report
from newsletter.audit.axe_rules import NEVER_RUN
from newsletter.audit.result import Audit
from newsletter.audit.states import STATES
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.issue.load import load_brand
from newsletter.pipeline import build
from newsletter.project import Project
from support.axe import run_axe
from support.browser import View, installed_browser, opened, require_browser
from support.examples import write_every_block

DAY = datetime.date(2026, 12, 1)
KINDS: tuple[EditionKind, ...] = ("standard", "large-print", "text-only")
SHIPPED = ("2023-09-26-stem-cell-hope", "2026-12-03-everything-at-once")
NAMES = [*SHIPPED, "every-block", "large-print", "text-only"]
NAMES += [f"{name}.{kind}" for name in SHIPPED for kind in KINDS[1:]]

# One of its tables shows what an old email did to some signs, and two articles explain what < means.
ALLOWED = {
    name: ["broken-text", "coded-characters", "doses", "doses", "doses", "powers"]
    for name in NAMES
    if SHIPPED[1] in name
}


@pytest.fixture(scope="module")
def audits(
    editions: dict[str, Edition], project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Audit]:
    require_browser()
    folder = tmp_path_factory.mktemp("every-block")
    examples = Project(folder)
    path, brand = write_every_block(project, folder), load_brand(examples)
    every_block = [build(path, examples, brand, kind) for kind in KINDS]
    others = [build(project.issues / f"{name}.yaml", project, brand, kind) for name in SHIPPED for kind in KINDS[1:]]
    return dict(zip(NAMES, audit([*editions.values(), *every_block, *others], Settings()), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_there_are_no_problems(audits: Mapping[str, Audit], name: str) -> None:
    one = audits[name]
    assert [str(item.problem) for item in one.problems_by_state] == []
    assert not one.report.problems
    assert [item.rule for item in one.incomplete if not item.resolution] == []
    assert sorted(item.rule for item in one.allowed) == ALLOWED.get(name, [])


def test_each_is_tested_in_every_state_that_applies(audits: Mapping[str, Audit]) -> None:
    states = {name: [item.state for item in one.tested] for name, one in audits.items()}
    assert states["2026-12-03-everything-at-once"] == list(STATES)
    assert states["every-block"] == states["large-print"] == list(STATES[:-1])
    assert [state.name for state in audits["every-block"].skipped] == ["right to left"]
    assert states["text-only"] == []
    words = [item.words for item in audits["every-block"].tested]
    assert min(words) > 0.95 * max(words), "the columns of a wide table are repeated in each row"


def test_axe_ran_with_all_rules_except_those_that_are_named(audits: Mapping[str, Audit]) -> None:
    for item in audits["every-block"].tested:
        assert item.axe_rules + len(NEVER_RUN) + len(item.state.without_axe) >= 100


def test_a_report_is_two_files_named_after_issue_and_edition(audits: Mapping[str, Audit]) -> None:
    names = [[*report.report_files(audits[name], DAY)] for name in ("every-block", "large-print")]
    assert names[0] == ["every-block.accessibility.json", "every-block.accessibility.html"]
    assert names[1] == ["every-block.large-print.accessibility.json", "every-block.large-print.accessibility.html"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_one_file_and_lists_what_ran(audits: Mapping[str, Audit], name: str) -> None:
    one = audits[name]
    html = report.report_files(one, DAY)[f"{_stem(one)}.html"].decode()
    assert len(html) < 1_500_000
    assert not re.search(r"<script|<link|https?://|url\(", html)
    assert html.count("<img ") == len(one.tested)
    for version in (one.versions.newsletter, one.versions.axe, one.versions.browser):
        assert version in html
    assert all(item.state.name.lower() in html.lower() for item in one.tested)
    assert ("Not run:" in html) == bool(one.skipped and one.tested)
    assert all(rule in html for rule in (NEVER_RUN if one.tested else ()))


def test_json_says_what_the_page_says(audits: Mapping[str, Audit]) -> None:
    one = audits["every-block"]
    data = json.loads(report.report_files(one, DAY)["every-block.accessibility.json"])
    assert data["edition"] == "standard"
    assert [state["name"] for state in data["states"]] == [item.state.name for item in one.tested]
    assert data["states_not_run"] == ["right to left"]
    assert {item["rule"] for item in data["axe_disabled"]} >= set(NEVER_RUN)
    assert data["problems"] == []


def test_one_audit_always_gives_the_same_report(audits: Mapping[str, Audit]) -> None:
    one = audits["every-block"]
    assert report.report_files(one, DAY) == report.report_files(one, DAY)
    assert base64.b64encode(one.tested[0].screenshot).decode() in _html(one)


@pytest.mark.parametrize("view", [View(w, s) for w in (320, 1280) for s in ("light", "dark")], ids=str)
def test_the_report_itself_is_accessible(audits: Mapping[str, Audit], view: View, tmp_path: Path) -> None:
    with installed_browser() as browser:
        for name in ("every-block", "text-only"):
            with opened(browser, _html(audits[name]), view, tmp_path) as tab:
                measured = tab.measure()
                violations = run_axe(tab.page)["violations"]
            assert violations == []
            assert measured["sideways"] == 0
            assert [item["word"] for item in measured["split"] if item["length"] <= item["room"]] == []
            assert measured["overlaps"] == []
            assert tab.asked_for == []


def _stem(one: Audit) -> str:
    kind = "" if one.edition.kind == "standard" else f".{one.edition.kind}"
    return f"{one.edition.issue.slug}{kind}.accessibility"


def _html(one: Audit) -> str:
    return report.report_files(one, DAY)[f"{_stem(one)}.html"].decode()

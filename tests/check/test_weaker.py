"""A project cannot check less than the rules do by default, unless everybody sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.check.registry import all_rules, rule
from newsletter.check.settings import read_settings
from newsletter.check.weaker import weaker_settings
from newsletter.problems import Problem
from newsletter.project import Project
from support.command import run
from support.own_brand import write_own_brand

ISSUE = """\
subject: Bookings open for the autumn walks
preheader: Three walks on flat paths, and who to ring to join.
title: Autumn walks
date: 2026-10-01
articles:
  - title: Our three walks
    summary: Bring a friend. Each walk is on a flat path, with benches on the way.
"""


def settings(folder: Path, toml: str) -> tuple[Problem, ...]:
    (folder / "pyproject.toml").write_text(f"[tool.newsletter]\n{toml}", "utf-8")
    return read_settings(Project(folder)).weaker


@pytest.mark.parametrize(
    ("toml", "line", "message"),
    [
        ('rules.contrast = "off"', 2, "“contrast” is off in this project. By default it is an error."),
        ('rules.contrast = "warning"', 2, "“contrast” is only a warning in this project."),
        ('rules.link-secure = "off"', 2, "“link-secure” is off in this project."),
        ("rules.contrast = {large_text = 2.9}", 2, "has “large_text” 2.9 in this project. By default it is 3.0."),
        ("[tool.newsletter.rules.text-size]\nbody = 15", 3, "“text-size” has “body” 15"),
        ("rules.sentence-length = {longest = 40}", 2, "“sentence-length” has “longest” 40"),
        ('rules.hype-words = {allowed = ["cure"]}', 2, "“hype-words” leaves out cure in this project."),
        ('rules.short-addresses = {allowed = ["bit.ly"]}', 2, "“short-addresses” leaves out bit.ly"),
        ('rules.text-size = {small_print = ["footer", "lead"]}', 2, "“text-size” leaves out lead in this project."),
        ('rules.abbreviations = {known = ["UK", "PML"]}', 2, "“abbreviations” leaves out PML in this project."),
        ('rules.officials-words = {allowed = ["notify"]}', 2, "“officials-words” leaves out notify in this project."),
        ('rules.fonts = {last = ["serif"]}', 2, "“fonts” leaves out serif in this project."),
        ('rules.mail-clients = {accepted = ["float: words stay"]}', 2, "leaves out float: words stay in this project."),
        ('rules.axe = {without = ["region"]}', 2, "“axe” leaves out region in this project."),
    ],
)
def test_a_weaker_setting_is_named_at_its_line(tmp_path: Path, toml: str, line: int, message: str) -> None:
    (problem,) = settings(tmp_path, toml)
    assert problem.id == "weaker-settings"
    assert message in problem.message
    assert (problem.location.line, problem.severity) == (line, "warning")


@pytest.mark.parametrize(
    "toml",
    [
        'profile = "aphasia-friendly"',
        'rules.contrast = "error"',
        "rules.contrast = {text = 7}",
        "rules.sentence-length = {longest = 20}",
        'rules.tracking = {ids = ["reader_id"]}',
        'rules.text-size = {small_print = ["footer"]}',
        'rules.contractions = "warning"',
        'rules.contractions = "off"',
    ],
)
def test_a_stricter_setting_is_not_weaker(tmp_path: Path, toml: str) -> None:
    assert settings(tmp_path, toml) == ()


def test_with_the_strict_policy_it_is_an_error(tmp_path: Path) -> None:
    (problem,) = settings(tmp_path, 'policy = "strict"\nrules.contrast = "off"')
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('rules.doses = "warning"', "“doses” is only a warning in this project. By default it is an error."),
        ("rules.sentence-length = {block_over = 60}", "“block_over” 60 in this project. By default it is 35."),
    ],
)
def test_lowering_an_error_of_the_strict_policy_is_reported(tmp_path: Path, toml: str, message: str) -> None:
    assert settings(tmp_path, toml) == ()
    (problem,) = settings(tmp_path, f'policy = "strict"\n{toml}')
    assert message in problem.message and problem.severity == "error"


@pytest.mark.parametrize("checked", [rule for rule in all_rules() if rule.options], ids=lambda rule: rule.id)
def test_of_each_number_one_direction_is_weaker(checked: object) -> None:
    """Raise and lower each number of a rule: exactly one of both has to be named."""
    of = rule(checked.id)  # type: ignore[attr-defined]
    for key, default in of.options.items():
        if isinstance(default, int | float):
            named = [list(weaker_settings(of, {key: default + change})) != [] for change in (-0.5, 0.5)]
            assert sorted(named) == [False, True], key
    assert {*of.stricter_when_higher, *of.exceptions} <= of.options.keys()


REPORTS_MORE = {("fonts", "hard_to_read"), ("tracking", "ids"), ("tracking", "campaigns")}


def test_each_list_makes_its_rule_weaker_or_stricter() -> None:
    lists = {(of.id, key) for of in all_rules() for key, value in of.options.items() if isinstance(value, list)}
    weaker = {(of.id, key) for of in all_rules() for key in of.exceptions}
    assert lists == weaker | REPORTS_MORE


@pytest.mark.parametrize("command", ["check", "render"])
def test_each_command_names_it_and_the_policy_refuses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_own_brand(tmp_path)
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/autumn.yaml").write_text(ISSUE, "utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.newsletter.rules]\ncontrast = "off"\n', "utf-8")
    lenient = run(command, "--edition", "standard")
    assert lenient.exit_code == 0
    assert "pyproject.toml:2: warning: The rule “contrast” is off in this project." in lenient.output
    strict = run(command, "--policy", "strict", "--edition", "standard")
    assert strict.exit_code == 1
    assert "pyproject.toml:2: error: The rule “contrast” is off in this project." in strict.output


def in_strict_project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    write_own_brand(folder)
    (folder / "issues").mkdir()
    (folder / "issues/autumn.yaml").write_text(ISSUE, "utf-8")
    (folder / "pyproject.toml").write_text('[tool.newsletter]\npolicy = "strict"\n', "utf-8")


@pytest.mark.parametrize("command", ["check", "render"])
def test_a_lower_policy_on_the_command_line_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    in_strict_project(tmp_path, monkeypatch)
    usual = run(command, "--policy", "strict", "--edition", "standard")
    assert "weaker-settings" not in usual.output
    lower = run(command, "--policy", "standard", "--edition", "standard")
    message = "The policy of this project is “strict”, but --policy says “standard”. (weaker-settings)"
    assert f"pyproject.toml:2: error: {message}" in lower.output and lower.exit_code == 1


def test_a_skipped_rule_is_named_and_a_strict_project_refuses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_strict_project(tmp_path, monkeypatch)
    strict = run("check", "--ignore", "doses", "--ignore", "zoom", "--edition", "standard")
    assert strict.exit_code == 1
    message = "The policy of this project is strict, but --ignore skips doses and zoom. (weaker-settings)"
    assert f"pyproject.toml: error: {message}" in strict.output
    only = run("check", "--only", "doses", "--edition", "standard")
    assert only.exit_code == 1
    message = "The policy of this project is strict, but --only uses only doses. (weaker-settings)"
    assert f"pyproject.toml: error: {message}" in only.output
    (tmp_path / "pyproject.toml").unlink()
    usual = run("check", "--ignore", "doses", "--edition", "standard")
    assert usual.exit_code == 0
    assert usual.output.endswith("Skipped with --ignore: doses.\n")


@pytest.mark.parametrize("command", ["check", "render"])
def test_rules_of_another_sector_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    in_strict_project(tmp_path, monkeypatch)
    brand = tmp_path / "templates/brand.yaml"
    text = brand.read_text("utf-8")
    arguments = [command, "--edition", "standard"]
    assert "sector" not in run(*arguments).output
    brand.write_text(text.replace("\n# sector: general", "\nsector: general"), "utf-8")
    last = run(*arguments).output.splitlines()[-1]
    names = ", ".join(sorted(rule.id for rule in all_rules() if rule.sector == "health"))
    assert last.endswith(f"Left out, because brand.yaml has “sector: general”: {names}.")

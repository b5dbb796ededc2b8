"""The audit reports the problems of each state once, at their line."""

from __future__ import annotations

import datetime
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.audit import audit, report
from newsletter.audit.result import Audit
from newsletter.audit.states import STATES
from newsletter.check.registry import all_rules
from newsletter.check.settings import Settings
from newsletter.cli.progress import AuditProgress
from newsletter.edition import Edition
from newsletter.issue.load import load_brand
from newsletter.pipeline import build
from newsletter.problems import Location, Problems
from newsletter.project import Project
from support.browser import require_browser
from support.class_names import with_long_names
from support.command import run
from support.examples import SHORT
from support.marked_pages import edited_page
from support.seeded import EVERYWHERE, FAULTS, edition_of, page

DAY = datetime.date(2026, 12, 1)
BROWSER_RULES = {rule.id for rule in all_rules() if rule.scope == "browser"}
OF_PICTURES = {"words-only-in-image"}
"""Rules about the pictures of an issue, not about its page; see test_words_only_in_image.py."""


@pytest.fixture(scope="module")
def seeded(editions: dict[str, Edition]) -> tuple[Audit, Audit]:
    """A page with every state's fault, and one with those that show everywhere in the first state."""
    require_browser()
    base = next(iter(editions.values()))
    (faulty,) = audit([edition_of(base, page(*(fault for *_, fault in FAULTS.values())))], Settings())
    everywhere = edition_of(base, page(*(fault for _, fault in EVERYWHERE.values())))
    (first,) = audit([everywhere], Settings(), states=STATES[:1])
    return faulty, first


def problems_of(one: Audit) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.problem.id, item.problem.message, item.states) for item in one.problems_by_state]


@pytest.mark.parametrize("state", FAULTS)
def test_each_state_shows_a_fault_that_no_other_does(seeded: tuple[Audit, Audit], state: str) -> None:
    rule, words, _ = FAULTS[state]
    about = [item for item in problems_of(seeded[0]) if words in item[1] and item[0] != "axe"]
    assert [(id, states) for id, _, states in about] == [(rule, (state,))]


def test_nothing_else_is_reported_in_that_page(seeded: tuple[Audit, Audit]) -> None:
    words = [words for _, words, _ in FAULTS.values()]
    assert [item for item in problems_of(seeded[0]) if not any(one in item[1] for one in words)] == []


def test_every_state_has_a_fault_and_every_rule_is_seeded() -> None:
    assert list(FAULTS) == [state.name for state in STATES]
    assert {rule for rule, *_ in FAULTS.values()} | set(EVERYWHERE) == BROWSER_RULES - OF_PICTURES


def test_only_a_rule_of_the_browser_names_states_and_they_exist() -> None:
    only_in_some = [rule for rule in all_rules() if rule.states]
    assert {rule.scope for rule in only_in_some} == {"browser"}
    assert {name for rule in only_in_some for name in rule.states} <= {state.name for state in STATES}


@pytest.mark.parametrize("rule", EVERYWHERE)
def test_each_rule_finds_its_fault(seeded: tuple[Audit, Audit], rule: str) -> None:
    words, _ = EVERYWHERE[rule]
    assert [states for id, message, states in problems_of(seeded[1]) if id == rule and words in message] == [("light",)]


def test_a_problem_is_at_the_line_of_its_template_if_no_editor_wrote_its_words(
    seeded: tuple[Audit, Audit],
) -> None:
    assert {item.problem.location for item in seeded[1].problems_by_state} == {Location("templates/fault.mjml", 7)}


LIKE = """
<style>@media (prefers-color-scheme: dark) { .linked a { color: #CFE0E6 !important; } }</style>
<p class="linked">A sentence with <a href="https://example.org/" style="color:#D0493B;text-decoration:none">one link</a>
in it, which has no line and in the dark nearly the colour of the sentence, so that nobody knows it for a link.</p>
<p style="color:#767676">Grey enough</p><p style="color:#767676">Grey enough, too</p>
<p style="color:#777777">Too grey</p>
"""


def test_axe_answers_for_all_that_look_alike_and_in_each_state(editions: dict[str, Edition]) -> None:
    require_browser()
    edition = edition_of(next(iter(editions.values())), page(LIKE))
    (one,) = audit([edition], Settings(), states=[state for state in STATES if state.name in ("light", "dark")])
    assert all(item.axe_rules > 95 for item in one.tested)
    about = {
        (item.problem.message.partition(" fails: ")[::2], item.states)
        for item in one.problems_by_state
        if item.problem.id == "axe"
    }
    rule = "axe-core’s rule {}".format
    assert ((rule("link-in-text-block"), "“one link”"), ("dark",)) in about
    for words in ("“Grey enough”", "“Grey enough, too”"):
        assert ((rule("color-contrast-enhanced"), words), ("light",)) in about


def test_a_long_word_may_be_broken_and_the_report_says_so(editions: dict[str, Edition]) -> None:
    require_browser()
    word, number = "Llanfairpwllgwyngyll", "0808\u00a0800\u00a00000"
    style = "width:90px;font:18px/1.6 monospace;overflow-wrap:anywhere"
    narrow = page(f'<p style="{style}">{word}</p><p style="{style}">{number}</p>')
    (one,) = audit([edition_of(next(iter(editions.values())), narrow)], Settings(), states=STATES[:1])
    assert one.tested[0].too_long == (word,)
    (html,) = (content.decode() for name, content in report.report_files(one, DAY).items() if name.endswith(".html"))
    assert f"“{word}”" in html


def test_large_print_requires_the_contrast_of_other_text_for_large_text(editions: dict[str, Edition]) -> None:
    require_browser()
    grey = page('<p style="font-size:24px;color:#8A8A8A">Large and grey</p>')
    edition = edition_of(next(iter(editions.values())), grey)
    both = audit([edition, replace(edition, kind="large-print")], Settings(), states=STATES[:1])
    messages = [
        [item.problem.message for item in one.problems_by_state if item.problem.id == "contrast-on-screen"]
        for one in both
    ]
    assert messages == [[], ["The contrast of “Large and grey” on the screen is 3.45:1."]]


ISSUE = (
    SHORT
    + """\
      - text: |
          Sit down while you stir.
      - text: |
          Pale words in an article.
  - title: "Another one"
    summary: "With an allowance of its own."
    allow:
      contrast: "The painting is this pale on purpose."
      split-words: "It is a poem."
    content:
      - text: |
          Pale words on a painting.
"""
)


@pytest.fixture(scope="module")
def allowing(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """An issue in whose page two paragraphs are too pale; one of them is allowed to be."""
    require_browser()
    folder = tmp_path_factory.mktemp("allowing")
    (folder / "issues").mkdir()
    path = folder / "issues/tired.yaml"
    path.write_text(ISSUE, encoding="utf-8")
    brand = load_brand(project)
    edition = with_long_names(build(path, Project(folder), brand))
    pale = edition.inlined
    for words in ("Pale words in an article", "Pale words on a painting"):
        pale = edited_page(pale, pale.replace(words, f'<span style="color:#BBBBBB">{words}</span>'))
    edition = replace(edition, inlined=pale)
    settings = Settings(rules={"target-size": {"severity": "warning", "button": 40}, "axe": {"without": ["tabindex"]}})
    (result,) = audit([edition], settings, states=STATES[:2])
    return result


def test_a_finding_is_at_the_line_where_its_words_were_written(allowing: Audit) -> None:
    (low,) = [item for item in allowing.problems_by_state if item.problem.id == "contrast-on-screen"]
    assert low.problem.location == Location("issues/tired.yaml", 12, 11)
    assert low.states == ("light", "phone")
    assert "Pale words in an article" in low.problem.message
    assert "templates/" in low.problem.hint


def test_an_exception_is_in_the_report_with_its_reason_and_not_a_problem(allowing: Audit) -> None:
    contrast, split = allowing.allowed
    assert contrast.reason == "The painting is this pale on purpose."
    assert [message for message in contrast.messages if "Pale words on a painting" in message]
    assert (split.rule, split.messages) == ("split-words", ())
    html = report.report_files(allowing, DAY)["tired.accessibility.html"].decode()
    assert "The painting is this pale on purpose." in html
    assert "It is a poem." in html


def test_the_report_has_the_settings_of_the_project(allowing: Audit) -> None:
    assert "target-size: button = 40" in allowing.changed
    assert "tabindex" in [item.rule for item in allowing.disabled]
    assert "target-size: button = 40" in report.report_files(allowing, DAY)["tired.accessibility.html"].decode()


def test_a_rule_of_the_audit_can_be_allowed_and_is_known_to_the_check(allowing: Audit) -> None:
    assert [problem for problem in allowing.report.problems if "There is no rule" in problem.message] == []


def test_without_a_browser_a_message_says_what_to_install(
    editions: dict[str, Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    with pytest.raises(Problems) as error:
        audit(list(editions.values())[:1], Settings())
    (problem,) = error.value.problems
    assert problem.location == Location("newsletter audit")
    assert "No Chromium, Chrome or Edge is installed" in problem.message


@pytest.mark.parametrize("module", ["playwright.async_api", "axe_playwright_python.base"])
def test_without_the_extra_a_message_says_what_to_install(
    editions: dict[str, Edition], monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    require_browser()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Problems) as error:
        audit(list(editions.values())[:1], Settings())
    assert "pip install 'accessible-newsletter[audit]'" in str(error.value)


def test_the_command_writes_reports_and_prints_the_problems(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_browser()
    monkeypatch.setattr("newsletter.audit.STATES", STATES[:2])
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/tired.yaml").write_text(ISSUE.replace("allow:", 'allow:\n      no-such-rule: "Nobody has it."'))
    monkeypatch.chdir(tmp_path)
    result = run("audit", "tired", "--edition", "standard", "-o", "proof")
    assert result.exit_code == 1, result.output
    assert "issues/tired.yaml:16:21: error: There is no rule “no-such-rule”." in result.stderr
    assert "tired: 2 states. " in result.stdout
    assert result.stderr.count("tested ") == 0, "progress is for terminals"
    assert sorted(file.name for file in (tmp_path / "proof").iterdir()) == [
        "tired.accessibility.html",
        "tired.accessibility.json",
    ]
    assert "Wrote proof/tired.accessibility.html" in result.stdout
    assert "The web version was not tested, because of --edition." in result.stdout


def test_the_command_names_the_editions_that_have_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_browser()
    monkeypatch.setattr("newsletter.audit.STATES", STATES[:1])
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/tired.yaml").write_text(ISSUE.replace("allow:", 'allow:\n      no-such-rule: "Nobody has it."'))
    (tmp_path / "pyproject.toml").write_text("[tool.newsletter.rules]\ntext-size-on-screen = { smallest = 20 }\n")
    monkeypatch.chdir(tmp_path)
    arguments = ["audit", "--edition", "standard", "--edition", "large-print"]
    result = run(*arguments)
    assert result.stderr.count("There is no rule “no-such-rule”.") == 1
    assert result.stderr.count("px large.") == result.stderr.count("Only in the standard edition.") > 0
    problems = json.loads(run(*arguments, "--json").stdout)["problems"]
    assert {tuple(item["editions"]) for item in problems if item["id"] == "text-size-on-screen"} == {("standard",)}
    assert [item["editions"] for item in problems if "no-such-rule" in item["message"]] == [[]]


def test_progress_says_how_much_there_is(
    editions: dict[str, Edition], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress, edition = AuditProgress(), next(iter(editions.values()))
    for state in (*STATES[:2], STATES[0]):
        progress(edition, state, 2)
    lines = [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()]
    assert lines == ["tested light (1 of 2)", "tested phone (2 of 2)", "tested light (1 of 2)"]


def test_the_command_says_everything_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_browser()
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/tired.yaml").write_text(ISSUE.partition("    allow:")[0] + ISSUE.partition('poem."\n')[2])
    monkeypatch.chdir(tmp_path)
    result = run("audit", "--json", "--edition", "text-only")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert data["written"] == [f"outbox/tired.text-only.accessibility.{kind}" for kind in ("json", "html")]
    assert data["audits"][0]["edition"] == "text-only"
    assert data["audits"][0]["states"] == []


def test_the_command_without_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/tired.yaml").write_text(ISSUE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    result = run("audit")
    assert result.exit_code == 1
    assert result.stderr.startswith("newsletter audit: error: No Chromium, Chrome or Edge is installed")
    assert not (tmp_path / "outbox").exists()

"""Every rule does what its case file says: tests/cases/rules/<rule-id>.yaml.

A case file has two lists, `reported` and `silent`, and maybe a third, `fault`, as seeding.py describes it. An item is
a snippet, or a mapping with a snippet and what else the case needs. A line that must be reported ends in a comment that
holds `<-- reported`; the comment is taken out before anything is read, so it can be anywhere, inside a Markdown text
too. Exactly the marked lines must be reported, by this rule; a silent case must not be reported at all.

    reported:
      # Blocks of an article begin with a dash ...
      - |
        - text: |
            [Click here](https://example.org/).   # <-- reported
      # ... other keys are an article's (summary, label, image, content, source, link, allow) or the issue's (the rest).
      # Whatever else an issue needs is added.
      - |
        subject: "SALE SALE SALE"   # <-- reported
      # With thresholds or a profile, and with the severity that is expected:
      - issue: |
          summary: "..."   # <-- reported
        options: {longest: 3}
        profile: aphasia-friendly
        severity: warning
      # With the same issue in Welsh beside it, in which nothing is reported:
      - issue: |
          summary: "..."   # <-- reported
        twin: |
          summary: "..."
      # MJML instead of templates/blocks/text.mjml; the issue holds one text block, unless `issue` is given, too:
      - block: |
          <mj-text><p style="color:#aaaaaa">x</p></mj-text>   {# <-- reported #}
      # An edit of a template, any file in templates/, in which `find` is once. Without a mark, something has to be
      # reported somewhere; a mark in `with` says that this line is. Of web.html and web.css,
      # the web version is checked.
      - template: styles.css
        find: "p { margin: 0 0 16px; }"
        with: "p { margin: 0; color: #999999; }"
      # An edit of a build: `html` (the inlined page), `text` (the plain-text part) or `message` (the whole
      # file's bytes, as Latin-1). `times` repeats `with`.
      - edit: html
        find: "</body>"
        with: "<p>x</p></body>"
        times: 1
"""

from __future__ import annotations

import ast
import re
import shutil
import textwrap
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from newsletter.check.engine import check
from newsletter.check.registry import all_rules
from newsletter.check.rule import Rule, RuleScope
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.problems import Problem
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.case_files import read_cases
from support.default_words import ProjectOfTests
from support.partial_edition import partial_edition
from support.rules_page import rules_page
from support.seeding import (
    CASES,
    CHECKED,
    ROOT,
    RULES,
    catalogue,
    edited,
    replaced,
    rules_that_report,
    settings_for,
    unmarked,
)
from support.web_problems import FILES as WEB_FILES
from support.web_problems import web_problems

ISSUE_KEYS = {
    "subject": 'subject: "What helps when you are tired"',
    "preheader": 'preheader: "Small changes that people with MS told us about"',
    "title": 'title: "Neuro News, December 2026"',
    "date": "date: 2026-12-03",
}
ARTICLE_KEYS = {
    "title": 'title: "A chair by the cooker"',
    "summary": 'summary: "Small changes save your strength for what you love."',
    "content": "content:\n  - text: |\n      Sit down while you stir.",
}
IN_ARTICLE = ("summary", "label", "image", "content", "source", "link", "allow")


def issue_yaml(snippet: str) -> str:
    """Return a whole issue with the snippet in it; none of its lines is changed except in its indentation."""
    keys = re.findall(r"^(\w+):", snippet, re.MULTILINE)
    if "articles" in keys:
        return "\n".join([*(line for key, line in ISSUE_KEYS.items() if key not in keys), snippet])
    of_article = snippet.startswith("- ") or (bool(keys) and keys[0] in IN_ARTICLE)
    own = "content:\n" + textwrap.indent(snippet, "  ") if snippet.startswith("- ") else snippet * of_article
    own_keys = re.findall(r"^(\w+):", own, re.MULTILINE)
    article = "\n".join([*(line for key, line in ARTICLE_KEYS.items() if key not in own_keys), own])
    item = "articles:\n  -\n" + textwrap.indent(article, "    ")
    issue = [line for key, line in ISSUE_KEYS.items() if of_article or key not in keys]
    return "\n".join([*issue, item, "" if of_article else snippet]) + "\n"


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        file = read_cases(path)
        for kind in ("reported", "silent"):
            for number, item in enumerate(file[kind], 1):
                case = item if isinstance(item, dict) else {"issue": item}
                yield pytest.param(path.stem, kind == "reported", case, id=f"{path.stem}-{kind}-{number}")


@pytest.fixture(scope="session")
def shared_project(tmp_path_factory: pytest.TempPathFactory) -> CaseProject:
    """The project of all cases that leave the templates alone: what these need is built once."""
    return CaseProject(tmp_path_factory.mktemp("shared_project"))


@pytest.fixture
def case_project(case: dict[str, Any], shared_project: CaseProject, tmp_path: Path) -> CaseProject:
    return CaseProject(tmp_path) if {"block", "template", "twin"} & case.keys() else shared_project


class CaseProject:
    """A project for cases, and the builds of the issues that several of them share."""

    def __init__(self, home: Path) -> None:
        self.home = home
        shutil.copytree(ROOT / "issues/images", home / "issues/images")
        shutil.copytree(DEFAULT_TEMPLATES / "images", home / "templates/images")
        self._built: dict[tuple[str, RuleScope], Edition] = {}

    @cached_property
    def project(self) -> Project:
        """The project, read once the case's templates are written."""
        return ProjectOfTests(self.home)

    @cached_property
    def brand(self) -> Brand:
        """The project's brand."""
        return load_brand(self.project)

    def prepare(self, case: dict[str, Any]) -> tuple[Path, set[tuple[str, int]]]:
        """Write the case's files; return its issue, and file and line of everything that must be reported."""
        expected: set[tuple[str, int]] = set()

        def write(name: str, text: str) -> Path:
            text, lines = unmarked(text)
            expected.update((name, line) for line in lines)
            (self.home / name).parent.mkdir(parents=True, exist_ok=True)
            (self.home / name).write_text(text, "utf-8")
            return self.home / name

        if "block" in case:
            write("templates/blocks/text.mjml", case["block"])
            shutil.copy(DEFAULT_TEMPLATES / "blocks/text.yaml", self.home / "templates/blocks/text.yaml")
        if "template" in case:
            text = (DEFAULT_TEMPLATES / case["template"]).read_text("utf-8")
            write(f"templates/{case['template']}", replaced(text, case))
        if "twin" in case:
            write("issues/case.cy.yaml", issue_yaml(case["twin"]))
        issue = issue_yaml(case.get("issue", "- text: |\n    Sit down while you stir.\n"))
        return write("issues/case.yaml", issue), expected

    def check(self, rule: Rule, case: dict[str, Any], path: Path) -> list[Problem]:
        """Return what the rule reports, of as much of the email as it reads, or of the web version."""
        if rule.scope == "web" or case.get("template") in WEB_FILES:
            return list(web_problems(path, self.project, self.brand, settings_for(rule, case), [rule.id]))
        edition = edited(self._edition(path, "message" if "edit" in case else rule.scope), case)
        problems = check(edition, settings_for(rule, case), only=[rule.id]).problems
        return [problem for problem in problems if problem.id == rule.id]

    def _edition(self, path: Path, scope: RuleScope) -> Edition:
        key = path.read_text("utf-8"), scope
        if key not in self._built:
            self._built[key] = partial_edition(path, self.project, self.brand, scope)
        return self._built[key]


@pytest.mark.parametrize(("rule", "reported", "case"), list(cases()))
def test_case(
    rule: str, reported: bool, case: dict[str, Any], case_project: CaseProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "block" in case or "template" in case:
        # A template made for a case need not show what the issue says.
        monkeypatch.setattr("newsletter.pipeline.find_losses", lambda *_: ())
    path, expected = case_project.prepare(case)
    problems = case_project.check(RULES[rule], case, path)
    report = "\n".join(map(str, problems))
    assert bool(problems) is reported, report or "nothing was reported"
    if expected:
        assert {(problem.location.file, problem.location.line) for problem in problems} == expected, report
    else:
        assert not (
            reported and set(case) <= {"issue", "options", "profile", "severity"} and RULES[rule].scope == "issue"
        )
    if "severity" in case:
        assert {problem.severity for problem in problems} == {case["severity"]}


def test_a_rule_imports_no_other_rule() -> None:
    """What several rules share is in modules whose names begin with an underscore."""
    for path in (ROOT / "src/newsletter/rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("newsletter.rules"):
                shared = [str(node.module).rpartition(".")[2], *(name.name for name in node.names)]
                assert any(name.startswith("_") for name in shared), f"{path}:{node.lineno}"


def test_every_rule_has_cases_and_every_case_file_a_rule() -> None:
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == sorted(CHECKED)
    for path in CASES.glob("*.yaml"):
        kinds = read_cases(path)
        assert set(kinds) - {"fault"} == {"reported", "silent"}, path.name
        # A case file cannot make a picture; the catalogue of faults can.
        assert kinds["reported"] or path.stem in rules_that_report(catalogue()), path.name
        assert kinds["silent"], path.name


@pytest.mark.parametrize("rule", list(RULES.values()), ids=lambda rule: rule.id)
def test_every_rule_explains_itself(rule: Rule) -> None:
    first, blank, *rest = rule.explanation.split("\n")
    assert first.endswith("."), "the first line is a sentence: what is right"
    assert blank == ""
    assert re.search(r"^Bad:\n(\n?    .+\n)+\nGood:\n(\n?    .+\n)+", "\n".join(rest), re.MULTILINE)
    assert "_" not in rule.id


def test_ids_are_unique() -> None:
    assert len(RULES) == len(all_rules())


def test_shipped_issues_have_no_error(edition: Edition) -> None:
    assert [str(problem) for problem in check(edition, Settings()).errors] == []


@pytest.mark.generated
def test_the_page_of_rules_is_fresh(request: pytest.FixtureRequest) -> None:
    page, expected = ROOT / "docs/reference/rules.md", rules_page(all_rules())
    if request.config.getoption("--update"):
        page.write_text(expected, "utf-8")
    assert page.read_text("utf-8") == expected, "`make update` writes it again"

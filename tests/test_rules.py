"""Every rule does what its case file says: tests/rules/<rule-id>.yaml.

A case file has two lists, `reported` and `silent`. An item is a snippet, or a mapping with a snippet and what else the
case needs. A line that must be reported ends in a comment that holds `<-- reported`; the comment is taken out before
anything is read, so it can stand anywhere, inside a Markdown text too. Exactly the marked lines must be reported, by
this rule; a silent case must not be reported at all.

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
      # MJML in place of templates/blocks/text.mjml; the issue holds one text block, unless `issue` is given, too:
      - block: |
          <mj-text><p style="color:#aaaaaa">x</p></mj-text>   {# <-- reported #}
      # An edit of a template, any file in templates/, in which `find` stands once. Without a mark, something has to be
      # reported somewhere; a mark in `with` says that this line is.
      - template: styles.css
        find: "p { margin: 0 0 18px; }"
        with: "p { margin: 0; color: #999999; }"
      # An edit of what was built: `html` (the inlined page), `text` (the plain-text part) or `message` (the whole
      # file's bytes, as Latin-1). `times` repeats `with`.
      - edit: html
        find: "</body>"
        with: "<p>x</p></body>"
        times: 1
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsletter.check import check
from newsletter.check.explained import rules_page
from newsletter.check.settings import Settings
from newsletter.edition import Edition, InlinedPage, PlainText
from newsletter.envelope import envelope
from newsletter.load import load_brand
from newsletter.message import assemble
from newsletter.picture_links import embedded
from newsletter.pipeline import build
from newsletter.problems import Problem
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.rules import Rule, all_rules

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests/rules"
RULES = {rule.id: rule for rule in all_rules()}
BROWSER = {rule.id for rule in all_rules() if rule.kind == "browser"}
"""These have their cases in tests/audit."""

MARK = re.compile(r"[ \t]*(?:\{#|<!--|/\*|#)\s*<-- reported[^\n]*")
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
    """Complete a snippet to a whole issue; none of its lines is changed but for indentation."""
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


def unmarked(text: str) -> tuple[str, set[int]]:
    """Take the marks out; give the numbers of their lines, from 1."""
    lines = text.split("\n")
    return "\n".join(MARK.sub("", line) for line in lines), {n for n, line in enumerate(lines, 1) if MARK.search(line)}


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        for kind, items in yaml.safe_load(path.read_text("utf-8")).items():
            for number, item in enumerate(items, 1):
                case = item if isinstance(item, dict) else {"issue": item}
                yield pytest.param(path.stem, kind == "reported", case, id=f"{path.stem}-{kind}-{number}")


def prepared(case: dict[str, Any], home: Path) -> tuple[Path, set[tuple[str, int]]]:
    """Write the case's project; give its issue, and file and line of everything that is to be reported."""
    expected: set[tuple[str, int]] = set()

    def write(name: str, text: str) -> Path:
        text, lines = unmarked(text)
        expected.update((name, line) for line in lines)
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
        return home / name

    shutil.copytree(ROOT / "issues/images", home / "issues/images")
    shutil.copytree(DEFAULT_TEMPLATES / "images", home / "templates/images")
    if "block" in case:
        write("templates/blocks/text.mjml", case["block"])
        shutil.copy(DEFAULT_TEMPLATES / "blocks/text.yaml", home / "templates/blocks/text.yaml")
    if "template" in case:
        text = (DEFAULT_TEMPLATES / case["template"]).read_text("utf-8")
        assert text.count(case["find"]) == 1, "`find` has to stand in the template exactly once"
        write(f"templates/{case['template']}", text.replace(case["find"], case["with"]))
    return write(
        "issues/case.yaml", issue_yaml(case.get("issue", "- text: |\n    Sit down while you stir.\n"))
    ), expected


def edited(edition: Edition, case: dict[str, Any]) -> Edition:
    if "edit" not in case:
        return edition

    def edit(text: str) -> str:
        assert text.count(case["find"]) >= 1, "`find` has to stand there"
        return text.replace(case["find"], case["with"] * case.get("times", 1), 1)

    if case["edit"] == "message":
        return replace(edition, message=edit(edition.message.decode("latin-1")).encode("latin-1"))
    page = InlinedPage(edit(edition.inlined)) if case["edit"] == "html" else edition.inlined
    text = PlainText(edit(edition.text)) if case["edit"] == "text" else edition.text
    issue, brand = edition.issue, edition.brand
    message = assemble(envelope(issue, brand), text, page, embedded(edition.pictures, brand))
    return replace(edition, inlined=page, text=text, message=message)


def found(rule: Rule, case: dict[str, Any], path: Path, home: Path) -> list[Problem]:
    project = Project(home)
    edition = edited(build(path, project, load_brand(project)), case)
    told = {"severity": "warning"} if rule.severity == "off" else {}
    settings = Settings(case.get("profile", "plain"), {rule.id: {**told, **case.get("options", {})}})
    return [problem for problem in check(edition, settings, only=[rule.id]).problems if problem.id == rule.id]


@pytest.mark.parametrize(("rule", "reported", "case"), list(cases()))
def test_case(rule: str, reported: bool, case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "block" in case or "template" in case:
        # A template made for a case need not show what the issue says.
        monkeypatch.setattr("newsletter.pipeline.lost", lambda *_: ())
    path, expected = prepared(case, tmp_path)
    problems = found(RULES[rule], case, path, tmp_path)
    said = "\n".join(map(str, problems))
    assert bool(problems) is reported, said or "nothing was reported"
    if expected:
        assert {(problem.place.file, problem.place.line) for problem in problems} == expected, said
    else:
        assert not (
            reported and set(case) <= {"issue", "options", "profile", "severity"} and RULES[rule].kind == "issue"
        )
    if "severity" in case:
        assert {problem.severity for problem in problems} == {case["severity"]}


def test_every_rule_has_cases_and_every_case_file_a_rule() -> None:
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == sorted(RULES.keys() - BROWSER)
    for path in CASES.glob("*.yaml"):
        assert set(yaml.safe_load(path.read_text("utf-8"))) == {"reported", "silent"}, path.name


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


def test_the_page_of_rules_is_fresh(request: pytest.FixtureRequest) -> None:
    page, expected = ROOT / "docs/rules.md", rules_page(all_rules())
    if request.config.getoption("--update"):
        page.write_text(expected, "utf-8")
    assert page.read_text("utf-8") == expected, "`pytest --update` writes it anew"

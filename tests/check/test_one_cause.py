"""One line of a style sheet is one cause, and each rule reports it once, at that line, however much it spoils."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.problems import Problem, Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.live_preview import ROOT

SLUG = "2023-09-26-stem-cell-hope"
SHEET = "templates/styles.css"


def problems_of(rule: str, tmp_path: Path, brand: Brand) -> list[Problem]:
    """Return what is reported of a shipped issue if its style sheet ends with a rule."""
    (tmp_path / "templates").mkdir()
    text = (DEFAULT_TEMPLATES / "styles.css").read_text("utf-8")
    (tmp_path / SHEET).write_text(f"{text}{rule}\n", "utf-8")
    try:
        report = check(
            build(ROOT / f"issues/{SLUG}.yaml", Project(tmp_path), brand), Settings(), ignore=["sample-brand"]
        )
    except Problems as error:
        return [*error.problems]
    return [*report.problems]


@pytest.mark.parametrize(
    "rule",
    [
        ".facts li { font-size: 0; }",
        ".facts li { font-size: 9px; }",
        "p { letter-spacing: -2px; }",
        "p { text-align: justify; }",
        "p { direction: rtl; }",
        "a { color: #aaa; }",
        "a { text-decoration: none; }",
        "a { padding: 0; }",
        "li { text-decoration: line-through; }",
        "li { background: #ccc; }",
        "td { width: 900px; }",
        "p { display: none; }",
        "td { visibility: hidden; }",
    ],
)
def test_a_rule_of_the_style_sheet_is_one_problem(rule: str, tmp_path: Path, brand: Brand) -> None:
    problems = problems_of(rule, tmp_path, brand)
    line = (DEFAULT_TEMPLATES / "styles.css").read_text("utf-8").count("\n") + 1
    own = [problem.id for problem in problems if (problem.location.file, problem.location.line) == (SHEET, line)]
    assert own and len(own) == len(set(own)), "\n".join(map(str, problems))
    # What the rule spoils together with another one is at the other one's line.
    assert {problem.location.file.rpartition(".")[2] for problem in problems} == {"css"}, "\n".join(map(str, problems))

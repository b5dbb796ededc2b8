"""One cause is one problem: a line of a style sheet, whichever elements have its style, whatever mail apps do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.load import load_brand
from newsletter.pipeline import build
from newsletter.problems import Problem
from newsletter.project import DEFAULT_TEMPLATES, Project

SLUG = "2023-09-26-stem-cell-hope"
INLINED = "styles.css", "p { margin: 0 0 16px; }"
IN_HEAD = "dark.css", "@media (forced-colors: active) {"


def problems_of(
    place: tuple[str, str], new: str, project: Project, home: Path, only: Sequence[str] = ()
) -> tuple[list[Problem], int]:
    """Return the problems of templates if a rule is put before a line of a style sheet, and the line of that rule."""
    file, find = place
    css = (DEFAULT_TEMPLATES / file).read_text("utf-8")
    (home / "templates").mkdir()
    (home / "templates" / file).write_text(css.replace(find, f"{new}\n{find}", 1), "utf-8")
    own = Project(home)
    edition = build(project.issues / f"{SLUG}.yaml", own, load_brand(own))
    problems = check(edition, Settings(), only=only).problems
    of_templates = [problem for problem in problems if problem.location.file.startswith("templates/")]
    return of_templates, css.partition(find)[0].count("\n") + 1


@pytest.mark.parametrize(
    ("style", "rule"),
    [
        ("clip-path: inset(50%)", "hidden-text"),
        ("text-indent: -9999px", "hidden-text"),
        ("font-variant: small-caps", "capitals"),
        ("text-transform: uppercase", "capitals"),
        ("font-family: Papyrus, fantasy", "fonts"),
        ("opacity: .5", "harmful-styles"),
        ("text-shadow: 1px 1px 2px #000000", "harmful-styles"),
        ("max-height: 40px; overflow: hidden", "harmful-styles"),
        ("background: url(https://example.org/a.png)", "background-image tracking"),
        ("transition: all 1s", "motion"),
        ("font-style: italic", "italics"),
        ("color: rgba(0, 0, 0, .5)", "contrast"),
        ("float: left", "mail-clients"),
    ],
)
def test_a_line_of_a_style_sheet_is_one_cause(project: Project, tmp_path: Path, style: str, rule: str) -> None:
    problems, line = problems_of(INLINED, f".footer p, .footer li {{ {style}; }}", project, tmp_path)
    assert " ".join(problem.id for problem in problems) == rule
    assert {problem.location.line for problem in problems} == {line}


def test_what_mail_apps_do_with_an_error_is_reported_if_only_that_rule_runs(project: Project, tmp_path: Path) -> None:
    rule = ".footer p { opacity: .5; }"
    ((problem,), line) = problems_of(INLINED, rule, project, tmp_path, only=["mail-clients"])
    assert "“opacity”" in problem.message
    assert problem.location.line == line


@pytest.mark.parametrize(
    ("media", "colour"),
    [("prefers-color-scheme: dark", "#444444"), ("max-width: 479px", "#BBBBBB"), ("min-width: 480px", "#BBBBBB")],
)
def test_a_colour_of_one_view_is_one_cause(project: Project, tmp_path: Path, media: str, colour: str) -> None:
    rule = f"@media ({media}) {{ .page p, .page li {{ color: {colour} !important; }} }}"
    problems, line = problems_of(IN_HEAD, rule, project, tmp_path)
    assert [(problem.id, problem.location.line) for problem in problems] == [("contrast", line)]

"""The web version is checked with the rules that hold for a page of a website."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from newsletter.check.engine import check_editions
from newsletter.check.registry import all_rules
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.web_version import with_web_version
from newsletter.edition import Edition, WebPage
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.problems import Problem
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.command import run
from support.examples import SHORT, write_every_block


def problems_of(home: Path, project: Project, ignore: Sequence[str] = ()) -> list[Problem]:
    """Return what only the web version of an issue with every block has, without the rules to ignore."""
    path, own = write_every_block(project, home), Project(home)
    build = build_issue(path, own, load_brand(own))
    editions, web = build_editions(build, own), build_web_page(build, own)
    known = check_editions(editions, Settings())
    report = with_web_version(known, editions[0], web, Settings(), ignore=ignore)
    return [problem for problem in report.problems if problem not in known.problems]


def test_a_web_version_of_every_block_has_no_problem(project: Project, tmp_path: Path) -> None:
    assert problems_of(tmp_path, project) == []


def test_the_web_versions_of_the_shipped_issues_have_no_problem(
    editions: dict[str, Edition], web_pages: dict[str, WebPage]
) -> None:
    for slug, edition in editions.items():
        known = check_editions([edition], Settings())
        report = with_web_version(known, edition, web_pages[slug], Settings())
        assert set(report.problems) == set(known.problems)


def test_a_wide_picture_needs_a_limit_in_the_style_sheet(
    editions: dict[str, Edition], web_pages: dict[str, WebPage]
) -> None:
    slug = min(editions)
    web = web_pages[slug]
    limit = "img { display: block; max-inline-size: 100%;"
    assert limit in web.with_marks
    wide = WebPage(web.with_marks.replace(limit, "img { display: block;"), web.sources, web.filled)
    report = with_web_version(Report((), (), 1), editions[slug], wide, Settings(), only=["too-wide"])
    assert {problem.id for problem in report.problems} == {"too-wide"}


@pytest.mark.parametrize(
    "fault",
    [
        ("web.html", "{{ header }}", '<p title="Only here">Hello</p>{{ header }}', "tooltips"),
        ("web.html", '<main id="main" tabindex="-1">', '<main id="main" tabindex="-1"><p></p>', "empty-elements"),
        ("web.html", "<footer>", '<footer><p role="img">Hello</p>', "roles"),
        ("web.css", ":focus-visible {", "a:focus { outline: none; }\n:focus-visible {", "harmful-styles"),
        ("web.html", '<html lang="{{ issue.language }}" dir=', "<html dir=", "language"),
        ("web.html", "initial-scale=1", "initial-scale=1, maximum-scale=1", "zoom"),
        ("web.html", "<title>", '<meta http-equiv="refresh" content="30"><title>', "motion"),
        ("web.html", 'href="#main"', 'href="#content"', "contents-list"),
        ("web.css", "li { margin", "main p { line-height: 1; }\nli { margin", "line-height"),
        ("web.css", "li { margin", "main p a { text-decoration: none; }\nli { margin", "link-underlined"),
        ("web.css", "li { margin", "main p { color: #bbb; }\nli { margin", "contrast"),
        ("web.css", "li { margin", "p { font-size: 11px; }\nli { margin", "text-size"),
        ("web.css", "li { margin", "main p { font-size: .6rem; }\nli { margin", "text-size"),
        ("web.css", "img { display", "img { animation: pulse 1s infinite; display", "motion"),
    ],
)
def test_a_fault_of_its_own_is_reported_at_its_line(
    project: Project, tmp_path: Path, fault: tuple[str, str, str, str]
) -> None:
    file, old, new, rule = fault
    text = project.template_file(file).read_text("utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / file).write_text(text.replace(old, new, 1), "utf-8")
    (problem,) = problems_of(tmp_path, project)
    line = text.partition(old)[0].count("\n") + 1
    assert (problem.id, problem.location.file, problem.location.line) == (rule, f"templates/{file}", line)
    assert problem.hint.endswith("It is in the web version.")


def test_a_helpline_may_have_the_name_of_the_organisation(project: Project, tmp_path: Path) -> None:
    text = project.template_file("brand.yaml").read_text("utf-8")
    shutil.copytree(DEFAULT_TEMPLATES / "images", tmp_path / "templates" / "images")
    own = text.replace('name: "Larkmoor Neuro helpline"', 'name: "Larkmoor Neuro Trust"')
    assert own != text
    (tmp_path / "templates/brand.yaml").write_text(own, "utf-8")
    assert problems_of(tmp_path, project) == []


def test_a_rule_can_be_ignored(project: Project, tmp_path: Path) -> None:
    text = project.template_file("web.html").read_text("utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/web.html").write_text(text.replace("{{ header }}", "<p></p>{{ header }}"), "utf-8")
    assert problems_of(tmp_path, project, ignore=["empty-elements"]) == []


def test_its_rules_are_rules_about_pages() -> None:
    assert {rule.scope for rule in all_rules() if rule.is_for_web_version} == {"page"}


def test_what_only_the_web_version_needs_may_be_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("issues/images", "templates"):
        (tmp_path / folder).mkdir(parents=True)
    Image.new("RGB", (1200, 400), "#7a1fa2").save(tmp_path / "issues/images/wall.png")
    picture = '      - image: {src: images/wall.png, alt: "A long purple wall in the park"}\n'
    allowed = '        allow: {too-wide: "The whole wall is the subject"}\n'
    (tmp_path / "issues/a.yaml").write_text(f"{SHORT}      - text: Sit down.\n{picture}{allowed}", "utf-8")
    unused = "Nothing here goes against “too-wide”"
    assert unused in run("check").stdout
    css = (DEFAULT_TEMPLATES / "web.css").read_text("utf-8")
    without_limit = css.replace("max-inline-size: 100%;", "")
    (tmp_path / "templates/web.css").write_text(without_limit, "utf-8")
    result = run("check")
    assert "too-wide" not in result.stdout.partition("The issues allow exceptions from: too-wide.")[0]
    assert result.stdout.endswith("The issues allow exceptions from: too-wide.\n")

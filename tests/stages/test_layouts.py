"""A second layout is one template: it may put the parts in another order, and leaves nothing out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import ISSUES, ROOT
from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.issue.load import layouts, load_brand
from newsletter.pipeline import build
from newsletter.problems import Location, Problems
from newsletter.project import Project


@pytest.fixture
def digest(project: Project, tmp_path: Path) -> Project:
    """A project whose layout explains the words before the articles."""
    templates = tmp_path / "templates"
    (templates / "images").mkdir(parents=True)
    (templates / "layouts").mkdir()
    (templates / "images/logo.png").write_bytes((project.root / "templates/images/logo.png").read_bytes())
    layout = (project.root / "templates/layouts/newsletter.mjml").read_text("utf-8")
    glossary = '    {% include "glossary.mjml" %}\n'
    contents = '    {% include "contents.mjml" %}\n'
    moved = layout.replace(glossary, "").replace(contents, contents + glossary)
    assert moved != layout
    (templates / "layouts/digest.mjml").write_text(moved, "utf-8")
    brand = (project.root / "templates/brand.yaml").read_text("utf-8")
    (templates / "brand.yaml").write_text(brand.replace("layout: newsletter", "layout: digest"), "utf-8")
    return Project(tmp_path)


def test_a_second_layout_is_one_file_and_passes_every_rule(digest: Project, project: Project, brand: Brand) -> None:
    path = project.issues / f"{ISSUES[0]}.yaml"
    edition, usual = build(path, digest, load_brand(digest)), build(path, project, brand)
    settings = Settings(rules={"sample-brand": {"severity": "off"}})  # the digest's own brand is the sample
    assert check(edition, settings).problems == check(usual, settings).problems
    assert sorted(edition.text.split()) == sorted(usual.text.split())
    assert edition.text != usual.text
    assert edition.mjml.first("mjml").location.file == "templates/layouts/digest.mjml"


def test_a_layout_that_leaves_something_out_is_an_error(digest: Project, project: Project) -> None:
    file = digest.root / "templates/layouts/digest.mjml"
    file.write_text(file.read_text("utf-8").replace('{% include "glossary.mjml" %}', ""), "utf-8")
    with pytest.raises(Problems, match="words-lost"):
        build(project.issues / f"{ISSUES[0]}.yaml", Project(digest.root), load_brand(digest))


def test_the_title_of_the_issue_comes_before_the_articles(digest: Project, project: Project) -> None:
    file = digest.root / "templates/layouts/digest.mjml"
    masthead, footer = (f'{{% include "{name}.mjml" %}}' for name in ("masthead", "footer"))
    text = file.read_text("utf-8").replace(masthead, "").replace(footer, masthead + footer)
    file.write_text(text, "utf-8")
    with pytest.raises(Problems, match="not in a section before the articles") as error:
        build(project.issues / f"{ISSUES[0]}.yaml", Project(digest.root), load_brand(digest))
    line = 1 + text[: text.index("<mj-body")].count("\n")
    assert error.value.problems[0].location == Location("templates/layouts/digest.mjml", line)


class Broken(NamedTuple):
    """A change of a template, the problem that it leads to, and the start of the line that the problem names."""

    file: str
    old: str
    new: str
    message: str
    line: str


_LAYOUT = "layouts/digest.mjml"
BROKEN = (
    Broken(_LAYOUT, ' css-class="page"', "", "no class “page”", "<mj-body"),
    Broken(_LAYOUT, '{% include "footer.mjml" %}', "", "no section with the class “footer”", "<mj-body"),
    Broken("article.mjml", "article-{{ number }}", "article-{{ number + 1 }}", "Article 2 is where", "<mj-section"),
    Broken("article.mjml", "card article-{{ number }}", "card", "shows 0 of 3 articles", ""),
    Broken(_LAYOUT, "in issue.articles", "in issue.articles[1:]", "shows 2 of 3 articles", ""),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.message)
def test_a_layout_keeps_the_names_that_others_need(digest: Project, project: Project, broken: Broken) -> None:
    own = digest.root / "templates" / broken.file
    text = (own if own.exists() else project.root / "templates" / broken.file).read_text("utf-8")
    assert broken.old in text
    changed = text.replace(broken.old, broken.new)
    own.write_text(changed, "utf-8")
    with pytest.raises(Problems, match=broken.message) as error:
        build(project.issues / f"{ISSUES[0]}.yaml", Project(digest.root), load_brand(digest))
    (problem,) = error.value.problems
    assert problem.id == "layout" and problem.hint and problem.location.line
    if broken.line:
        line = 1 + changed[: changed.index(broken.line)].count("\n")
        assert problem.location == Location(f"templates/{broken.file}", line)


def test_a_layout_outside_of_its_folder_is_a_problem(digest: Project) -> None:
    moved = (digest.root / "templates/layouts/digest.mjml").rename(digest.root / "templates/digest.mjml")
    with pytest.raises(Problems, match=r"Move it to templates/layouts/digest\.mjml") as error:
        load_brand(Project(digest.root))
    assert error.value.problems[0].location == Location("templates/digest.mjml", 1)
    moved.rename(digest.root / "templates/layouts/digest.mjml")
    assert load_brand(Project(digest.root)).layout == "digest"


def test_an_issue_can_have_a_layout_of_its_own(digest: Project, project: Project) -> None:
    path = project.issues / f"{ISSUES[0]}.yaml"
    brand, text = load_brand(digest), path.read_text("utf-8")
    usual = build(path, digest, brand, text=text.replace("\ndate:", "\nlayout: newsletter\ndate:", 1))
    assert usual.mjml.first("mjml").location.file == "templates/layouts/newsletter.mjml"
    line = 1 + text[: text.index("\ndate:")].count("\n") + 1
    with pytest.raises(Problems, match="There is no layout “digets”") as error:
        build(path, digest, brand, text=text.replace("\ndate:", "\nlayout: digets\ndate:", 1))
    assert error.value.problems[0].location == Location(digest.name_of(path), line, len("layout: ") + 1)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("digets", "Did you mean “digest”?"),
        ("article", f"Layouts are: {', '.join(layouts(Project(ROOT)))}."),
        ("../digest", "Write the name of a file in templates/layouts without its ending, such as newsletter."),
    ],
)
def test_a_layout_that_is_not_there_is_a_problem_at_its_line(digest: Project, name: str, hint: str) -> None:
    file = digest.root / "templates/brand.yaml"
    text = file.read_text("utf-8").replace("layout: digest", f"layout: {name}")
    file.write_text(text, "utf-8")
    with pytest.raises(Problems) as error:
        load_brand(digest)
    (problem,) = error.value.problems
    line = 1 + text[: text.index("layout: ")].count("\n")
    assert problem.location == Location("templates/brand.yaml", line, len("layout: ") + 1)
    assert problem.hint == hint

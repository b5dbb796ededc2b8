"""A brand in two languages, and issues whose names end in their language."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.load import load, load_brand
from newsletter.pipeline import build, build_issue, build_web_page
from newsletter.problems import Problem, Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from support.examples import SHORT

WELSH = """\
why_you_get_this: "Cewch y cylchlythyr hwn am i chi ofyn amdano."
disclaimer: "Gofynnwch i'ch meddyg cyn newid moddion."
charity_numbers: ["Elusen gofrestredig 0000000"]
helpline:
  name: "Llinell gymorth Larkmoor"
  hours: "Dydd Llun i ddydd Gwener, 9am i 5pm."
"""
ISSUE = SHORT + "      - text: Sit down while you stir.\n"


@pytest.fixture
def home(tmp_path: Path) -> Project:
    """A project with a brand of its own, in English and in Welsh."""
    shutil.copytree(DEFAULT_TEMPLATES, tmp_path / "templates")
    (tmp_path / "templates/brand.cy.yaml").write_text(WELSH, "utf-8")
    (tmp_path / "issues").mkdir()
    return Project(tmp_path)


def issue(home: Project, name: str, text: str = ISSUE) -> Path:
    path = home.issues / name
    path.write_text(text, "utf-8")
    return path


def problems_of(home: Project, name: str, text: str = ISSUE) -> list[Problem]:
    with pytest.raises(Problems) as error:
        load(issue(home, name, text), home, load_brand(home))
    return list(error.value.problems)


def test_an_issue_has_the_brand_of_its_language(home: Project) -> None:
    brand = load_brand(home)
    english, welsh = (build(issue(home, name), home, brand) for name in ("winter.yaml", "winter.cy.yaml"))
    assert (welsh.issue.slug, welsh.issue.language) == ("winter.cy", "cy")
    for words in ("Cewch y cylchlythyr", "Gofynnwch i'ch meddyg", "Elusen gofrestredig 0000000", "Llinell gymorth"):
        assert words in welsh.text and words not in english.text
    # What does not differ is that of brand.yaml, also inside a group of keys.
    assert "helpline@example.org" in welsh.text and "Lantern House" in welsh.text
    assert "Registered charity" in english.text and "Registered charity" not in welsh.text


def test_words_that_the_brand_of_a_language_leaves_out_are_in_their_own(home: Project) -> None:
    (home.root / "templates/brand.cy.yaml").write_text(
        WELSH.replace("helpline:", "organisation: Larkmoor Neuro Trust\nglossary: {MS: sglerosis ymledol}\nhelpline:"),
        "utf-8",
    )
    brand = load_brand(home)
    text = ISSUE.replace("Sit down while you stir.", "Pobl gydag MS yn y UK")
    english, welsh = (build(issue(home, name, text), home, brand) for name in ("winter.yaml", "winter.cy.yaml"))
    in_english = re.findall(r'<span lang="en-GB" dir="ltr">([^<]+)', welsh.inlined)
    assert [words.partition(",")[0] for words in in_english] == ["the United Kingdom", "Lantern House"]
    assert '<span lang="en-GB"' not in english.reading and not brand.borrowed
    # The name is the same in both files, so it is Welsh, too.
    assert "<p>Larkmoor Neuro Trust</p>" in welsh.reading
    assert "en-GB" in build_web_page(welsh.build, home)


def test_a_variety_of_a_language_has_the_brand_of_that_language(home: Project) -> None:
    brand = load_brand(home)
    assert brand.in_language("cy-GB").disclaimer == brand.in_language("CY").disclaimer != brand.disclaimer
    assert brand.in_language("ar") is brand


def test_problems_name_the_file_and_the_line(home: Project) -> None:
    path = home.root / "templates/brand.cy.yaml"
    path.write_text(WELSH + "website: nowhere\nhelplin: x\n", "utf-8")
    with pytest.raises(Problems) as error:
        load_brand(home)
    assert [(problem.location.file, problem.location.line, problem.id) for problem in error.value.problems] == [
        ("templates/brand.cy.yaml", 7, "value"),
        ("templates/brand.cy.yaml", 8, "unknown-key"),
    ]


@pytest.mark.parametrize(("line", "file", "at"), [(3, "brand.cy.yaml", 3), (0, "brand.yaml", 57)])
def test_lost_words_are_reported_in_their_own_file(line: int, file: str, at: int, home: Project) -> None:
    path = home.root / "templates/brand.cy.yaml"
    path.write_text("\n".join(WELSH.splitlines()[:line] or ["sector: health"]), "utf-8")
    footer = home.root / "templates/footer.mjml"
    footer.write_text(footer.read_text("utf-8").replace("brand.charity_numbers", "[]"), "utf-8")
    with pytest.raises(Problems) as error:
        build(issue(home, "winter.cy.yaml"), home, load_brand(home))
    first = error.value.problems[0]
    assert (first.location.file, first.location.line, first.id) == (f"templates/{file}", at, "words-lost")


def test_a_brand_of_no_language_is_a_problem(home: Project) -> None:
    (home.root / "templates/brand.old.yaml").write_text(WELSH, "utf-8")
    with pytest.raises(Problems, match=r"brand\.old\.yaml: error: “old” is not the code of a language"):
        load_brand(home)


def test_the_language_is_that_of_the_name(home: Project) -> None:
    (problem,) = problems_of(home, "winter.cy.yaml", f"language: en-GB\n{ISSUE}")
    assert problem.message == "The name of this file ends in “cy”, but its language is “en-GB”."
    assert problem.location.line == 1


@pytest.mark.parametrize("name", ["winter.web.yaml", "winter.2.yaml", "winter..cy.yaml", "con.cy.yaml", ".cy.yaml"])
def test_other_names_with_dots_are_problems(name: str, home: Project) -> None:
    (problem,) = problems_of(home, name)
    assert problem.id == "slug" and "2026-12-03-winter.cy" in problem.hint


def test_twins_link_to_each_other(home: Project) -> None:
    file = home.root / "templates/brand.yaml"
    text = file.read_text("utf-8").replace("https://news.example.org/latest", "https://news.example.org/{slug}.html")
    file.write_text(text, "utf-8")
    brand = load_brand(home)
    paths = {name: issue(home, f"{name}.yaml") for name in ("winter", "winter.cy", "winter.pl")}
    english, welsh = (build(paths[name], home, brand) for name in ("winter", "winter.cy"))
    for language, words in (("cy", "Darllenwch hwn yn Gymraeg"), ("pl", "polski")):
        address = f"https://news.example.org/winter.{language}.html"
        link = rf'<p [^>]*lang="{language}"[^>]*>\s*<a [^>]*href="{address}"[^>]*>\s*{words}\s*</a>'
        assert re.search(link, english.inlined)
        assert f'hreflang="{language}"' in english.inlined
        assert address in english.text and words in english.text
        assert address in build_web_page(english.build, home)
    assert "Read this in English" in welsh.text and "https://news.example.org/winter.html" in welsh.text
    assert {problem.id for problem in check(english, Settings()).problems} <= {"sample-brand"}


def test_a_twin_that_has_errors_or_is_unfinished_is_no_twin(home: Project) -> None:
    brand = load_brand(home)
    issue(home, "winter.cy.yaml", "subject: x\n")
    issue(home, "_winter.pl.yaml")
    path = issue(home, "winter.yaml")
    first = load(path, home, brand)
    assert (first.twins, first.file.unreadable_twins) == ((), ("issues/winter.cy.yaml",))
    assert build_issue(path, home, brand).brand.other_versions == ()

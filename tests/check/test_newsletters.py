"""Nine kinds of newsletter, each with the brand of its charity: only what a careful editor agrees with is reported.

Gmail shows the whole of each, and so it does with twelve long articles in the look of each of three brands.
"""

from __future__ import annotations

import io
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from PIL import Image, ImageColor

from newsletter.check.engine import check_editions
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.project import Project
from support.case_files import read_cases
from support.newsletters import BRANDS, KINDS, NEWSLETTERS, branded_project

EXPECTED: dict[str, list[dict[str, Any]]] = read_cases(NEWSLETTERS / "expected.yaml")

GMAIL_SHOWS = 102 * 1024
"""Bytes of HTML after which Gmail cuts an email off."""

# The addresses of the brands are reserved for examples, like those of the sample charity.
SETTINGS = Settings(rules={"sample-brand": {"severity": "off"}})


def all_editions(project: Project, brand: Brand, path: Path, text: str | None = None) -> list[Edition]:
    issue = build_issue(path, project, brand, text)
    build_web_page(issue, project)
    return build_editions(issue, project, EDITION_KINDS)


def sizes(editions: list[Edition]) -> list[int]:
    return [len(edition.html_part.encode()) for edition in editions if edition.html_part]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_only_listed_warnings_and_fits_into_gmail(kind: str, tmp_path: Path) -> None:
    project, brand = branded_project(KINDS[kind], tmp_path)
    editions = all_editions(project, brand, project.issues / f"{kind}.yaml")
    problems = check_editions(editions, SETTINGS).problems
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert [(problem.id, problem.location.line) for problem in problems] == [
        (item["rule"], item["line"]) for item in EXPECTED.get(kind, [])
    ]
    assert len(sizes(editions)) == 2
    assert max(sizes(editions)) < GMAIL_SHOWS


@pytest.mark.parametrize("name", BRANDS)
def test_a_logo_without_edges_in_light_mode_has_none_in_dark_mode(name: str, tmp_path: Path) -> None:
    """A logo whose background is that of the light masthead would be a white box on the dark one."""
    _, brand = branded_project(name, tmp_path)
    assert brand.logo
    light, dark = (
        tuple(Image.open(io.BytesIO(picture.data)).convert("RGBA").tobytes()[:4])  # of the first pixel
        for picture in (brand.logo.src, brand.logo.dark or brand.logo.src)
    )
    if light == (*ImageColor.getrgb(brand.colours.light.masthead), 255):
        assert dark == (0, 0, 0, 0) or dark == (*ImageColor.getrgb(brand.colours.dark.masthead), 255)


def test_there_are_at_most_three_warnings_each_with_its_reason() -> None:
    assert set(EXPECTED) <= set(KINDS)
    for items in EXPECTED.values():
        assert len(items) <= 3
        assert all(len(item["why"].split()) > 3 for item in items)


def test_the_digest_has_25_items(tmp_path: Path) -> None:
    project, brand = branded_project("youth", tmp_path)
    issue = build_issue(project.issues / "digest.yaml", project, brand).issue
    assert sum(len(block.value) for article in issue.articles for block in article.content) == 25


SENTENCE = "Most people read a letter like this one on their phone, and in a hurry."
PARAGRAPH = " ".join([SENTENCE] * 4)
ARTICLE = f"""\
- title: "What changes in ward {{number}}"
  summary: "{SENTENCE}"
  image:
    src: images/clinic.png
    alt: "A nurse and a man sit and talk about ward {{number}}."
  content:
    - text: |
        {PARAGRAPH}

        {PARAGRAPH}

        {PARAGRAPH}

        {PARAGRAPH}
  link:
    text: "See the map of ward {{number}}"
    url: https://www.example.org/wards/{{number}}
"""
TWELVE = f"""\
subject: "What changes in each of our twelve wards"
preheader: "New beds, new hours and new people, from ward 1 to ward 12"
title: "Twelve wards"
date: 2027-01-07
articles:
{indent("".join(ARTICLE.format(number=number) for number in range(1, 13)), "  ")}"""


@pytest.mark.parametrize("name", BRANDS)
def test_twelve_long_articles_with_picture_and_button_are_below_the_limit_of_gmail(name: str, tmp_path: Path) -> None:
    assert len(f"{SENTENCE} {PARAGRAPH * 4}".split()) >= 250
    project, brand = branded_project(name, tmp_path)
    editions = all_editions(project, brand, project.issues / "twelve.yaml", TWELVE)
    assert len(sizes(editions)) == 2
    assert max(sizes(editions)) < GMAIL_SHOWS

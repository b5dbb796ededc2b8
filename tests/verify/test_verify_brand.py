"""Nothing that the brand says is lost, whatever a project's own templates leave out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from conftest import ISSUES
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build, build_issue, build_web_page
from newsletter.problems import Problems
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.verify.brand import DESTINATIONS

NOT_IN_THE_SAMPLE = {
    "\nhelpline:\n": '  heading: "Ring or write to us"\n',
    "\nlayout: newsletter\n": "social: [{name: Meadow, url: https://meadow.example/trust}]\n",
}
"""What the sample brand does without: what is below a line."""

IN_BODY = [key for key, destinations in DESTINATIONS.items() if {"words", "links"} & set(destinations)]
IN_HEADER = [key for key, destinations in DESTINATIONS.items() if {*destinations} - {"words", "links"}]

FOR_THE_TOOL = frozenset(
    [
        "language",
        "timezone",
        "base_url",
        "images",
        "editions",
        "layout",
        "colours",
        "unsubscribe.one_click",
        "logo.src",
        "logo.width",
        "logo.dark",
        "font.heading",
        "font.body",
        "scale",
        "radius",
        "panel",
        "divider",
        "button",
        "header",
        "contents",
        "sector",
        "fields",
    ]
)
"""Keys that change how an issue is built. No reader gets them."""


def _keys(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        key = before + (field.alias or name)
        models = [each for each in (field.annotation, *get_args(field.annotation)) if isinstance(each, type)]
        inner = next((each for each in models if issubclass(each, BaseModel)), None)
        if inner and key not in FOR_THE_TOOL:
            yield from _keys(inner, f"{key}.")
        else:
            yield key


def test_it_is_decided_for_each_key_of_a_brand_where_it_must_arrive() -> None:
    assert {*_keys(Brand)} - {"glossary"} == {*DESTINATIONS} | FOR_THE_TOOL
    assert not {*DESTINATIONS} & FOR_THE_TOOL


FOR_SUBSCRIBERS = ("web_version_url", "why_you_get_this", "unsubscribe.url", "preferences_url")
"""The keys whose values are not true for everybody who reads the web version."""


@pytest.fixture(scope="module")
def copy(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in ("templates", "issues"):
        shutil.copytree(project.root / name, folder / name)
    brand = folder / "templates/brand.yaml"
    text = brand.read_text("utf-8")
    for line, more in NOT_IN_THE_SAMPLE.items():
        assert text.count(line) == 1
        text = text.replace(line, line + more)
    brand.write_text(text + 'tagline: "News that helps"\n', "utf-8")
    return folder


@pytest.mark.parametrize("key", IN_BODY)
def test_a_template_that_leaves_out_a_value_of_the_brand_is_an_error(
    copy: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Each value in turn gets words of its own that no template prints."""
    project = Project(copy)
    brand = load_brand(project)
    text = _changed(brand.file.text, key)
    monkeypatch.setattr(brand, "_file", type(brand.file)(brand.file.name, text))
    path = copy / "issues" / f"{ISSUES[0]}.yaml"
    issue = build_issue(path, project, brand)
    with pytest.raises(Problems) as error:
        build(path, project, brand)
    (problem,) = [problem for problem in error.value.problems if problem.id != "header-lost"]
    expected = "link-lost" if "links" in DESTINATIONS[key] else "alt-lost" if key == "logo.alt" else "words-lost"
    assert problem.id == expected
    assert problem.location.file == "templates/brand.yaml"
    assert "qx" in text.splitlines()[problem.location.line - 1]
    assert "the page" in problem.message
    assert "the plain-text part" in problem.message
    if key not in FOR_SUBSCRIBERS:
        with pytest.raises(Problems, match="web version"):
            build_web_page(issue, project)


def _changed(text: str, key: str) -> str:
    """Return a brand whose value of a key, the first in a list, begins otherwise."""
    node: Any = yaml.compose(text)
    for name in key.split("."):
        node = node.value[0] if isinstance(node, yaml.SequenceNode) else node
        node = next(value for each, value in node.value if each.value == name)
    node = node.value[0] if isinstance(node, yaml.SequenceNode) else node
    begin = text.index(node.value[:20], node.start_mark.index)
    begin += len("https://") * node.value.startswith("https://")
    return f"{text[:begin]}qx{text[begin:]}"


@pytest.mark.parametrize("key", IN_HEADER)
def test_a_header_that_lacks_a_value_of_the_brand_is_an_error(project: Project, key: str) -> None:
    brand = load_brand(project)
    brand.remember(type(brand.file)(brand.file.name, _changed(brand.file.text, key)))
    with pytest.raises(Problems) as error:
        build(project.issues / f"{ISSUES[0]}.yaml", project, brand)
    headers = {header for header in DESTINATIONS[key] if header not in ("words", "links")}
    messages = [problem.message for problem in error.value.problems if problem.id == "header-lost"]
    assert all(any(f"“{header}”" in message for message in messages) for header in headers)


def test_a_projects_own_footer_without_address_helpline_and_disclaimer_is_not_sent(
    project: Project, brand: Brand, tmp_path: Path
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/footer.mjml").write_text(
        '<mj-section css-class="footer in-issue-language"><mj-column><mj-text><p>Goodbye</p></mj-text></mj-column>'
        "</mj-section>\n",
        "utf-8",
    )
    path = project.issues / f"{ISSUES[0]}.yaml"
    for kind in brand.editions:
        with pytest.raises(Problems) as error:
            build(path, Project(tmp_path), brand, kind)
        messages = "\n".join(map(str, error.value.problems))
        for words in ("Lantern House", "0808 157 0100", "general information", "/unsubscribe", "/privacy"):
            assert words in messages
        assert "brand.yaml:" in messages
        assert "newsletter explain template" in messages


def test_an_explained_term_without_its_explanation_is_not_sent(project: Project, brand: Brand, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/glossary.mjml").write_text("{# none #}\n", "utf-8")
    with pytest.raises(Problems) as error:
        build(project.issues / f"{ISSUES[0]}.yaml", Project(tmp_path), brand)
    assert any("a condition in which the immune system" in problem.message for problem in error.value.problems)


SHORT = """\
subject: "A short issue"
preheader: "One text is enough"
title: "News"
date: 2026-12-03
articles:
  - title: "One text"
    summary: "One plain sentence."
    content:
      - text: |
"""


@pytest.mark.parametrize(
    "words",
    [
        "Type MS`code` here.",
        "The **MS**x team.",
        "The MS&eacute; team.",
        "The MSⒶ team.",
        "The MS‿x team.",
        "The MS\u00adx team.",
        "한국의 MS는 and MS患者.",
        "ปู่ มา",
    ],
)
def test_what_is_only_a_part_of_a_word_needs_no_explanation(tmp_path: Path, words: str) -> None:
    text = (DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8")
    (tmp_path / "templates/images").mkdir(parents=True)
    shutil.copy(DEFAULT_TEMPLATES / "images/logo.png", tmp_path / "templates/images")
    (tmp_path / "templates/brand.yaml").write_text(text.replace("\nglossary:\n", "\nglossary:\n  ปู: a crab\n"), "utf-8")
    (tmp_path / "issues").mkdir()
    path = tmp_path / "issues/short.yaml"
    path.write_text(SHORT + f"          {words}\n", "utf-8")
    copy = Project(tmp_path)
    assert "ปู" in load_brand(copy).glossary
    assert build(path, copy, load_brand(copy))

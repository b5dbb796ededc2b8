"""Each block is two files that belong together: a template, and a declaration with a worked example that renders."""

import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.edition import Edition
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import Brand
from newsletter.issue.json_schema import json_schema
from newsletter.pipeline import build
from newsletter.problems import Problems
from newsletter.project import Project
from newsletter.source.nodes import MapNode, Node, TextNode
from newsletter.source.parser import read_yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "templates/blocks").glob("*.yaml"))
DESIGN = {"text", "image", "quote", "figures", "chart", "table", "notice", "trial", "events", "person", "questions"}
DESIGN |= {"appeal", "button", "items", "lines", "contact", "sponsor", "pictures", "documents"}

ISSUE = """\
subject: "One block"
preheader: "As its worked example shows it"
title: "One block"
date: 2026-12-03
articles:
  - title: "One article"
    summary: "One block."
    content:
"""


def test_each_block_is_two_files() -> None:
    templates = sorted(path.stem for path in (ROOT / "templates/blocks").glob("*.mjml"))
    assert [path.stem for path in FILES] == templates


def test_every_block_of_the_design_is_there(project: Project) -> None:
    assert set(read_blocks(project)) >= DESIGN


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_each_worked_example_renders_with_all_its_words(
    file: Path, project: Project, brand: Brand, tmp_path: Path
) -> None:
    shutil.copytree(project.issues / "images", tmp_path / "images")
    edition = build(_issue(tmp_path, file), project, brand)
    example = read_yaml(file, file.name)
    assert isinstance(example, MapNode)
    for key, scalar in _scalars(example.items["example"], file.stem):
        for word in _words(key, scalar.text):
            assert word in _spoken(edition), f"{key}: {word}"


def _issue(folder: Path, file: Path) -> Path:
    # As text, not as values: the example has to work as an editor would copy it.
    example = file.read_text("utf-8").partition("\nexample:")[2]
    path = folder / "one-block.yaml"
    item = f"- {file.stem}:" + textwrap.indent(example, "    ").removeprefix("    ")
    path.write_text(ISSUE + textwrap.indent(item, " " * 6), "utf-8")
    return path


def _scalars(node: Node, key: str) -> Iterator[tuple[str, TextNode]]:
    if isinstance(node, TextNode):
        yield key, node
    elif isinstance(node, MapNode):
        for name, value in node.items.items():
            yield from _scalars(value, name)
    else:
        for item in node.items:
            yield from _scalars(item, key)


# Written for the tool, or shown in other words (a date with its weekday, a kind by its name, an address by its words).
_UNSAID = {"date", "time", "week", "until", "every", "calendar", "closes"}
_UNSAID |= {"consent", "kind", "src", "url", "decorative"}


def _words(key: str, text: str) -> Iterator[str]:
    for word in () if key in _UNSAID else text.split():
        if (bare := word.strip("*_#-.,:;!?()[]\"'")) and "](" not in word:
            yield bare


def _spoken(edition: Edition) -> str:
    return " ".join(edition.text.replace("\N{NO-BREAK SPACE}", " ").split())


# A declaration that cannot be understood: its text; where the problem is; what it says.
WRONG = {
    "no fields": ('about: "A block."\nexample: x\n', "1:1", "three keys"),
    "one key too many": ('about: "A."\nfields: text\nexample: x\nnotes: x\n', "1:1", "three keys"),
    "about is a list": ("fields: text\nabout: [A]\nexample: x\n", "2:1", "has to be a text"),
    "about is empty": ('about: ""\nfields: text\nexample: x\n', "1:1", "has to be a text"),
    "unknown type": ('about: "A."\nfields: {when: datetime}\nexample: x\n', "2:16", "not a type of value"),
    "list of two types": ('about: "A."\nfields: [text, url]\nexample: x\n', "2:9", "not a type of value"),
    "empty list": ('about: "A."\nfields: []\nexample: x\n', "2:9", "not a type of value"),
    "no type": ('about: "A."\nfields:\n  when:\nexample: x\n', "3:8", "not a type of value"),
    **{
        f"key “{name}”": (f'about: "A."\nfields: {{{name}: text}}\nexample: x\n', "2:10", message)
        for name, message in {
            "allow": "already has a meaning",
            "json": "already has a meaning",
            "copy": "already has a meaning",
            "model_config": "already has a meaning",
            "schema": "already has a meaning",
            "a b": "cannot be the name",
            "first-name": "cannot be the name",
            "5": "cannot be the name",
            "_private": "cannot be the name",
            "class": "cannot be the name",
            "é": "cannot be the name",
            "''": "cannot be the name",
        }.items()
    },
    "key in a group": ('about: "A."\nfields: [{link: {json: url}}]\nexample: x\n', "2:18", "already has a meaning"),
    "key twice": ('about: "A."\nfields: {at: text, at?: time}\nexample: x\n', "2:20", "declared twice"),
    "empty group": ('about: "A."\nfields: {}\nexample: x\n', "2:9", "not a type of value"),
    "empty choice": ('about: "A."\nfields: small |\nexample: x\n', "2:9", "not a type of value"),
    "deep": (f'about: "A."\nfields: {"[" * 40}text{"]" * 40}\nexample: x\n', "2:39", "nested more than"),
    "unknown key in the example": (
        'about: "A."\nfields: {text: markdown, src?: picture}\nexample:\n  text: A\n  src: no.png\n  tekst: B\n',
        "6:3",
        "no key called “tekst”",
    ),
    "no key in the example": ('about: "A."\nfields: {text: text}\nexample:\n  {}\n', "4:3", "has no “text”"),
    "text for a list in the example": ('about: "A."\nfields: [text]\nexample: x\n', "3:10", "should be a list"),
    "wrong value in the example": ('about: "A."\nfields: [url]\nexample: [x]\n', "3:11", "https://"),
    "YAML": ("about: A: B\nfields: text\nexample: x\n", "1:9", "colon"),
}


@pytest.mark.parametrize(("text", "place", "message"), WRONG.values(), ids=WRONG.keys())
def test_declarations_that_are_wrong(text: str, place: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Problems) as error:
        _declare(tmp_path, text)
    (problem,) = error.value.problems
    assert str(problem.location) == f"templates/blocks/new.yaml:{place}"
    assert message in problem.message and problem.hint


@pytest.mark.parametrize("name", ["allow", "kind", "value", "json", "copy", "A", "a b", "5", "é"])
def test_names_that_a_block_cannot_have(name: str, tmp_path: Path) -> None:
    (tmp_path / "templates/blocks").mkdir(parents=True)
    (tmp_path / f"templates/blocks/{name}.yaml").write_text('about: "A."\nfields: text\nexample: x\n', "utf-8")
    with pytest.raises(Problems) as error:
        read_blocks(Project(tmp_path))
    (problem,) = error.value.problems
    assert str(problem.location) == f"templates/blocks/{name}.yaml:1:1"
    assert f"“{name}”" in problem.message and problem.hint


@pytest.mark.parametrize("name", ["block", "article", "link", "two-words"])
def test_a_block_may_have_the_name_of_a_part_of_an_issue(name: str, tmp_path: Path) -> None:
    (tmp_path / "templates/blocks").mkdir(parents=True)
    (tmp_path / f"templates/blocks/{name}.yaml").write_text(
        'about: "A."\nfields: {a: text}\nexample: {a: x}\n', "utf-8"
    )
    (tmp_path / f"templates/blocks/{name}.mjml").write_text(TEMPLATE, "utf-8")
    assert f'"required": [\n            "{name}"' in json_schema(read_blocks(Project(tmp_path)))


def _declare(folder: Path, text: str) -> Project:
    (folder / "templates/blocks").mkdir(parents=True)
    (folder / "templates/blocks/new.mjml").write_text(TEMPLATE, "utf-8")
    (folder / "templates/blocks/new.yaml").write_text(text, "utf-8")
    project = Project(folder)
    issue_model(read_blocks(project))
    return project


NEW = """\
about: "A block that only this project has."
fields:
  size: small | large
  stops: [{name: text, at?: time}]
  columns?: [text]
  rows?: [[number]]
example:
  size: small
  stops: [{name: "Leeds"}]
"""
TEMPLATE = """\
<mj-text>
  <p>{{ block.size }}</p>
  {% for stop in block.stops %}<p>{{ stop.name }} {{ stop.at }}</p>{% endfor %}
</mj-text>
"""


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("{size: small, stops: [{name: Leeds, at: '10:00'}]}", ""),
        ("{size: tiny, stops: [{name: Leeds}]}", "“size” should be one of small, large, but it is “tiny”."),
        ("{size: small, stops: []}", "“stops” is empty."),
        ("{size: small, stops: [{at: '10:00'}]}", "This item of “stops” has no “name”."),
        ("{size: small, stops: [{name: Leeds, at: '7:30'}]}", "“7:30” can be two times of day."),
        ("{size: small, stops: [{name: A}], columns: [a, b], rows: [[1, 2], [3]]}", "This row has 1 cell, but"),
        ("{size: small, stops: [{name: A}], columns: [a, b], rows: [[1, two]]}", "“two” is not a number."),
        ("{size: small}", "“new” has no “stops”."),
    ],
)  # fmt: skip
def test_a_declaration_is_enforced_for_each_editor(block: str, message: str, brand: Brand, tmp_path: Path) -> None:
    project = _declare(tmp_path, NEW)
    path = tmp_path / "one-block.yaml"
    path.write_text(f"{ISSUE}      - new: {block}\n", "utf-8")
    if not message:
        assert "Leeds" in build(path, project, brand).text
        return
    with pytest.raises(Problems) as error:
        build(path, project, brand)
    (problem,) = error.value.problems
    assert problem.message.startswith(message)


def test_a_projects_own_declaration_comes_before_the_default_one(tmp_path: Path) -> None:
    (tmp_path / "templates/blocks").mkdir(parents=True)
    (tmp_path / "templates/blocks/quote.yaml").write_text(NEW, "utf-8")
    assert read_blocks(Project(tmp_path))["quote"].about == "A block that only this project has."

"""The JSON Schema: up to date, well-formed, and in agreement with the model."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from newsletter.issue.blocks import read_blocks
from newsletter.issue.brand import Brand
from newsletter.issue.json_schema import brand_schema, json_schema
from newsletter.issue.load import load_brand
from newsletter.problems import Problems
from newsletter.project import Project

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def validator(project: Project) -> jsonschema.Draft7Validator:
    schema = json.loads(json_schema(read_blocks(project)))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@pytest.fixture(scope="module")
def of_brands() -> jsonschema.Draft7Validator:
    schema = json.loads(brand_schema())
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@pytest.mark.generated
@pytest.mark.parametrize("name", ["issue", "brand"])
def test_the_committed_copy_is_fresh(name: str, project: Project, request: pytest.FixtureRequest) -> None:
    path = ROOT / f"docs/{name}.schema.json"
    expected = json_schema(read_blocks(project)) if name == "issue" else brand_schema()
    if request.config.getoption("--update"):
        path.write_text(expected, "utf-8")
    assert path.read_text("utf-8") == expected, "`make update` writes it again"


class Yaml12(yaml.SafeLoader):
    """What an editor's program does: YAML 1.2's own types, in which 07:30 and 2026-12-03 are texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}


Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("[-+]?[0-9]+$"), list("-+0123456789"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))


@pytest.mark.parametrize("path", sorted((ROOT / "issues").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_issues_agree_with_it(validator: jsonschema.Draft7Validator, path: Path) -> None:
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../docs/issue.schema.json\n")
    assert [error.message for error in validator.iter_errors(yaml.load(path.read_text("utf-8"), Yaml12))] == []


GOOD: dict[str, Any] = {
    "subject": "S",
    "preheader": "P",
    "title": "T",
    "date": "2026-12-03",
    "articles": [{"title": "A", "summary": "S", "content": [{"text": "Words"}]}],
}


@pytest.mark.parametrize(
    "article",
    [
        {"summary": "S"},
        {"link": {"text": "Our guide", "url": "https://www.example.org/"}},
        {"content": [{"items": [{"title": "One"}, {"title": "Two", "text": "More"}]}]},
    ],
    ids=str,
)
def test_a_small_issue_agrees(validator: jsonschema.Draft7Validator, article: dict[str, Any]) -> None:
    assert validator.is_valid(GOOD)
    assert validator.is_valid({**GOOD, "contents": "never", "articles": [{"title": "A", **article}]})


@pytest.mark.parametrize(
    "change",
    [
        {"subject": None},
        {"sbject": "S"},
        {"articles": []},
        *(
            {"articles": [{"title": "A", "summary": "S", "content": content}]}
            for content in (
                [],
                [{"nosuch": "x"}],
                [{"text": "x", "button": {}}],
                [{"notice": {"kind": "loud", "title": "x", "text": "x"}}],
                [{"button": {"text": "x", "url": "javascript:x"}}],
            )
        ),
        {"articles": [{"title": "A", "label": "News"}]},
        {"contents": "yes"},
        {"time": "25:00"},
        {"language": "English"},
    ],
    ids=str,
)
def test_what_the_model_refuses_the_schema_refuses(
    validator: jsonschema.Draft7Validator, change: dict[str, Any]
) -> None:
    assert not validator.is_valid({**GOOD, **change})


@pytest.mark.parametrize(
    "lines",
    ["date: 4 March 2027\ntime: 19.30", "date: 4.3.2027\ntime: 7.30pm", "date: 2027-03-04\ntime: noon"],
)
def test_dates_and_times_are_accepted_as_people_write_them(validator: jsonschema.Draft7Validator, lines: str) -> None:
    assert validator.is_valid({**GOOD, **yaml.load(lines, Yaml12)})


@pytest.mark.parametrize(
    "keys", ["date: TBC, time: to be confirmed", "every: Tuesday, time: 18:00 to midnight", "week: 2027-02-08"]
)
def test_the_times_of_events_are_accepted(validator: jsonschema.Draft7Validator, keys: str) -> None:
    content = yaml.load(f"[{{events: {{calendar: true, items: [{{title: A, {keys}}}]}}}}]", Yaml12)
    assert validator.is_valid({**GOOD, "articles": [{"title": "A", "summary": "S", "content": content}]})


@pytest.mark.parametrize("path", [ROOT / "templates/brand.yaml", ROOT / "src/newsletter/new_brand.yaml"], ids=str)
def test_shipped_brands_agree_with_their_schema(of_brands: jsonschema.Draft7Validator, path: Path) -> None:
    values = yaml.load(path.read_text("utf-8"), Yaml12)
    assert [error.message for error in of_brands.iter_errors(values)] == []
    assert isinstance(of_brands.schema, dict)
    assert {field.alias or name for name, field in Brand.model_fields.items()} == set(of_brands.schema["properties"])


@pytest.mark.parametrize(
    ("change", "is_valid"),
    [
        ({"colours": "#0b5c7d"}, True),
        ({"colours": {"brand": "#0b5c7d", "dark": {"page": "#000000"}}}, True),
        ({"colours": {"light": "#0b5c7d"}, "radius": 24, "font": {"heading": "georgia"}}, True),
        ({"colours": "blue"}, False),
        ({"colours": {"brnd": "#0b5c7d"}}, False),
        ({"colours": {"brand": "#0b5c7d", "dark": {"light": "#000000"}}}, False),
        ({"radius": 25}, False),
        ({"font": {"body": "georgia"}}, False),
        ({"header": "middle"}, False),
    ],
)
def test_the_schema_of_a_brand_refuses_what_the_model_refuses(
    of_brands: jsonschema.Draft7Validator, change: dict[str, Any], is_valid: bool, tmp_path: Path
) -> None:
    values = {**yaml.load((ROOT / "src/newsletter/new_brand.yaml").read_text("utf-8"), Yaml12), **change}
    assert of_brands.is_valid(values) is is_valid
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    try:
        load_brand(Project(tmp_path), text)
    except Problems:
        assert not is_valid
    else:
        assert is_valid


def test_everything_is_described_where_it_matters(validator: jsonschema.Draft7Validator) -> None:
    assert isinstance(validator.schema, dict)
    definitions = validator.schema["definitions"]
    for name, block in definitions["Block"]["properties"].items():
        assert block.get("description"), name

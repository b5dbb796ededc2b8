"""Whatever an editor writes, there is an email that holds every word of it, or problems that say where."""

import functools
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.edition import Edition
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.issue.model import Issue
from newsletter.pipeline import build
from newsletter.problems import Problem, Problems
from newsletter.project import Project
from support.command import run
from support.generated import YamlValue, damaged, issue, issue_texts

ROOT = Path(__file__).parents[2]
SHIPPED = [path.read_bytes() for path in sorted((ROOT / "issues").glob("*.yaml"))]

# In CI the same examples each time; at a desk new ones. bench/fuzz.py is for the long run.
settings.register_profile("ci", derandomize=True, print_blob=True)
everyday = functools.partial(
    settings,
    settings.get_profile("ci") if os.environ.get("CI") else None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


class Desk:
    """A folder to write issues in, and what it takes to build them."""

    def __init__(self, folder: Path, project: Project, brand: Brand, kind: type[Issue]) -> None:
        self.folder, self.project, self.brand, self.kind = folder, project, brand, kind
        self.path = folder / "issues" / "made-up.yaml"
        shutil.copytree(project.issues / "images", self.path.parent / "images")

    def write(self, data: str | bytes) -> Path:
        self.path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return self.path

    def attempt(self, stage: Callable[[Path, Project, Brand], Edition | Issue]) -> tuple[Problem, ...]:
        """Run a stage, and give the problems it raised, each of which has a place and says something."""
        try:
            stage(self.path, self.project, self.brand)
        except Problems as refused:
            assert refused.problems
            for problem in refused.problems:
                assert problem.location.file and problem.location.line >= 1, problem
                assert problem.message and problem.id and "\n" not in problem.message, problem
            return refused.problems
        return ()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, project: Project, brand: Brand) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), project, brand, issue_model(read_blocks(project)))


@everyday(max_examples=120)
@given(data=st.data())
def test_ordinary_issues_render_with_every_word_conserved(desk: Desk, data: st.DataObject) -> None:
    # Else a pipeline that refused everything would pass the tests below.
    desk.write(data.draw(issue_texts(desk.kind, "tame")))
    assert not desk.attempt(build)


@everyday(max_examples=250)
@given(data=st.data())
def test_hostile_issues_render_or_are_refused_with_a_place(desk: Desk, data: st.DataObject) -> None:
    desk.write(data.draw(issue_texts(desk.kind)))
    assert not {"template", "mjml", "mjml-element", "mjml-attribute"} & {problem.id for problem in desk.attempt(build)}


@everyday(max_examples=300)
@given(content=damaged(SHIPPED))
def test_damaged_issues_are_no_traceback(desk: Desk, content: bytes) -> None:
    desk.write(content)
    desk.attempt(load)


@everyday(max_examples=200)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_no_traceback(desk: Desk, content: bytes) -> None:
    desk.write(content)
    assert desk.attempt(load)


@everyday(max_examples=40)
@given(data=st.data())
def test_the_command_ends_with_0_or_1(desk: Desk, data: st.DataObject) -> None:
    path = desk.write(data.draw(issue_texts(desk.kind).map(str.encode) | damaged(SHIPPED) | st.binary(max_size=50)))
    result = run("render", str(path), "-o", str(desk.folder / "outbox"))
    assert result.exit_code in (0, 1), result.output
    assert bool(result.exit_code) == (": error: " in result.stderr)  # warnings stop nothing


@everyday(max_examples=60)
@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_keys_makes_no_difference(desk: Desk, chance: random.Random) -> None:
    written = issue(chance, desk.kind, "tame")
    first = load(desk.write(yaml.safe_dump(written, sort_keys=False)), desk.project, desk.brand)
    again = load(desk.write(yaml.safe_dump(turned(written), sort_keys=False)), desk.project, desk.brand)
    assert again.model_dump() == first.model_dump()


def turned(written: YamlValue) -> YamlValue:
    if isinstance(written, dict):
        return {key: turned(value) for key, value in reversed(written.items())}
    return [turned(item) for item in written] if isinstance(written, list) else written


def test_every_block_and_every_field_is_made_up(desk: Desk) -> None:
    """A block that is added is covered by itself."""
    chance, seen = random.Random(1), set[tuple[str, ...]]()
    for _ in range(600):
        seen |= set(names(issue(chance, desk.kind), ()))
    # The generator makes no documents, only addresses of some.
    assert set(fields_of(desk.kind.model_json_schema())) - {"file"} <= {path[-1] for path in seen}


def names(written: YamlValue, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, value in written.items() if isinstance(written, dict) else ():
        yield (*path, key)
        yield from names(value, (*path, key))
    for value in written if isinstance(written, list) else ():
        yield from names(value, path)


def fields_of(schema: dict[str, object]) -> Iterator[str]:
    """Every name of a key in the JSON Schema, which is made by pydantic and not by our walk."""
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            yield from value
        if isinstance(value, dict):
            yield from fields_of(value)

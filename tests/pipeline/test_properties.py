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

# In CI the same examples each time; on a developer's computer new ones. bench/fuzz.py is for the long run.
settings.register_profile("ci", derandomize=True, print_blob=True)
everyday = functools.partial(
    settings,
    settings.get_profile("ci") if os.environ.get("CI") else None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


class IssueFolder:
    """A folder to write issues in, and what it takes to build them."""

    def __init__(self, folder: Path, project: Project, brand: Brand, kind: type[Issue]) -> None:
        self.project, self.brand, self.kind = project, brand, kind
        self.path = folder / "issues" / "made-up.yaml"
        shutil.copytree(project.issues / "images", self.path.parent / "images")

    def write(self, data: str | bytes) -> Path:
        self.path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return self.path

    def problems_of(self, stage: Callable[[Path, Project, Brand], Edition | Issue]) -> tuple[Problem, ...]:
        """Run a stage, and return the problems that it raised, each of which has a place and a message."""
        try:
            stage(self.path, self.project, self.brand)
        except Problems as error:
            assert error.problems
            for problem in error.problems:
                assert problem.location.file and problem.location.line >= 1, problem
                assert problem.message and problem.id and "\n" not in problem.message, problem
            return error.problems
        return ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, project: Project, brand: Brand) -> IssueFolder:
    return IssueFolder(tmp_path_factory.mktemp("issue"), project, brand, issue_model(read_blocks(project)))


@everyday(max_examples=120)
@given(data=st.data())
def test_ordinary_issues_render_with_every_word(folder: IssueFolder, data: st.DataObject) -> None:
    # Otherwise a pipeline that refused everything would pass the tests below.
    folder.write(data.draw(issue_texts(folder.kind, "tame")))
    assert not folder.problems_of(build)


@everyday(max_examples=250)
@given(data=st.data())
def test_hostile_issues_render_or_are_refused_with_a_place(folder: IssueFolder, data: st.DataObject) -> None:
    folder.write(data.draw(issue_texts(folder.kind)))
    assert not {"template", "mjml", "mjml-element", "mjml-attribute"} & {
        problem.id for problem in folder.problems_of(build)
    }


@everyday(max_examples=300)
@given(content=damaged(SHIPPED))
def test_damaged_issues_are_no_traceback(folder: IssueFolder, content: bytes) -> None:
    folder.write(content)
    folder.problems_of(load)


@everyday(max_examples=200)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_no_traceback(folder: IssueFolder, content: bytes) -> None:
    folder.write(content)
    assert folder.problems_of(load)


@everyday(max_examples=40)
@given(data=st.data())
def test_the_command_ends_with_0_or_1(folder: IssueFolder, data: st.DataObject) -> None:
    path = folder.write(data.draw(issue_texts(folder.kind).map(str.encode) | damaged(SHIPPED) | st.binary(max_size=50)))
    result = run("render", str(path), "-o", str(folder.path.parents[1] / "outbox"))
    assert result.exit_code in (0, 1), result.output
    assert bool(result.exit_code) == (": error: " in result.stderr)  # warnings stop nothing


@everyday(max_examples=60)
@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_keys_makes_no_difference(folder: IssueFolder, chance: random.Random) -> None:
    values = issue(chance, folder.kind, "tame")
    first = load(folder.write(yaml.safe_dump(values, sort_keys=False)), folder.project, folder.brand)
    again = load(
        folder.write(yaml.safe_dump(with_keys_reversed(values), sort_keys=False)), folder.project, folder.brand
    )
    assert again.model_dump() == first.model_dump()


def with_keys_reversed(value: YamlValue) -> YamlValue:
    if isinstance(value, dict):
        return {key: with_keys_reversed(each) for key, each in reversed(value.items())}
    return [with_keys_reversed(each) for each in value] if isinstance(value, list) else value


def test_every_block_and_every_field_is_generated(folder: IssueFolder) -> None:
    """A block that is added is covered by itself."""
    chance, paths = random.Random(1), set[tuple[str, ...]]()
    for _ in range(600):
        paths |= set(names(issue(chance, folder.kind), ()))
    # The generator makes no documents, only addresses of some.
    assert set(fields_of(folder.kind.model_json_schema())) - {"file"} <= {path[-1] for path in paths}


def names(value: YamlValue, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, each in value.items() if isinstance(value, dict) else ():
        yield (*path, key)
        yield from names(each, (*path, key))
    for each in value if isinstance(value, list) else ():
        yield from names(each, path)


def fields_of(schema: dict[str, object]) -> Iterator[str]:
    """Yield every name of a key in the JSON Schema, which is made by pydantic and not by our walk."""
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            yield from value
        if isinstance(value, dict):
            yield from fields_of(value)

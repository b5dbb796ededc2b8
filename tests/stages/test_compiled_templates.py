"""Compiled templates in the user's cache folder: used again, and never trusted when they do not fit."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.problems import Problems
from newsletter.project import Project
from newsletter.stages.compose import compose, environment
from newsletter.stages.compose.compiled import CompiledTemplates
from support.examples import SHORT

ISSUE = f"""{SHORT}      - quote: {{text: "Words", by: "Somebody"}}
"""

NewProcess = Callable[[], tuple[str, list[str]]]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, which does not exist yet."""
    folder = tmp_path / "cache"
    monkeypatch.setattr("newsletter.stages.compose.compiled.user_cache_path", lambda *_, **__: folder)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one issue."""
    root = tmp_path / "project"
    (root / "issues").mkdir(parents=True)
    (root / "issues" / "one.yaml").write_text(ISSUE, "utf-8")
    return root


@pytest.fixture
def new_process(cache: Path, root: Path, brand: Brand, monkeypatch: pytest.MonkeyPatch) -> NewProcess:
    """A function that composes the issue as a new process does. It returns the MJML and the templates it compiled."""
    compiled: list[str] = []
    compile_template = environment._Environment.compile

    def count(self: environment._Environment, source: str, name: str, filename: str) -> object:
        compiled.append(name)
        return compile_template(self, source, name, filename)

    monkeypatch.setattr(environment._Environment, "compile", count)

    def compose_issue() -> tuple[str, list[str]]:
        monkeypatch.setattr(environment, "_COMPILED", CompiledTemplates())
        compiled.clear()
        project = Project(root)
        return compose(load(root / "issues" / "one.yaml", project, brand), brand, project), list(compiled)

    return compose_issue


def test_a_second_process_compiles_no_template(new_process: NewProcess) -> None:
    first, compiled = new_process()
    second, compiled_again = new_process()
    assert compiled
    assert not compiled_again
    assert first == second


def test_only_a_changed_template_is_compiled_again(new_process: NewProcess, root: Path) -> None:
    template = root / "templates" / "blocks" / "quote.mjml"
    template.parent.mkdir(parents=True)
    template.write_text("<mj-text><p>Before {{ block.text }}</p></mj-text>\n", "utf-8")
    assert "Before" in new_process()[0]
    template.write_text("<mj-text><p>After {{ block.text }}</p></mj-text>\n", "utf-8")
    page, compiled = new_process()
    assert compiled == ["blocks/quote.mjml"]
    assert "After" in page
    assert "Before" not in page


def test_a_fault_in_a_template_that_was_compiled_before_is_reported_at_its_line(
    new_process: NewProcess, root: Path
) -> None:
    template = root / "templates" / "blocks" / "quote.mjml"
    template.parent.mkdir(parents=True)
    template.write_text("<mj-text>\n<p>{{ block.tekst }}</p></mj-text>\n", "utf-8")
    for _ in range(2):
        with pytest.raises(Problems) as error:
            new_process()
        (problem,) = error.value.problems
        assert (problem.location.file, problem.location.line) == ("templates/blocks/quote.mjml", 2)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut off"),
        pytest.param(lambda content: content[:-1] + bytes([content[-1] ^ 1]), id="one bit"),
        pytest.param(lambda content: bytes(len(content)), id="zeros"),
        pytest.param(lambda content: b"c" + content, id="shifted"),
    ],
)
def test_a_damaged_file_is_compiled_again(
    new_process: NewProcess, cache: Path, damage: Callable[[bytes], bytes]
) -> None:
    page, compiled = new_process()
    files = sorted((cache / "templates").iterdir())
    assert len(files) == len(compiled)
    for file in files:
        file.write_bytes(damage(file.read_bytes()))
    assert new_process() == (page, compiled)
    assert new_process() == (page, [])


def test_code_of_another_version_of_the_program_is_compiled_again(
    new_process: NewProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, compiled = new_process()
    monkeypatch.setattr(CompiledTemplates, "_compiler", b"another version")
    assert new_process() == (page, compiled)


def test_without_a_cache_folder_every_process_compiles(new_process: NewProcess, cache: Path) -> None:
    cache.write_text("a file where the folder would be", "utf-8")
    assert new_process() == new_process()
    assert new_process()[1]

"""Links that open a line in an editor: only for known editors, and only for files of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.editors import EDITORS, editor_of
from newsletter.preview.editor_links import EditorLinks
from newsletter.problems import Location


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "A b&c"
    (folder / "issues").mkdir(parents=True)
    (folder / "issues" / "a?#%.yaml").write_text("", encoding="utf-8")
    (tmp_path / "secret.yaml").write_text("", encoding="utf-8")
    (folder / "issues" / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    return folder.resolve()


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("code", "vscode://file/", ":12:5"),
        ("codium", "vscodium://file/", ":12:5"),
        ("cursor", "cursor://file/", ":12:5"),
        ("zed", "zed://file/", ":12:5"),
        ("idea", "idea://open?file=/", "&line=12&column=5"),
        ("pycharm", "pycharm://open?file=/", "&line=12&column=5"),
        ("textmate", "txmt://open?url=file:///", "&line=12&column=5"),
    ],
)
def test_a_link_has_the_file_and_the_line(root: Path, name: str, start: str, end: str) -> None:
    place = EditorLinks(root, EDITORS[name]).to(Location("issues/a?#%.yaml", 12, 5))
    assert place and place.link.startswith(start) and place.link.endswith(end)
    assert "A%20b%26c/issues/a%3F%23%25.yaml" in place.link
    assert place.path == f"{root}/issues/a?#%.yaml:12"


@pytest.mark.parametrize("name", ["vim", "emacs", "sublime", "nano"])
def test_an_editor_without_links_has_the_path_to_copy(root: Path, name: str) -> None:
    place = EditorLinks(root, EDITORS[name]).to(Location("issues/a?#%.yaml", 12))
    assert place and (place.link, place.path) == ("", f"{root}/issues/a?#%.yaml:12")


@pytest.mark.parametrize("file", ["../secret.yaml", "issues/out.yaml", "/etc/passwd", "--port", "", "\0", "issues"])
def test_nothing_outside_of_the_project_is_opened(root: Path, file: str) -> None:
    assert EditorLinks(root, EDITORS["code"]).to(Location(file, 1)) is None


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vim"}, "VS Code"),
        ({"VISUAL": "/opt/some-editor", "EDITOR": "/usr/bin/nvim"}, "Vim"),
        ({"EDITOR": "'C:\\Program Files\\Microsoft VS Code\\bin\\Code.cmd' -w"}, "VS Code"),
        ({"EDITOR": "subl -n -w"}, "Sublime Text"),
        ({"EDITOR": "'"}, None),
        ({"EDITOR": "javascript:alert(1)"}, None),
        ({}, None),
    ],
)
def test_the_editor_comes_from_the_environment(environment: dict[str, str], name: str | None) -> None:
    editor = editor_of(environment)
    assert (editor.name if editor else None) == name

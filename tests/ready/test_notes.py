"""The notes of audits and readers: what is damaged or hostile counts as nothing, and ends in no traceback."""

from __future__ import annotations

import datetime
import json
import os
import sys
from pathlib import Path

import pytest

from newsletter.edition import Edition
from newsletter.problems import Problems
from newsletter.project import STATE_FOLDER, Project
from newsletter.ready.notes import Notes, is_name, note_reader, read_notes

DAY = datetime.date(2026, 12, 1)
READER = {"sha256": "0" * 64, "day": "2026-12-01", "name": "Sam"}
AUDIT = {"sha256": "0" * 64, "day": "2026-12-01", "errors": 0, "warnings": 0}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / STATE_FOLDER).mkdir()
    return tmp_path / STATE_FOLDER / "winter.json"


def test_what_is_written_is_read(tmp_path: Path, edition: Edition) -> None:
    project, slug = Project(tmp_path), edition.issue.slug
    assert read_notes(project, slug) == Notes()
    note_reader(project, edition, "Sam", DAY)
    stored = read_notes(project, slug)
    assert stored and stored.reader and (stored.reader.name, stored.reader.day) == ("Sam", DAY)
    # Git leaves the folder alone, and the editor's own .gitignore stays as it is.
    assert (tmp_path / STATE_FOLDER / ".gitignore").read_text("utf-8") == "*\n"
    assert not (tmp_path / ".gitignore").exists()


def test_a_good_file_of_a_later_version_is_read(notes: Path, tmp_path: Path) -> None:
    data = {"reader": {**READER, "more": 1}, "audits": {"standard": AUDIT}, "more": [1]}
    notes.write_text(json.dumps(data), "utf-8")
    assert (stored := read_notes(Project(tmp_path), "winter")) and stored.reader and stored.audits


DAMAGED = [
    b"",
    b"\xff\xfe",
    b"[" * 90_000,
    b'{"reader": ' * 8_000,
    b" " * 100_001,
    b"null",
    b"[]",
    b'{"audits": []}',
    b'{"audits": {"braille": null}}',
    *(
        json.dumps({"reader": {**READER, **change}}).encode()
        for change in (
            {"name": ""},
            {"name": " "},
            {"name": "\x1b[31mSam"},
            {"name": "Sam\nDone: nothing"},
            {"name": "\u202emaS"},
            {"name": "\ud800"},
            {"name": "S" * 101},
            {"name": 5},
            {"day": "yesterday"},
            {"day": 10**30},
            {"sha256": "0"},
            {"sha256": "0" * 64 + "\n"},
        )
    ),
    *(
        json.dumps({"audits": {"standard": {**AUDIT, **change}}}).encode()
        for change in ({"errors": -1}, {"errors": 0.5}, {"errors": 10**400}, {"warnings": "0"}, {"errors": False})
    ),
]


def test_a_damaged_file_counts_as_nothing(notes: Path, tmp_path: Path) -> None:
    for content in DAMAGED:
        notes.write_bytes(content)
        assert read_notes(Project(tmp_path), "winter") is None, content[:200]


def test_what_is_no_plain_file_is_not_opened(notes: Path, tmp_path: Path) -> None:
    notes.mkdir()
    assert read_notes(Project(tmp_path), "winter") is None
    if sys.platform != "win32":
        os.mkfifo(notes.with_name("pipe.json"))
        assert read_notes(Project(tmp_path), "pipe") is None
        notes.with_name("loop.json").symlink_to("loop.json")
        assert read_notes(Project(tmp_path), "loop") is None


def test_new_notes_replace_a_damaged_file(tmp_path: Path, edition: Edition) -> None:
    project, slug = Project(tmp_path), edition.issue.slug
    (tmp_path / STATE_FOLDER).mkdir()
    (tmp_path / STATE_FOLDER / f"{slug}.json").write_bytes(b"{")
    note_reader(project, edition, "Sam", DAY)
    assert read_notes(project, slug) != Notes()


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path, edition: Edition) -> None:
    (tmp_path / STATE_FOLDER).write_text("A file has the name of the folder.", "utf-8")
    with pytest.raises(Problems, match="cannot be written"):
        note_reader(Project(tmp_path), edition, "Sam", DAY)


def test_names_of_people_everywhere() -> None:
    assert all(map(is_name, ("Sam", "Zoë O’Neill-Jones", "李小龙", "علی‌رضا", "S. P. 3rd")))

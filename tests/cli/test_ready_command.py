"""`newsletter ready`, as an editor types it, from a new issue to one that can be sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from newsletter.project import STATE_FOLDER
from newsletter.ready import reach as module
from newsletter.ready.reach import LinkResult
from support.command import run

SLUG = "2190-12-02-winter"


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new issue for a far day, in a project that sends plain text alone, which an audit needs no browser for."""
    monkeypatch.chdir(tmp_path)
    run("new", SLUG)
    brand = tmp_path / "templates" / "brand.yaml"
    every = "editions: [standard, large-print, text-only]"
    brand.write_text(brand.read_text("utf-8").replace(every, "editions: [text-only]"), "utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.newsletter.rules]\nsample-brand = "off"\n', "utf-8")
    return tmp_path / "issues" / f"{SLUG}.yaml"


def states(result: Result) -> dict[str, str]:
    (points,) = json.loads(result.stdout)["issues"]
    return {item["id"]: item["state"] for item in points["items"]}


def test_from_a_new_issue_to_one_that_can_be_sent(issue: Path) -> None:
    first = run("ready", SLUG)
    assert first.exit_code == 1
    lines = first.stdout.splitlines()
    assert lines[0] == f"issues/{SLUG}.yaml: 3 points to do, 2 for you to decide."
    # Each point begins with its state in words, what is to do first.
    assert [line.partition(":")[0] for line in lines[1:] if not line.startswith(" ")] == [
        *["To do"] * 3,
        # The rule that is off is a warning.
        *["For you to decide"] * 2,
        *["Done"] * 5,
        *["Not needed"] * 2,
    ]
    run("render", SLUG)
    assert run("audit", SLUG).exit_code == 0
    last = run("ready", SLUG, "--read-by", " Sam ")
    assert last.exit_code == 0
    assert "Ready to send, 2 for you to decide." in last.stdout and "Done: Has somebody else read" in last.stdout
    issue.write_text(issue.read_text("utf-8").replace("title:", "title: Our ", 1), "utf-8")
    changed = run("ready", SLUG, "--json")
    assert changed.exit_code == 1
    assert {id for id, state in states(changed).items() if state == "to-do"} == {"audit", "second-reader", "rendered"}


def test_json_has_each_point(issue: Path) -> None:
    result = run("ready", "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["problems"] == []
    (points,) = data["issues"]
    assert (points["issue"], points["file"], points["ready"]) == (SLUG, f"issues/{SLUG}.yaml", False)
    assert all(item.keys() == {"id", "question", "state", "why", "hint"} for item in points["items"])
    assert run("ready", "--json").stdout == result.stdout
    assert run("ready", "--json", "--format", "text").exit_code == 2


def test_an_issue_with_an_error_and_one_that_cannot_be_read(issue: Path) -> None:
    issue.write_text(issue.read_text("utf-8").replace(f"date: {SLUG[:10]}", "date: 2190-02-30"), "utf-8")
    result = run("ready", SLUG)
    assert result.exit_code == 1 and "error:" in result.stdout and "Ready" not in result.stdout
    assert run("ready", "nosuch").exit_code == 1


def test_a_damaged_note_is_no_traceback(issue: Path) -> None:
    folder = issue.parents[1] / STATE_FOLDER
    folder.mkdir()
    (folder / f"{SLUG}.json").write_bytes(b"\x00" * 9)
    result = run("ready", SLUG)
    assert result.exit_code == 1 and result.stdout.count("The notes in .newsletter/ cannot be read") == 2


@pytest.mark.parametrize("name", ["", " ", "Sam\nDone: all", "\x1b[2J", "S" * 101])
def test_a_reader_has_a_name(issue: Path, name: str) -> None:
    assert run("ready", SLUG, "--read-by", name).exit_code == 2
    assert not (issue.parents[1] / STATE_FOLDER).exists()


def test_the_issue_that_was_read_is_named(issue: Path) -> None:
    result = run("ready", "--read-by", "Sam")
    assert result.exit_code == 2 and "--read-by NAME" in result.stderr


def test_websites_are_asked_only_with_an_option_and_once(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[str] = []

    def opens(address: str, _: object) -> LinkResult:
        requests.append(address)
        return LinkResult("opens")

    monkeypatch.setattr(module, "_follow", opens)
    (issue.parent / "other.yaml").write_text(issue.read_text("utf-8"), "utf-8")
    assert states(run("ready", SLUG, "--json"))["links-open"] == "decide" and not requests
    result = run("ready", "--links", "--json")
    for points in json.loads(result.stdout)["issues"]:
        assert {item["state"] for item in points["items"] if item["id"] == "links-open"} == {"done"}
    assert requests and len(requests) == len(set(requests))

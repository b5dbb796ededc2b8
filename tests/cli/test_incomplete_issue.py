"""No command writes or sends an issue with a text that is still missing, nor a substitute for such a text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsletter.export.registry import service_ids
from newsletter.issue.substitutes import NO_DESCRIPTION
from support.command import commands, run
from support.reader_project import SLUG, write_relay

ROOT = Path(__file__).parents[2]
OTHERS = {"brand", "changes", "explain", "preview", "schema", "sent"}
"""The commands that build no issue. The preview has tests of its own."""
RUNS: dict[str, list[list[str]]] = {
    "audit": [[]],
    "check": [[], ["--fix"]],
    "draft": [[]],
    "export": [["--for", service] for service in service_ids()],
    "merge": [["--recipients", "readers.csv", "--folder", "out/mail"]],
    "new": [["2190-12-09-next", "--from"]],
    "ready": [[], ["--read-by", "Ann"]],
    "render": [[], ["--force"], ["--draft", "--force"]],
    "review": [[]],
    "send": [["--test", "ann@saltby.test"], ["--recipients", "readers.csv", "--yes", "1"]],
}


def test_every_command_is_tried() -> None:
    assert set(commands()) == set(RUNS) | OTHERS


@pytest.mark.parametrize(
    ("command", "arguments"), [(command, each) for command, several in RUNS.items() for each in several]
)
def test_a_command_says_what_is_missing_and_writes_nothing(
    reader_brand: Path, command: str, arguments: list[str]
) -> None:
    issue = Path("issues") / f"{SLUG}.yaml"
    (issue.parent / "images").mkdir()
    shutil.copy(ROOT / "issues" / "images" / "clinic.png", issue.parent / "images")
    text = issue.read_text("utf-8").replace("    content:\n", "    image: {src: images/clinic.png}\n    content:\n", 1)
    issue.write_text(text, "utf-8")
    write_relay(1, "", "[tool.newsletter.mailbox]", 'host = "127.0.0.1"', "port = 1", 'user = "ann"')
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    result = run(command, *([*arguments, SLUG] if command == "new" else [SLUG, *arguments]))
    assert result.exit_code != 0
    assert "The picture has no description." in result.output, result.output
    assert NO_DESCRIPTION not in result.output
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before

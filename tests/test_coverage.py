"""docs/explanation/coverage.md names what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.check.registry import all_rules

TESTS = Path(__file__).parent
TABLE = (TESTS.parent / "docs/explanation/coverage.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith(("| point", "| ---"))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[0][2:40])
def test_every_point_is_held_by_something_that_exists(row: str) -> None:
    names = re.findall(r"`([^`]+)`", row.strip("| ").split(" | ")[1])
    assert names
    refused = re.search(r"refuses ([^;]*)", row)
    slips = set(re.findall(r"`([^`]+)`", refused[1])) if refused else set()
    rules = {rule.id for rule in all_rules()}
    for name in names:
        if "::" in name:
            file, test = name.split("::")
            assert f"\ndef {test}(" in (TESTS / file).read_text(encoding="utf-8"), name
        elif name in slips:
            assert (TESTS / "cases/slips" / f"{name}.yaml").is_file(), name
        else:
            assert name in rules, name

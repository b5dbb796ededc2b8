"""docs/explanation/coverage.md names rules and tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.check.registry import all_rules

TESTS = Path(__file__).parent
TABLE = (TESTS.parent / "docs/explanation/coverage.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not re.match(r"\| (requirement|---)", line)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[0][2:40])
def test_what_checks_a_requirement_exists(row: str) -> None:
    names = re.findall(r"`([^`]+)`", row.strip("| ").split(" | ")[1])
    assert names
    rejects = re.search(r"rejects ([^;]*)", row)
    problems = set(re.findall(r"`([^`]+)`", rejects[1])) if rejects else set()
    rules = {rule.id for rule in all_rules()}
    for name in names:
        if "::" in name:
            file, test = name.split("::")
            assert f"\ndef {test}(" in (TESTS / file).read_text(encoding="utf-8"), name
        elif name in problems:
            assert (TESTS / "cases/slips" / f"{name}.yaml").is_file(), name
        else:
            assert name in rules, name

"""docs/explanation/coverage.md names rules and tests that exist, and claim.md the tests of what the README promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.check.registry import all_rules

TESTS = Path(__file__).parents[1]


def rows(page: str) -> list[str]:
    """Return the rows of the tables of a page in docs/explanation, without their heads."""
    lines = (TESTS.parent / "docs/explanation" / page).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not re.match(r"\| (requirement|README|---)", line)]


def is_test(name: str) -> bool:
    """Check whether there is a test, given as `file::name`."""
    file, test = name.split("::")
    return f"\ndef {test}(" in (TESTS / file).read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Return Markdown without its marks and addresses, in one line."""
    return " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", text).split())


ROWS = rows("coverage.md")
PROMISES = rows("claim.md")
NO_PROMISES = ("", "Nothing is lost on the way")
"""What the next sentence says in detail."""
README = plain((TESTS.parent / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[0][2:40])
def test_what_checks_a_requirement_exists(row: str) -> None:
    names = re.findall(r"`([^`]+)`", row.strip("| ").split(" | ")[1])
    assert names
    rejects = re.search(r"rejects ([^;]*)", row)
    problems = set(re.findall(r"`([^`]+)`", rejects[1])) if rejects else set()
    rules = {rule.id for rule in all_rules()}
    for name in names:
        if "::" in name:
            assert is_test(name), name
        elif name in problems:
            assert (TESTS / "cases/mistakes" / f"{name}.yaml").is_file(), name
        else:
            assert name in rules, name


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row[3:43])
def test_what_holds_a_promise_exists(row: str) -> None:
    promise, tests, _ = row.strip("|").split(" | ")
    names = re.findall(r"`([^`]+)`", tests)
    assert promise.strip(" “”") in README
    assert names
    assert all(map(is_test, names)), names


def test_each_promise_about_the_email_has_its_tests() -> None:
    promises = " ".join(row.split("”")[0] for row in PROMISES)
    about_the_email = README[README.index("- The page has one column") : README.index("## See it as each reader will")]
    for sentence in re.split(r"(?<=[.)]) (?=[A-Z-])|- (?=The )", about_the_email):
        words = re.sub(r" \(.*|\.$|^Before an email is written, ", "", sentence.strip())
        assert words in promises or words in NO_PROMISES, sentence

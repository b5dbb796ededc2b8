"""A wrong indent has a message that names the spaces: those of the line, and those of the lines around it."""

from __future__ import annotations

import pytest

from newsletter.problems import Problems
from newsletter.source.parser import parse_yaml

ISSUE = """\
subject: Hope
title: News
articles:
  - title: "Stem cells"
    summary: "One sentence."
    content:
      - text: |
          Hello.
          More.
      - events:
          items:
            - title: Yoga
              date: 2026-12-12
              place: "Hall"
  - title: Other
    summary: One
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message", "hint"),
    [
        (
            "              place:",
            15,
            "the keys around it have 14",
            "14 spaces, so that it lines up with “date” in line 13",
        ),
        (
            "              place:",
            13,
            "the keys around it have 14",
            "14 spaces, so that it lines up with “date” in line 13",
        ),
        ("    content:", 3, "the keys around it have 4", "4 spaces, so that it lines up with “summary” in line 5"),
        ("    content:", 5, "the keys around it have 4", "4 spaces, so that it lines up with “summary” in line 5"),
        ("    summary:", 3, "the keys around it have 4", "4 spaces, so that it lines up with “title” in line 4"),
        ("          More.", 9, "the text above it has 10", "10 spaces, so that it lines up with line 8"),
        ("      - events", 5, "the items around it have 6", "6 spaces, so that it lines up with line 7"),
        ("      - events", 7, "the items around it have 6", "6 spaces, so that it lines up with line 7"),
        ("  - title: Other", 3, "the items around it have 2", "2 spaces, so that it lines up with line 4"),
        (
            "title: News",
            1,
            "the keys around it have none",
            "Delete the spaces before it, so that it lines up with “subject”",
        ),
    ],
)
def test_the_spaces_are_named(right: str, wrong: int, message: str, hint: str) -> None:
    text = ISSUE.replace(f"\n{right}", "\n" + " " * wrong + right.lstrip(), 1)
    with pytest.raises(Problems) as error:
        parse_yaml(text, "a.yaml")
    (problem,) = error.value.problems
    assert problem.message == f"This line has {wrong} space{'s' * (wrong > 1)} before it, but {message}."
    assert hint in problem.hint
    assert (problem.location.line, problem.location.column) == (
        text[: text.index(right.lstrip())].count("\n") + 1,
        wrong + 1,
    )


@pytest.mark.parametrize("text", ['a:"b"\nc: d\n', "a: b\n  c d\n  e: f\n", "a: 'b\nc: d\n"])
def test_what_is_no_wrong_indent_has_another_message(text: str) -> None:
    with pytest.raises(Problems) as error:
        parse_yaml(text, "a.yaml")
    assert "begins with" not in str(error.value)

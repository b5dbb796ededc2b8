"""The issue's file as it is saved now, with what was found beside the lines in question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.preview.issue_state import IssueState
from newsletter.preview.source_lines import lines_of
from newsletter.problems import Problem

TITLE = "Source"


@dataclass(frozen=True)
class Line:
    """One line, with the findings about it and their numbers in Checks."""

    number: int
    text: str
    findings: tuple[tuple[int, Problem], ...] = ()

    @property
    def has_error(self) -> bool:
        """Whether one of the findings stops the issue."""
        return any(problem.severity == "error" for _, problem in self.findings)


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give the lines, and what is not about any of them."""
    texts = lines_of(shown.source)
    by_line: dict[int, list[tuple[int, Problem]]] = {}
    for number, problem in enumerate(shown.problems, 1):
        # What is found at the end of a file may be one line below the last.
        at = min(problem.location.line, len(texts)) if problem.location.file == shown.file else 0
        by_line.setdefault(at, []).append((number, problem))
    lines = [Line(number, text, tuple(by_line.get(number, ()))) for number, text in enumerate(texts, 1)]
    return {
        "lines": lines,
        "marked": [line for line in lines if line.findings],
        "elsewhere": by_line.get(0, []),
    }

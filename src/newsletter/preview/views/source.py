"""The issue's file as it is saved now, with each problem below its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.preview.findings import anchor_of
from newsletter.preview.issue_state import IssueState
from newsletter.problems import Problem
from newsletter.source.lines import split_lines

TITLE = "Source"


@dataclass(frozen=True)
class SourceLine:
    """One line, with its problems."""

    number: int
    text: str
    problems: tuple[Problem, ...] = ()

    @property
    def has_error(self) -> bool:
        """Whether one of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the lines, and the problems that are not about any of them."""
    texts = split_lines(state.source)
    by_line: dict[int, list[Problem]] = {}
    for problem in state.problems:
        # A problem at the end of a file may be one line below the last.
        at = min(problem.location.line, len(texts)) if problem.location.file == state.file else 0
        by_line.setdefault(at, []).append(problem)
    lines = [SourceLine(number, text, tuple(by_line.get(number, ()))) for number, text in enumerate(texts, 1)]
    return {
        "anchor_of": anchor_of,
        "lines": lines,
        "problem_lines": [line for line in lines if line.problems],
        "other_problems": by_line.get(0, []),
    }

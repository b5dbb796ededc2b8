"""Every problem with what to do, why it matters and its lines; and the rules that found none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsletter.check.allow import allowances
from newsletter.check.registry import all_rules
from newsletter.check.rule import Rule
from newsletter.edition import Edition
from newsletter.preview.issue_state import IssueState
from newsletter.preview.views.source import split_lines
from newsletter.problems import Problem

TITLE = "Checks"

_CONTEXT = 2  # lines before and after the line of a problem
_SCOPES = (("issue", "Your text"), ("page", "The page"), ("message", "The finished message"))


@dataclass(frozen=True)
class Passage:
    """A paragraph or an example of a rule's explanation."""

    text: str
    is_example: bool


@dataclass(frozen=True)
class ProblemView:
    """One problem, with its rule and its lines."""

    number: int
    problem: Problem
    title: str
    explanation: tuple[Passage, ...]
    lines: tuple[tuple[int, str], ...]
    """The lines around the problem, each with its number; empty if it is not in the issue's file."""
    is_here: bool
    """Whether it is in the issue's file, not in a template or the settings."""


@dataclass(frozen=True)
class AllowanceView:
    """A rule that the editor allows an exception from, and the reason."""

    rule: str
    title: str
    reason: str
    line: int
    where: str


def context(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return every problem, the rules that found none, and what the editor allows."""
    rules = {rule.id: rule for rule in all_rules()}
    allowances = tuple(_allowances(state.edition, rules)) if state.edition else ()
    reported = {problem.id for problem in state.problems} | {allowance.rule for allowance in allowances}
    ran = state.report.ran if state.report and not state.is_outdated else ()
    passed = [rules[id] for id in ran if id not in reported]
    return {
        "findings": tuple(
            _problem_view(number, problem, state, rules.get(problem.id))
            for number, problem in enumerate(state.problems, 1)
        ),
        "passed": [(title, [rule for rule in passed if rule.scope == scope]) for scope, title in _SCOPES],
        "passed_count": len(passed),
        "allowances": allowances,
    }


def passages(explanation: str) -> Iterator[Passage]:
    """Split a rule's explanation, without its title, into paragraphs and examples."""
    for part in re.split(r"\n{2,}", explanation.partition("\n")[2].strip("\n")):
        label, _, rest = part.partition("\n")
        if label in ("Bad:", "Good:"):
            yield Passage(label, False)
            part = rest  # noqa: PLW2901
        if part.startswith("    "):
            yield Passage(re.sub(r"^ {4}", "", part, flags=re.MULTILINE), True)
        elif part:
            yield Passage(" ".join(part.split()), False)


def _problem_view(number: int, problem: Problem, state: IssueState, rule: Rule | None) -> ProblemView:
    lines, line = split_lines(state.source), problem.location.line
    is_here = problem.location.file == state.file
    around: tuple[tuple[int, str], ...] = ()
    if is_here and 0 < line <= len(lines):
        first, last = max(1, line - _CONTEXT), min(len(lines), line + _CONTEXT)
        around = tuple((at, lines[at - 1]) for at in range(first, last + 1))
    explanation = tuple(passages(rule.explanation)) if rule else ()
    return ProblemView(number, problem, rule.title if rule else "", explanation, around, is_here)


def _allowances(edition: Edition, rules: Mapping[str, Rule]) -> Iterator[AllowanceView]:
    for item in allowances(edition.issue):
        title = rules[item.rule].title if item.rule in rules else "There is no such rule."
        where = f"In article {int(item.path[1]) + 1}" + (", one block" if "content" in item.path else "")
        yield AllowanceView(item.rule, title, item.reason, item.location.line, where)

"""What was found, each with what to do, why it matters and where it was written; and what was held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsletter.check.allow import allowances
from newsletter.check.registry import all_rules
from newsletter.check.rule import Rule
from newsletter.edition import Edition
from newsletter.preview.issue_state import IssueState
from newsletter.preview.source_lines import lines_of
from newsletter.problems import Problem

TITLE = "Checks"

_CONTEXT = 2  # lines before and after the one that a finding is about
_KINDS = (("issue", "What you wrote"), ("page", "The page"), ("message", "The finished message"))


@dataclass(frozen=True)
class Passage:
    """A few words of an explanation, or an example in it."""

    text: str
    is_example: bool


@dataclass(frozen=True)
class Finding:
    """One problem with what there is to know about it."""

    number: int
    problem: Problem
    title: str
    explanation: tuple[Passage, ...]
    lines: tuple[tuple[int, str], ...]
    """Numbers and words of the lines around; empty for what is not in the issue's file."""
    is_here: bool
    """Whether it is in the issue's file; else it is in a template or in the settings."""


@dataclass(frozen=True)
class Allowed:
    """A rule that an editor allows something against, and why."""

    rule: str
    title: str
    reason: str
    line: int
    where: str


def context(shown: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Give every finding, the rules that found nothing, and what is allowed."""
    rules = {rule.id: rule for rule in all_rules()}
    allowed = tuple(_allowed(shown.edition, rules)) if shown.edition else ()
    found = {problem.id for problem in shown.problems} | {item.rule for item in allowed}
    ran = shown.report.ran if shown.report and not shown.is_outdated else ()
    passed = [rules[id] for id in ran if id not in found]
    return {
        "findings": tuple(
            _finding(number, problem, shown, rules.get(problem.id)) for number, problem in enumerate(shown.problems, 1)
        ),
        "passed": [(words, [rule for rule in passed if rule.scope == kind]) for kind, words in _KINDS],
        "passed_count": len(passed),
        "allowed": allowed,
    }


def passages(explanation: str) -> Iterator[Passage]:
    """Part a rule's explanation, after its title, into paragraphs and examples."""
    for part in re.split(r"\n{2,}", explanation.partition("\n")[2].strip("\n")):
        introduced, _, rest = part.partition("\n")
        if introduced in ("Bad:", "Good:"):
            yield Passage(introduced, False)
            part = rest  # noqa: PLW2901
        if part.startswith("    "):
            yield Passage(re.sub(r"^ {4}", "", part, flags=re.MULTILINE), True)
        elif part:
            yield Passage(" ".join(part.split()), False)


def _finding(number: int, problem: Problem, shown: IssueState, rule: Rule | None) -> Finding:
    lines, line = lines_of(shown.source), problem.location.line
    is_here = problem.location.file == shown.file
    around: tuple[tuple[int, str], ...] = ()
    if is_here and 0 < line <= len(lines):
        first, last = max(1, line - _CONTEXT), min(len(lines), line + _CONTEXT)
        around = tuple((at, lines[at - 1]) for at in range(first, last + 1))
    explanation = tuple(passages(rule.explanation)) if rule else ()
    return Finding(number, problem, rule.title if rule else "", explanation, around, is_here)


def _allowed(edition: Edition, rules: Mapping[str, Rule]) -> Iterator[Allowed]:
    for item in allowances(edition.issue):
        title = rules[item.rule].title if item.rule in rules else "There is no such rule."
        where = f"In article {int(item.path[1]) + 1}" + (", one block" if "content" in item.path else "")
        yield Allowed(item.rule, title, item.reason, item.location.line, where)

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

TITLE = "Checks"

_SCOPES = (
    ("issue", "Your text"),
    ("page", "The page"),
    ("message", "The finished message"),
    ("web", "The web version"),
)


@dataclass(frozen=True)
class Passage:
    """A paragraph or an example of a rule's explanation."""

    text: str
    is_example: bool


@dataclass(frozen=True)
class RuleView:
    """Why there is a rule."""

    title: str
    explanation: tuple[Passage, ...]


@dataclass(frozen=True)
class AllowanceView:
    """A rule that the editor allows an exception from, and the reason."""

    rule: str
    title: str
    reason: str
    line: int
    where: str


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return why there are the rules that found a problem, those that found none, and what the editor allows."""
    rules = {rule.id: rule for rule in all_rules()}
    allowances = tuple(_allowances(state.edition, rules)) if state.edition else ()
    reported = {problem.id for problem in (*state.problems, *state.earlier_problems)} | {
        allowance.rule for allowance in allowances
    }
    ran = state.report.ran if state.report and not state.is_outdated else ()
    passed = [rules[id] for id in ran if id not in reported]
    return {
        "why": {
            rule.id: RuleView(rule.title, tuple(passages(rule.explanation)))
            for rule in (rules[id] for id in sorted(reported & rules.keys()))
        },
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


def _allowances(edition: Edition, rules: Mapping[str, Rule]) -> Iterator[AllowanceView]:
    for item in allowances(edition.issue):
        title = rules[item.rule].title if item.rule in rules else "There is no such rule."
        where = f"In article {int(item.path[1]) + 1}" + (", one block" if "content" in item.path else "")
        yield AllowanceView(item.rule, title, item.reason, item.location.line, where)

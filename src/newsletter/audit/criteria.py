"""The result of an audit for each criterion of WCAG 2.2, from what the rules say that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from newsletter.audit.result import Audit
from newsletter.check import registry
from newsletter.check.wcag import CRITERIA, Criterion
from newsletter.dom.tree import parse_html
from newsletter.english import count, join

CriterionOutcome = Literal["failed", "undecided", "passed", "not tested", "does not apply"]

_MEDIA = "//audio|//video|//iframe|//object|//embed"
_FIELDS = "//form|//input|//select|//textarea|//button"
_SCRIPTS = "//script|//iframe|//object|//embed|//@*[starts-with(name(), 'on')]|//@href[starts-with(., 'javascript:')]"
_TIMERS = f"//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']|{_SCRIPTS}"
_APPEARANCE = (
    *("1.3.4", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13", "2.1.1", "2.2.2", "2.3.1", "2.4.2"),
    *("2.4.3", "2.4.7", "2.4.11", "2.5.3", "2.5.8", "4.1.2"),
)
_ABSENT = (
    (_MEDIA, "It has no sound and no film.", ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2")),
    (_FIELDS, "It has no form.", ("1.3.5", "3.2.2", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.7", "3.3.8")),
    (
        _SCRIPTS,
        "It has no script, so nothing happens but what the reader’s own program does.",
        ("2.1.2", "2.1.4", "2.5.1", "2.5.2", "2.5.4", "2.5.7", "3.2.1", "4.1.3"),
    ),
    (_TIMERS, "It has no time limit.", ("2.2.1",)),
    ("//body", "It has no page: the mail app decides how plain text looks, and what the keyboard does.", _APPEARANCE),
    ("", "It is about sets of web pages, and this is one page.", ("2.4.5", "3.2.3", "3.2.4", "3.2.6")),
)
"""What an email may not have (XPath), the sentence if it has none of it, and the criteria that do not apply then."""


@dataclass(frozen=True)
class CriterionResult:
    """What an audit knows about one criterion."""

    criterion: Criterion
    outcome: CriterionOutcome
    """`undecided` if a person has to look: a warning, an exception, or what axe-core could not decide."""
    reason: str
    """Why, in one sentence, unless it passed."""
    rules: tuple[str, ...]
    """The ids of our rules that tested it."""
    axe_rules: tuple[str, ...]
    """The ids of the rules of axe-core that tested it."""


def by_criterion(audit: Audit) -> tuple[CriterionResult, ...]:
    """Return the result for each criterion at A and AA, by number."""
    absent = _absent(audit)
    return tuple(_result(criterion, audit, absent.get(criterion.number, "")) for criterion in CRITERIA)


def _result(criterion: Criterion, audit: Audit, absent: str) -> CriterionResult:
    number = criterion.number
    about = {rule.id for rule in registry.all_rules() if number in rule.criteria}
    rules = tuple(id for id in (*audit.report.ran, *(rule.id for rule in audit.rules)) if id in about)
    axe_rules = tuple(sorted(id for id, criteria in audit.axe_criteria.items() if number in criteria))
    problems = [problem for problem in audit.report.problems if problem.id in about]
    problems += [item.problem for item in audit.problems_by_state if number in item.criteria]
    errors = sum(problem.severity == "error" for problem in problems)
    doubts = {
        "warning": len(problems) - errors,
        "exception": sum(item.rule in about for item in audit.allowed),
        "question of axe-core": sum(item.rule in axe_rules and not item.resolution for item in audit.incomplete),
    }
    doubt = join(count(number, what) for what, number in doubts.items() if number)
    outcome: CriterionOutcome = "not tested"
    reason = "A person has to look."
    if errors:
        outcome, reason = "failed", f"{count(errors, 'error')}."
    elif doubt:
        outcome, reason = "undecided", f"A person has to look: {doubt}."
    elif absent:
        outcome, reason = "does not apply", absent
    elif rules or axe_rules:
        outcome, reason = "passed", ""
    return CriterionResult(criterion, outcome, reason, rules, axe_rules)


def _absent(audit: Audit) -> Mapping[str, str]:
    """Return why criteria do not apply, by number. An edition without a page has nothing but words."""
    page = parse_html(audit.edition.inlined) if audit.edition.has_page else None
    email = {} if audit.is_web_version else {"2.4.1": "An email repeats no blocks of other pages."}
    return email | {
        number: reason
        for path, reason, numbers in _ABSENT
        if not path or page is None or not page.xpath(path)
        for number in numbers
    }

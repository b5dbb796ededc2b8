"""From what a browser saw to problems: each once, at its line, with the states in which it shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsletter import __version__
from newsletter.audit.axe_incomplete import resolve_incomplete
from newsletter.audit.axe_rules import disabled
from newsletter.audit.browser import BrowserResult
from newsletter.audit.observation import ElementLocator, Observation
from newsletter.audit.pixel_contrast import measured, small
from newsletter.audit.result import Allowed, Audit, ProblemInStates, TestedState, Versions
from newsletter.audit.states import State
from newsletter.check.allow import COUNTS_AS, Allowance, allowances
from newsletter.check.engine import check
from newsletter.check.registry import all_rules
from newsletter.check.report import Report
from newsletter.check.rule import Finding, Rule
from newsletter.check.settings import Settings
from newsletter.check.subjects import CheckContext
from newsletter.edition import Edition
from newsletter.problems import Location, Problem, Severity

_NUMBER = re.compile(r"“[^”]*”|\d+(?:\.\d+)?")
_NAMED = 3  # findings of one rule about one line of a template; the others are counted


def evaluate(
    edition: Edition, settings: Settings, sights: Sequence[tuple[State, BrowserResult]], skipped: Sequence[State]
) -> Audit:
    """Hold an edition against every rule.

    Args:
        edition: which was looked at.
        settings: how much each rule counts, and its thresholds.
        sights: the states in which it was seen, and what was seen; the first is what the others are compared with.
        skipped: the states that it cannot be in.
    """
    subjects = CheckContext(edition)
    rules = [rule for rule in all_rules() if rule.scope == "browser" and settings.severity(rule) != "off"]
    finder = ElementLocator(subjects.page, subjects.issue)
    seen = [_seen(state, sight, finder, sights[0][1]) for state, sight in sights]
    heap = _FindingMerger()
    covered: dict[Allowance, list[str]] = {item: [] for item in allowances(edition.issue)}
    for one in seen:
        for rule in (rule for rule in rules if rule.id in one.state.rules):
            for finding in rule.check(one, settings.options(rule, edition.kind)):
                if allowance := _covering(covered, rule, finding):
                    covered[allowance].append(finding.message)
                else:
                    heap.add(_problem(rule, finding, settings, one.state), finding, one.state)
    first = sights[0][1] if sights else None
    return Audit(
        edition,
        Versions(__version__, first.axe["version"], first.browser) if first else Versions(__version__),
        tuple(_looked(state, sight) for state, sight in sights),
        tuple(skipped),
        tuple(rules) if sights else (),
        _checked(edition, settings, [item.location for item, messages in covered.items() if messages]),
        tuple(heap.found()),
        tuple(
            Allowed(item.rule, item.location, item.reason, tuple(dict.fromkeys(messages)))
            for item, messages in covered.items()
        ),
        tuple(_changed(settings)),
        tuple(disabled(settings, [state for state, _ in sights])) if sights else (),
        tuple(resolve_incomplete(seen, {rule.id for rule in rules})),
    )


def _checked(edition: Edition, settings: Settings, needed: Collection[Location]) -> Report:
    """Check it; what the check calls an idle allowance may be needed in a browser."""
    report = check(edition, settings)
    kept = (problem for problem in report.problems if problem.id != "allow" or problem.location not in needed)
    return replace(report, problems=tuple(kept))


def _covering(allowed: Iterable[Allowance], rule: Rule, finding: Finding) -> Allowance | None:
    names = (rule.id, *COUNTS_AS.get(rule.id, ()))
    return next((item for item in allowed for name in names if item.covers(name, finding.where.path)), None)


def _problem(rule: Rule, finding: Finding, settings: Settings, state: State) -> Problem:
    severity = settings.finding_severity(rule, finding)
    if state.is_guess and not settings.is_overridden(rule):
        severity = "warning"
    return Problem(finding.where.location, rule.id, finding.message, finding.hint, severity)


def _seen(state: State, sight: BrowserResult, finder: ElementLocator, first: BrowserResult) -> Observation:
    contrasts = measured(sight.found["texts"], sight.tiles)
    return Observation(state, sight.found, sight.axe, contrasts, first.found["texts"], finder)


def _looked(state: State, sight: BrowserResult) -> TestedState:
    words = sum(len(text["words"].split()) for text in sight.found["texts"] if not text["hidden"])
    too_long = tuple(dict.fromkeys(item["whole"] for item in sight.found["split"] if item["length"] > item["room"]))
    return TestedState(state, words, sight.axe["ran"], too_long, small(sight.screenshot))


def _changed(settings: Settings) -> Iterator[str]:
    if settings.profile != "plain":
        yield f"profile = {settings.profile}"
    for rule, told in settings.rules.items():
        yield from (f"{rule}: {key} = {value}" for key, value in told.items())


@dataclass
class _Merged:
    """One fault, in the worst of the states in which it shows."""

    problem: Problem
    worse: float
    states: list[str] = field(default_factory=list)


@dataclass
class _FindingMerger:
    """Findings as they come, state by state."""

    _faults: dict[tuple[str, Location, Location, str], _Merged] = field(default_factory=dict)

    def add(self, problem: Problem, finding: Finding, state: State) -> None:
        """Take one; in another state, with another number or severity, it is the same one."""
        template = getattr(finding.where, "template", problem.location)
        fault = self._faults.setdefault(
            (problem.id, problem.location, template, _message_template(problem.message)), _Merged(problem, finding.rank)
        )
        fault.states += [state.name] * (state.name not in fault.states)
        severity: Severity = "error" if "error" in {problem.severity, fault.problem.severity} else "warning"
        if finding.rank > fault.worse:
            fault.problem, fault.worse = problem, finding.rank
        fault.problem = replace(fault.problem, severity=severity)

    def found(self) -> Iterator[ProblemInStates]:
        """Give each once; of many that one line of a template causes, the first few, and how many more there are."""
        groups: dict[tuple[str, Location, tuple[str, ...]], list[Problem]] = {}
        for (id, _, template, _), fault in self._faults.items():
            groups.setdefault((id, template, tuple(fault.states)), []).append(fault.problem)
        for (_, template, states), problems in groups.items():
            more = len(problems) - _NAMED
            for position, problem in enumerate(problems[:_NAMED]):
                lines = [problem.hint, f"Seen in: {', '.join(states)}."]
                lines += [f"It is made by {template}."] * (template.file != problem.location.file)
                lines += [f"The same line makes {more} more of this kind."] * (more > 0 and position == 0)
                yield ProblemInStates(replace(problem, hint="\n".join(filter(None, lines))), states)


def _message_template(message: str) -> str:
    """Give a message without its numbers, but with those that it quotes."""
    return _NUMBER.sub(lambda found: found[0] if found[0].startswith("“") else "#", message)

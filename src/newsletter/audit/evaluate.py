"""Turns measurements into problems. Each problem appears once, at its line, with the states in which it occurs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsletter import __version__
from newsletter.audit.axe_incomplete import resolve_incomplete
from newsletter.audit.axe_rules import disabled_rules
from newsletter.audit.browser import MeasuredPage
from newsletter.audit.observation import ElementLocator, Observation
from newsletter.audit.pixel_contrast import contrasts_on_screen, thumbnail
from newsletter.audit.read_words import can_run
from newsletter.audit.result import Allowed, Audit, ProblemInStates, TestedState, Versions
from newsletter.audit.states import State
from newsletter.check.allow import COUNTS_AS, Allowance, allowances, drop_needed_allowances
from newsletter.check.context import CheckContext
from newsletter.check.engine import check, is_on
from newsletter.check.registry import all_rules
from newsletter.check.report import Report
from newsletter.check.rule import Finding, Rule
from newsletter.check.settings import Settings
from newsletter.check.wcag import tagged_criteria
from newsletter.edition import Edition
from newsletter.problems import Location, Problem, Severity

_QUOTE_OR_NUMBER = re.compile(r"“[^“”]*”|\d+(?:\.\d+)?")
_MAX_PER_LINE = 3  # problems of one rule at one line of a template; the others are only counted


def evaluate(
    edition: Edition,
    settings: Settings,
    tested: Sequence[tuple[State, MeasuredPage]],
    skipped: Sequence[State],
    report: Report | None = None,
) -> Audit:
    """Return the audit of one edition, from its measurements and from the rules without a browser.

    Args:
        edition: the edition that was measured.
        settings: the severity and the thresholds of each rule.
        tested: each state with its measurements. The others are compared with the first.
        skipped: the states that do not apply to the edition.
        report: the check without a browser; None to check the edition here.
    """
    context = CheckContext(edition)
    browser_rules = [rule for rule in all_rules() if rule.scope == "browser" and can_run(rule)]
    rules = [rule for rule in browser_rules if is_on(rule, settings, edition)]
    locator = ElementLocator(context.page, context.issue)
    observations = [_observation(state, result, locator, tested[0][1]) for state, result in tested]
    merger = _FindingMerger()
    covered: dict[Allowance, list[str]] = {item: [] for item in allowances(edition.issue)}
    for observation in observations:
        state = observation.state
        for rule in (rule for rule in rules if rule.runs_in(state.name)):
            for finding in rule.check(observation, settings.options(rule, edition.kind)):
                if allowance := _covering(covered, rule, finding):
                    covered[allowance].append(finding.message)
                else:
                    merger.add(
                        _problem(rule, finding, settings, state), finding, state, finding.criteria or rule.criteria
                    )
    first = tested[0][1] if tested else None
    return Audit(
        edition,
        Versions(__version__, first.axe["version"], first.browser) if first else Versions(__version__),
        tuple(_tested_state(state, result) for state, result in tested),
        tuple(skipped),
        tuple(rules) if tested else (),
        report or _checked(edition, settings, [item for item, messages in covered.items() if messages]),
        tuple(merger.problems()),
        tuple(
            Allowed(item.rule, item.location, item.reason, tuple(dict.fromkeys(messages)))
            for item, messages in covered.items()
        ),
        tuple(_own_settings(settings)),
        tuple(disabled_rules(settings, [state for state, _ in tested])) if tested else (),
        tuple(resolve_incomplete(observations, {rule.id for rule in rules})),
        {rule["id"]: tagged_criteria(rule["tags"]) for _, result in tested for rule in result.axe["tested"]},
    )


def _checked(edition: Edition, settings: Settings, needed: Collection[Allowance]) -> Report:
    """Check the edition without a browser. An allowance that the check calls unused may be needed here."""
    report = check(edition, settings)
    return replace(report, problems=drop_needed_allowances(report.problems, needed))


def _covering(allowed: Iterable[Allowance], rule: Rule, finding: Finding) -> Allowance | None:
    names = (rule.id, *COUNTS_AS.get(rule.id, ()))
    return next((item for item in allowed for name in names if item.covers(name, finding.where.path)), None)


def _problem(rule: Rule, finding: Finding, settings: Settings, state: State) -> Problem:
    severity = settings.finding_severity(rule, finding)
    if state.is_guess and not settings.is_overridden(rule):
        severity = "warning"
    return Problem(finding.where.location, rule.id, finding.message, finding.hint, severity)


def _observation(state: State, result: MeasuredPage, locator: ElementLocator, first: MeasuredPage) -> Observation:
    contrasts = contrasts_on_screen(result.measurements["texts"], result.strips)
    return Observation(state, result.measurements, result.axe, contrasts, first.measurements["texts"], locator)


def _tested_state(state: State, result: MeasuredPage) -> TestedState:
    words = sum(len(text["words"].split()) for text in result.measurements["texts"] if not text["hidden"])
    split = result.measurements["split"]
    too_long = tuple(dict.fromkeys(item["whole"] for item in split if item["length"] > item["room"]))
    return TestedState(state, words, result.axe["ran"], too_long, thumbnail(result.screenshot))


def _own_settings(settings: Settings) -> Iterator[str]:
    if settings.profile != "plain":
        yield f"profile = {settings.profile}"
    for rule, options in settings.rules.items():
        yield from (f"{rule}: {key} = {value}" for key, value in options.items())


@dataclass
class _Merged:
    """A problem as it is in its worst state."""

    problem: Problem
    rank: float
    criteria: tuple[str, ...]
    states: list[str] = field(default_factory=list)


@dataclass
class _FindingMerger:
    """Collects findings, state by state."""

    _merged: dict[tuple[str, Location, Location, str], _Merged] = field(default_factory=dict)

    def add(self, problem: Problem, finding: Finding, state: State, criteria: tuple[str, ...]) -> None:
        """Add a finding. It is a duplicate if only its state, its numbers or its severity differ."""
        template = getattr(finding.where, "template", problem.location)
        merged = self._merged.setdefault(
            (problem.id, problem.location, template, _message_template(problem.message)),
            _Merged(problem, finding.rank, criteria),
        )
        merged.states += [state.name] * (state.name not in merged.states)
        severity: Severity = "error" if "error" in {problem.severity, merged.problem.severity} else "warning"
        if finding.rank > merged.rank:
            merged.problem, merged.rank = problem, finding.rank
        merged.problem = replace(merged.problem, severity=severity)

    def problems(self) -> Iterator[ProblemInStates]:
        """Return each problem once. If one line of a template causes many, return a few and count the others."""
        groups: dict[tuple[str, Location, tuple[str, ...]], list[_Merged]] = {}
        for (id, _, template, _), merged in self._merged.items():
            groups.setdefault((id, template, tuple(merged.states)), []).append(merged)
        for (_, template, states), group in groups.items():
            more = len(group) - _MAX_PER_LINE
            criteria = tuple(dict.fromkeys(number for merged in group for number in merged.criteria))
            for position, problem in enumerate(merged.problem for merged in group[:_MAX_PER_LINE]):
                lines = [problem.hint, f"In these states: {', '.join(states)}."]
                lines += [f"It comes from {template}."] * (template.file != problem.location.file)
                lines += [f"The same line causes {more} more of this kind."] * (more > 0 and position == 0)
                yield ProblemInStates(replace(problem, hint="\n".join(filter(None, lines))), states, criteria)


def _message_template(message: str) -> str:
    """Return a message with "#" for each number outside of quotation marks."""
    return _QUOTE_OR_NUMBER.sub(lambda match: match[0] if match[0].startswith("“") else "#", message)

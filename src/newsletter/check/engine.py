"""Runs the rules on the editions of an issue."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsletter.check.allow import Allowance, allowances, empty_allowances, unused_allowances
from newsletter.check.context import CheckContext
from newsletter.check.registry import all_rules
from newsletter.check.report import Report
from newsletter.check.rule import Finding, Rule
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.problems import Location, Problem, merge_by_edition

_ELEMENT = re.compile(r"<[a-z0-9]+>")
_MOST_NAMES = 3  # articles that one problem of the page names


def check(edition: Edition, settings: Settings, only: Collection[str] = (), ignore: Collection[str] = ()) -> Report:
    """Check one edition; arguments and result are those of `check_editions`."""
    return check_editions([edition], settings, only, ignore)


def check_editions(
    editions: Sequence[Edition],
    settings: Settings,
    only: Collection[str] = (),
    ignore: Collection[str] = (),
    go_on: Callable[[], None] = lambda: None,
) -> Report:
    """Check the editions of one issue with the rules that apply to each.

    Args:
        editions: one or more results of `pipeline.build`.
        settings: how much each rule counts, and its thresholds.
        only: ids of the only rules to use, even if they are off; empty for all rules that are not off.
        ignore: ids of rules to leave out.
        go_on: called before each rule. It can end the check with an exception, as the preview does after a newer save.

    Returns:
        The report. It has each problem once, with the editions that have it if others do not, and all rules that ran
        for at least one edition.
    """
    issue = editions[0].issue
    first, cache = CheckContext(editions[0]), _IssueFindings()
    results = {
        edition.kind: _check(CheckContext(edition, first), cache, settings, only, ignore, go_on) for edition in editions
    }
    problems = list(merge_by_edition({kind: result.problems for kind, result in results.items()}))
    problems += issue.file.substitutes.problems
    ran = {rule for result in results.values() for rule in result.ran}
    used = {item for result in results.values() for item in result.used}
    if is_chosen("allow", only, ignore):
        # An entry is used if at least one edition needs it.
        off = {rule.id for rule in all_rules() if not is_on(rule, settings, editions[0])} - ran
        problems += unused_allowances(allowances(issue), used, ran, off)
        problems += empty_allowances(issue)
    if is_chosen("weaker-settings", only, ignore):
        problems += settings.weaker
    findings = tuple(finding for result in results.values() for finding in result.findings)
    of_other_sectors = {rule.id for rule in all_rules() if rule.sector not in (None, editions[0].brand.sector)}
    return Report(
        tuple(sorted(set(problems))),
        tuple(sorted(ran)),
        len(issue.articles),
        findings,
        exceptions=tuple(sorted({item.rule for item in used})),
        of_other_sectors=() if only else tuple(sorted(of_other_sectors - {*ran, *ignore})),
    )


@dataclass(frozen=True)
class _EditionReport:
    """The result of checking one edition."""

    problems: tuple[Problem, ...]
    used: frozenset[Allowance]
    ran: frozenset[str]
    findings: tuple[tuple[str, Finding], ...]


class _IssueFindings(dict[str, tuple[Mapping[str, Any], tuple[Finding, ...]]]):
    """Cache of findings of issue rules.

    Issue rules see the same text in every edition, so each runs once, and again only for other thresholds.
    """

    def of_rule(self, rule: Rule, context: CheckContext, options: Mapping[str, Any]) -> Iterable[Finding]:
        """Return the findings of a rule, those of an issue rule from the cache."""
        if rule.scope != "issue":
            return rule.check(getattr(context, rule.scope), options)
        if rule.id not in self or self[rule.id][0] != options:
            self[rule.id] = options, tuple(rule.check(context.issue, options))
        return self[rule.id][1]


def _check(  # noqa: PLR0913, PLR0917
    context: CheckContext,
    cache: _IssueFindings,
    settings: Settings,
    only: Collection[str],
    ignore: Collection[str],
    go_on: Callable[[], None],
) -> _EditionReport:
    edition = context.edition
    allowed = allowances(edition.issue)
    rules = [rule for rule in all_rules() if is_chosen(rule.id, only, ignore)]
    # A rule that is asked for by its id runs even if the project has it off.
    rules = [rule for rule in rules if is_on(rule, settings, edition) or rule.id in only]
    # Rules of the scope "web" are for the web version, and those of the scope "browser" for the audit.
    scopes = ("issue", "page", "message") if edition.has_page else ("issue", "message")
    rules = [rule for rule in rules if rule.scope in scopes]
    findings: list[tuple[Rule, Finding]] = []
    used: set[Allowance] = set()
    for rule in rules:
        go_on()
        for finding in cache.of_rule(rule, context, settings.options(rule, edition.kind)):
            if covering := [item for item in allowed if item.covers(rule.id, finding.where.path)]:
                used.update(covering)
            else:
                findings.append((rule, finding))
    findings = list(drop_same_cause(findings, settings))
    return _EditionReport(
        tuple(as_problems(findings, edition, settings)),
        frozenset(used),
        frozenset(rule.id for rule in rules),
        tuple((rule.id, finding) for rule, finding in findings),
    )


def drop_same_cause(findings: Sequence[tuple[Rule, Finding]], settings: Settings) -> Iterator[tuple[Rule, Finding]]:
    """Leave out findings that have the same cause as another one.

    One line of a style sheet is one cause, whichever elements have its style. A rule that yields to errors has nothing
    to say about a line that has one.
    """
    errors = {
        finding.where.location
        for rule, finding in findings
        if not rule.yields_to_errors and settings.finding_severity(rule, finding) == "error"
    }
    known: set[tuple[str, Location, str]] = set()
    for rule, finding in findings:
        location = finding.where.location
        key = (rule.id, location, _ELEMENT.sub("", finding.message))
        if (rule.yields_to_errors and location in errors) or (key in known and location.file.endswith(".css")):
            continue
        known.add(key)
        yield rule, finding


def is_on(rule: Rule, settings: Settings, edition: Edition) -> bool:
    """Check whether a rule is used: not if the project has it off, or if it is for another sector than the brand's.

    Args:
        rule: the rule.
        settings: how much each rule counts.
        edition: any edition of the issue, for its brand.
    """
    return settings.severity(rule) != "off" and rule.sector in (None, edition.brand.sector)


def is_chosen(id: str, only: Collection[str], ignore: Collection[str]) -> bool:
    """Check whether a rule is one of those to use.

    Args:
        id: the id of the rule.
        only: ids of the only rules to use; empty for all.
        ignore: ids of rules to leave out.
    """
    return (not only or id in only) and id not in ignore


def as_problems(findings: list[tuple[Rule, Finding]], edition: Edition, settings: Settings) -> Iterator[Problem]:
    """Turn findings into problems. A template line with the same problem in several articles is one problem.

    Args:
        findings: each with its rule.
        edition: the edition that they are in.
        settings: how much each rule counts.
    """
    articles: dict[Problem, list[str]] = {}
    for rule, finding in findings:
        severity = settings.finding_severity(rule, finding)
        problem = Problem(finding.where.location, rule.id, finding.message, finding.hint, severity)
        titles = articles.setdefault(problem, [])
        path = finding.where.path
        is_located = finding.where.location.file == edition.issue.file.name
        if rule.scope != "issue" and path and path[0] == "articles" and not is_located:
            title = edition.issue.articles[int(path[1])].name
            titles += [title] * (title not in titles)
    for problem, titles in articles.items():
        yield _with_titles(problem, titles)


def _with_titles(problem: Problem, titles: list[str]) -> Problem:
    if not titles:
        return problem
    more = f" and {len(titles) - _MOST_NAMES} more" if len(titles) > _MOST_NAMES else ""
    where = f"Seen in {', '.join(titles[:_MOST_NAMES])}{more}."
    return Problem(problem.location, problem.id, problem.message, f"{problem.hint}\n{where}".strip(), problem.severity)

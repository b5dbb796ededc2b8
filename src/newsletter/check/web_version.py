"""Checks the web version: with its own rules, and with those about the page of an email that apply to a website, too.

Of its sizes that depend on the window, this knows the least. What targets measure, only the audit can say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from newsletter.check.allow import Allowance, allowances, drop_needed_allowances
from newsletter.check.engine import as_problems, drop_same_cause, is_chosen, is_on
from newsletter.check.issue_text import IssueText
from newsletter.check.registry import all_rules
from newsletter.check.report import Report
from newsletter.check.rule import Finding, Rule
from newsletter.check.settings import Settings
from newsletter.check.web_page import ParsedWebPage
from newsletter.edition import Edition, InlinedPage, WebPage

_HINT = "It is in the web version."


def with_web_version(  # noqa: PLR0913, PLR0917 - what `check_editions` has, and the page
    report: Report,
    edition: Edition,
    web: WebPage,
    settings: Settings,
    only: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Report:
    """Return the report of an issue with the problems that only its web version has.

    Args:
        report: the report of its editions.
        edition: one of them.
        web: the web version.
        settings: how much each rule counts, and its thresholds.
        only: ids of the only rules to use; empty for all.
        ignore: ids of rules to leave out.
    """
    page = ParsedWebPage(
        # The web version has the limits of the standard edition, whichever editions are checked with it.
        replace(edition, kind="standard", inlined=InlinedPage(web.with_marks, web.sources)),
        IssueText(edition.issue, edition.brand),
        web.filled,
    )
    rules = [rule for rule in all_rules() if rule.scope == "web" or rule.is_for_web_version]
    rules = [rule for rule in rules if is_chosen(rule.id, only, ignore)]
    rules = [rule for rule in rules if is_on(rule, settings, edition) or rule.id in only]
    known = {(problem.id, problem.location, problem.message) for problem in report.problems}
    used: set[Allowance] = set()
    findings = list(drop_same_cause(list(_findings(page, rules, settings, used)), settings))
    new = [
        replace(problem, hint=f"{problem.hint}\n{_HINT}".strip())
        for problem in as_problems(findings, edition, settings)
        if (problem.id, problem.location, problem.message) not in known
    ]
    ran = {*report.ran, *(rule.id for rule in rules)}
    problems = {*drop_needed_allowances(report.problems, used), *new}
    exceptions = {*report.exceptions, *(item.rule for item in used)}
    return replace(
        report,
        problems=tuple(sorted(problems)),
        ran=tuple(sorted(ran)),
        exceptions=tuple(sorted(exceptions)),
    )


def _findings(
    page: ParsedWebPage, rules: Iterable[Rule], settings: Settings, used: set[Allowance]
) -> Iterator[tuple[Rule, Finding]]:
    """Yield the findings that the issue does not allow; add the allowances of the others to those that are used."""
    allowed = allowances(page.edition.issue)
    for rule in rules:
        for finding in rule.check(page, settings.options(rule, page.edition.kind)):
            if covering := [item for item in allowed if item.covers(rule.id, finding.where.path)]:
                used.update(covering)
            else:
                yield rule, finding

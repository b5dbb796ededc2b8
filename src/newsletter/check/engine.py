"""Run the rules over the editions of an issue."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsletter.check.allow import Allowance, allowances, empty_allowances, unused_allowances
from newsletter.check.registry import all_rules
from newsletter.check.report import Report
from newsletter.check.rule import Finding, Rule
from newsletter.check.settings import Settings
from newsletter.check.subjects import CheckContext
from newsletter.edition import Edition
from newsletter.problems import Problem, merge_by_edition

_NAMED = 3  # articles that a finding about the page names


def check(edition: Edition, settings: Settings, only: Collection[str] = (), ignore: Collection[str] = ()) -> Report:
    """Hold one edition against the rules for it; arguments are those of `check_editions`."""
    return check_editions([edition], settings, only, ignore)


def check_editions(
    editions: Sequence[Edition],
    settings: Settings,
    only: Collection[str] = (),
    ignore: Collection[str] = (),
    go_on: Callable[[], None] = lambda: None,
) -> Report:
    """Hold the editions of one issue against the rules, each against those for it.

    Args:
        editions: what `pipeline.build` made, one or more.
        settings: how much each rule counts, and its thresholds.
        only: ids of the only rules to use, those that are off, too; empty for all that are not.
        ignore: ids of rules to leave out.
        go_on: is called before each rule, and ends it all by raising: the preview's newer save does.

    Returns:
        What was found, each problem once; it names its editions when others have it not. The rules that it counts were
        used for one edition or more.
    """
    issue = editions[0].issue
    first, known = CheckContext(editions[0]), _Known()
    looked = {
        edition.kind: _look(CheckContext(edition, first), known, settings, only, ignore, go_on) for edition in editions
    }
    problems = list(merge_by_edition({kind: look.problems for kind, look in looked.items()}))
    ran = {rule for look in looked.values() for rule in look.ran}
    if is_chosen("allow", only, ignore):
        # What one edition needs is not idle, though another may do without it.
        off = {rule.id for rule in all_rules() if settings.severity(rule) == "off"} - ran
        problems += unused_allowances(
            allowances(issue), [item for look in looked.values() for item in look.used], ran, off
        )
        problems += empty_allowances(issue)
    findings = tuple(finding for look in looked.values() for finding in look.findings)
    return Report(tuple(sorted(set(problems))), tuple(sorted(ran)), len(issue.articles), findings)


@dataclass(frozen=True)
class _Look:
    problems: tuple[Problem, ...]
    used: frozenset[Allowance]
    ran: frozenset[str]
    findings: tuple[tuple[str, Finding], ...]


class _Known(dict[str, tuple[Mapping[str, Any], tuple[Finding, ...]]]):
    """What rules about the issue have found: the same in each edition that has the same thresholds, so asked once."""

    def found(self, rule: Rule, subjects: CheckContext, options: Mapping[str, Any]) -> Iterable[Finding]:
        """Give what a rule finds."""
        if rule.scope != "issue":
            return rule.check(getattr(subjects, rule.scope), options)
        if rule.id not in self or self[rule.id][0] != options:
            self[rule.id] = options, tuple(rule.check(subjects.issue, options))
        return self[rule.id][1]


def _look(  # noqa: PLR0913, PLR0917
    subjects: CheckContext,
    known: _Known,
    settings: Settings,
    only: Collection[str],
    ignore: Collection[str],
    go_on: Callable[[], None],
) -> _Look:
    edition = subjects.edition
    allowed = allowances(edition.issue)
    rules = [rule for rule in all_rules() if is_chosen(rule.id, only, ignore)]
    # Who asks for a rule by its name wants it, though the project has it off.
    rules = [rule for rule in rules if settings.severity(rule) != "off" or rule.id in only]
    # The kind "browser" is the audit's.
    kinds = ("issue", "page", "message") if edition.has_page else ("issue", "message")
    rules = [rule for rule in rules if rule.scope in kinds]
    kept: list[tuple[Rule, Finding]] = []
    used: set[Allowance] = set()
    for rule in rules:
        go_on()
        for finding in known.found(rule, subjects, settings.options(rule, edition.kind)):
            if covering := [item for item in allowed if item.covers(rule.id, finding.where.path)]:
                used.update(covering)
            else:
                kept.append((rule, finding))
    told = tuple(_told(kept, edition, settings))
    findings = tuple((rule.id, finding) for rule, finding in kept)
    return _Look(told, frozenset(used), frozenset(rule.id for rule in rules), findings)


def is_chosen(id: str, only: Collection[str], ignore: Collection[str]) -> bool:
    """Whether a rule is among the ones to use."""
    return (not only or id in only) and id not in ignore


def _told(found: list[tuple[Rule, Finding]], edition: Edition, settings: Settings) -> Iterator[Problem]:
    """Make problems of findings; what one template line does in many articles is told once."""
    articles: dict[Problem, list[str]] = {}
    for rule, finding in found:
        severity = settings.finding_severity(rule, finding)
        problem = Problem(finding.where.location, rule.id, finding.message, finding.hint, severity)
        titles = articles.setdefault(problem, [])
        path = finding.where.path
        is_located = finding.where.location.file == edition.issue.file.name
        if rule.scope != "issue" and path and path[0] == "articles" and not is_located:
            title = f"“{edition.issue.articles[int(path[1])].title}”"
            titles += [title] * (title not in titles)
    for problem, titles in articles.items():
        yield _naming(problem, titles)


def _naming(problem: Problem, titles: list[str]) -> Problem:
    if not titles:
        return problem
    more = f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
    seen = f"Seen in {', '.join(titles[:_NAMED])}{more}."
    return Problem(problem.location, problem.id, problem.message, f"{problem.hint}\n{seen}".strip(), problem.severity)

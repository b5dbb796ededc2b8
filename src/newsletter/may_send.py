"""Decide whether an issue may be handed out: as files, to a service, into the drafts, or to readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.whole_issue import check_issue
from newsletter.edition import Edition, FinishedIssue, IssueBuild, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.pipeline import finish_issue
from newsletter.problems import Problem, blocking, raise_if_any
from newsletter.project import Project
from newsletter.ready.own_brand import brand_problem
from newsletter.ready.required_audit import audit_problem


@dataclass(frozen=True)
class SendConditions:
    """When an issue may be handed out: without errors; with `stop_at_warnings`, without warnings, too.

    With `audited`, or if the settings require an audit, an audit must have passed the issue as it is now.
    """

    settings: Settings
    stop_at_warnings: bool = False
    audited: bool = False

    @property
    def asks_for_audit(self) -> bool:
        """Whether an audit must have passed the issue."""
        return self.audited or self.settings.require_audit


@dataclass(frozen=True)
class CheckedIssue:
    """An issue with the report of its check."""

    issue: FinishedIssue
    report: Report
    is_blocked: bool
    """Whether it must not be handed out."""


def finish_and_check(
    build: IssueBuild, project: Project, conditions: SendConditions, kinds: Iterable[EditionKind] = ()
) -> CheckedIssue:
    """Build all that becomes of an issue and check it; also whether the brand is the project's own.

    Args:
        build: the issue.
        project: where the templates and the notes of audits are.
        conditions: when it may be handed out.
        kinds: the editions; empty for those of the brand.

    Raises:
        Problems: if something cannot be built; if a text is missing, whatever the conditions are.
    """
    raise_if_any(build.issue.file.substitutes.problems)
    issue = finish_issue(build, project, kinds)
    report = check_issue(issue, conditions.settings)
    problems = (*report.problems, *obstacles(issue.editions, issue.web, project, conditions))
    is_blocked = bool(blocking(problems, with_warnings=conditions.stop_at_warnings))
    return CheckedIssue(issue, replace(report, problems=problems), is_blocked)


def obstacles(
    editions: Sequence[Edition], web: WebPage | None, project: Project, conditions: SendConditions
) -> Iterator[Problem]:
    """Yield each reason not to hand an issue out, besides the errors of its check.

    Args:
        editions: one or more of the issue.
        web: its web version; None if that is not built.
        project: where the brand and the notes of audits are.
        conditions: when it may be handed out.
    """
    if fault := brand_problem(editions[0].brand, project):
        yield fault
    if conditions.asks_for_audit and (fault := audit_problem(editions, web, conditions.settings, project)):
        yield fault

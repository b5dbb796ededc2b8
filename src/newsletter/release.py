"""Decide whether an issue may be handed out: as files, to a service, into the drafts, or to readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.whole_issue import check_issue
from newsletter.edition import FinishedIssue, IssueBuild
from newsletter.edition_kinds import EditionKind
from newsletter.pipeline import finish_issue
from newsletter.problems import blocking
from newsletter.project import Project
from newsletter.ready.audit_gate import audit_problem
from newsletter.ready.own_brand import brand_problem


@dataclass(frozen=True)
class ReleasePolicy:
    """When an issue may be handed out: without errors; with `strict`, without warnings, too.

    With `audited`, or if the settings require an audit, only what an audit has passed as it is now.
    """

    settings: Settings
    strict: bool = False
    audited: bool = False


@dataclass(frozen=True)
class CheckedIssue:
    """An issue with the report of its check."""

    issue: FinishedIssue
    report: Report
    is_blocked: bool
    """Whether it must not be handed out."""


def finish_and_check(
    build: IssueBuild, project: Project, policy: ReleasePolicy, kinds: Iterable[EditionKind] = ()
) -> CheckedIssue:
    """Build all that becomes of an issue and check it; also whether the brand is the project's own.

    Args:
        build: the issue.
        project: where the templates and the notes of audits are.
        policy: when it may be handed out.
        kinds: the editions; empty for those of the brand.

    Raises:
        Problems: if something cannot be built.
    """
    issue = finish_issue(build, project, kinds)
    report = check_issue(issue, policy.settings)
    asks_for_audit = policy.audited or policy.settings.require_audit
    audit = audit_problem(issue.editions, project) if asks_for_audit else None
    problems = (*report.problems, *filter(None, (brand_problem(build.brand, project), audit)))
    return CheckedIssue(issue, replace(report, problems=problems), bool(blocking(problems, strict=policy.strict)))

"""Check an issue: its editions and its web version."""

from __future__ import annotations

from collections.abc import Collection

from newsletter.check.engine import check_editions
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.web_version import with_web_version
from newsletter.edition import FinishedIssue


def check_issue(
    issue: FinishedIssue, settings: Settings, only: Collection[str] = (), ignore: Collection[str] = ()
) -> Report:
    """Return all problems of an issue.

    Args:
        issue: the issue.
        settings: how much each rule counts, and its thresholds.
        only: ids of the only rules to use; empty for all.
        ignore: ids of rules to leave out.
    """
    report = check_editions(issue.editions, settings, only, ignore)
    return with_web_version(report, issue.editions[0], issue.web, settings, only, ignore)

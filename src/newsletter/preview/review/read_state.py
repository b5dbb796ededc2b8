"""Build and check an issue for a review, as the preview does, but at once."""

from __future__ import annotations

from pathlib import Path

from newsletter.check.settings import Settings
from newsletter.check.whole_issue import check_issue
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_issue, finish_issue
from newsletter.preview.issue_state import IssueState, errors_first
from newsletter.project import Project


def read_state(path: Path, project: Project, brand: Brand, settings: Settings) -> IssueState:
    """Return the state of an issue, built and checked.

    Args:
        path: the issue's file.
        project: the project.
        brand: its brand.
        settings: its settings.

    Raises:
        Problems: if the issue cannot be built.
    """
    build = build_issue(path, project, brand)
    issue = finish_issue(build, project)
    report = check_issue(issue, settings)
    return IssueState(
        path.stem,
        project.name_of(path),
        edition=issue.editions[0],
        kinds=build.brand.editions,
        report=report,
        problems=errors_first(report.problems),
        source=build.issue.file.text,
        all_editions_built=True,
    )

"""Build and check an issue for a review, as the preview does, but at once."""

from __future__ import annotations

from pathlib import Path

from newsletter.check.engine import check_editions
from newsletter.check.settings import Settings
from newsletter.check.web_version import with_web_version
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
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
    editions = build_editions(build, project)
    web = build_web_page(build, project)
    report = with_web_version(check_editions(editions, settings), editions[0], web, settings)
    return IssueState(
        path.stem,
        project.name_of(path),
        edition=editions[0],
        kinds=build.brand.editions,
        report=report,
        problems=errors_first(report.problems),
        source=build.issue.file.text,
        all_editions_built=True,
    )

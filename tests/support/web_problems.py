"""Checks the web version of an issue alone."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.web_version import with_web_version
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_issue, build_web_page, finish, read_issue
from newsletter.problems import Problem
from newsletter.project import Project
from newsletter.stages.edition_page import edition_page

FILES = ("web.html", "web.css")
"""The templates of which readers of the email see nothing."""


def web_problems(
    path: Path, project: Project, brand: Brand, settings: Settings, only: Collection[str]
) -> tuple[Problem, ...]:
    """Return what rules report of the web version.

    Raises:
        Problems: it cannot be built.
    """
    build = build_issue(path, project, brand)
    edition = finish(edition_page(build, project, "standard"), read_issue(build))
    report = with_web_version(Report((), (), 0), edition, build_web_page(build, project), settings, only)
    return report.problems

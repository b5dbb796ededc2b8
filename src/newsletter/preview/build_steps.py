"""Build the editions of one issue and their report, in steps. A newer save can come between two steps.

None of these functions raises an exception: whatever goes wrong is returned as problems.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsletter.check.engine import check_editions
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.web_version import with_web_version
from newsletter.edition import Edition, IssueWords, PageBuild, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.pipeline import build_incomplete_issue, build_web_page, finish, read_issue
from newsletter.preview.failures import Superseded, catch_problems
from newsletter.preview.project_state import ProjectState
from newsletter.problems import Problem
from newsletter.source.text_file import MAX_BYTES
from newsletter.stages.edition_page import edition_page


def build_page(path: Path, shared: ProjectState) -> tuple[str, PageBuild | tuple[Problem, ...]]:
    """Build the page of an issue's first edition.

    Args:
        path: the issue's file.
        shared: what all issues of the project share.

    Returns:
        The YAML as it was read, and the page or the problems that stopped it.
    """
    source, brand = read_source(path), shared.brand
    if brand is None or shared.problems:
        return source, shared.problems

    def first_page() -> PageBuild:
        build = build_incomplete_issue(path, shared.project, brand)
        return edition_page(build, shared.project, build.brand.editions[0])

    with _no_garbage_collection():
        result = catch_problems(first_page, shared.project.name_of(path))
    return (result.issue.file.text if isinstance(result, PageBuild) else source), result


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Put off the garbage collector, which would take a twentieth of the time of a page that somebody waits for."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def build_edition(page: PageBuild) -> Edition | tuple[Problem, ...]:
    """Build the rest of an edition from its page. Return the edition, or the problems that stopped it."""
    return catch_problems(lambda: finish(page, read_issue(page.build)), page.issue.file.name)


def build_other_edition(first: Edition, kind: EditionKind, shared: ProjectState) -> Edition | tuple[Problem, ...]:
    """Build another edition of the issue of a first one. Return it, or the problems that stopped it.

    Args:
        first: an edition that is finished.
        kind: the kind to build.
        shared: what all issues of the project share.
    """
    words = IssueWords(first.reading, first.text)
    return catch_problems(lambda: finish(edition_page(first.build, shared.project, kind), words), first.issue.file.name)


def build_web_version(first: Edition, shared: ProjectState) -> WebPage | tuple[Problem, ...]:
    """Build the web version of the issue of an edition. Return it, or the problems that stopped it."""
    return catch_problems(lambda: build_web_page(first.build, shared.project), first.issue.file.name)


def check_in_steps(
    editions: Sequence[Edition], shared: ProjectState, is_superseded: Callable[[], bool], ignore: Sequence[str] = ()
) -> Report | None:
    """Check the editions of one issue.

    Args:
        editions: one or more.
        shared: what all issues share, for the settings.
        is_superseded: whether a newer save makes the report needless; called between two rules.
        ignore: ids of rules to leave out.

    Returns:
        The report; None if a newer save came first.
    """

    def go_on() -> None:
        if is_superseded():
            raise Superseded

    issue, settings = editions[0].issue, shared.settings or Settings()
    try:
        result = catch_problems(lambda: check_editions(editions, settings, ignore=ignore, go_on=go_on), issue.file.name)
    except Superseded:
        return None
    return result if isinstance(result, Report) else Report(result, (), len(issue.articles))


def with_web_problems(report: Report, first: Edition, web: WebPage, shared: ProjectState) -> Report:
    """Return the report of an issue with the problems that only its web version has.

    Args:
        report: that of the editions.
        first: one of them.
        web: the web version.
        shared: what all issues share, for the settings.
    """
    return with_web_version(report, first, web, shared.settings or Settings())


def read_source(path: Path) -> str:
    """Read a file to show its text, as UTF-8 with U+FFFD for invalid bytes. Return "" if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return ""

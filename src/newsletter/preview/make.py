"""Make one issue's editions and their report, in steps between which a newer save can come.

Whatever goes wrong is a problem: nothing is ever raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from newsletter.check.engine import check_editions
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.edition import Edition, PageBuild, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.pipeline import build_page, build_web_page, finish
from newsletter.preview.faults import Superseded, catch_problems
from newsletter.preview.project_state import ProjectState
from newsletter.problems import Problem
from newsletter.source.parser import MAX_BYTES


def make_page(path: Path, house: ProjectState) -> tuple[str, PageBuild | tuple[Problem, ...]]:
    """Draw the first edition of one issue.

    Returns:
        The YAML as it was read, and the page, or why there is none.
    """
    source, brand = read_source(path), house.brand
    if brand is None or house.problems:
        return source, house.problems
    made = catch_problems(
        lambda: build_page(path, house.project, brand, brand.editions[0]), house.project.name_of(path)
    )
    return (made.issue.file.text if isinstance(made, PageBuild) else source), made


def make_edition(drawn: PageBuild) -> Edition | tuple[Problem, ...]:
    """Make the rest of an edition that is drawn, or tell why there is none."""
    return catch_problems(lambda: finish(drawn), drawn.issue.file.name)


def make_other_page(
    first: Edition, kind: EditionKind, path: Path, house: ProjectState
) -> PageBuild | tuple[Problem, ...]:
    """Draw another edition of what a first one was made of, or tell why there is none."""
    manuscript = first.issue.file
    return catch_problems(lambda: build_page(path, house.project, first.brand, kind, manuscript.text), manuscript.name)


def make_web(first: Edition, house: ProjectState) -> WebPage | tuple[Problem, ...]:
    """Make the web version of what an edition was made of, or tell why there is none."""
    return catch_problems(lambda: build_web_page(first.issue, first.brand, house.project), first.issue.file.name)


def make_report(
    editions: Sequence[Edition], house: ProjectState, is_overtaken: Callable[[], bool], ignore: Sequence[str] = ()
) -> Report | None:
    """Check the editions of one issue.

    Args:
        editions: one or more.
        house: whose settings count.
        is_overtaken: tells whether the report is still wanted; asked again and again.
        ignore: ids of rules to leave out.

    Returns:
        The report; None if it was overtaken.
    """

    def go_on() -> None:
        if is_overtaken():
            raise Superseded

    issue, settings = editions[0].issue, house.settings or Settings()
    try:
        made = catch_problems(lambda: check_editions(editions, settings, ignore=ignore, go_on=go_on), issue.file.name)
    except Superseded:
        return None
    return made if isinstance(made, Report) else Report(made, (), len(issue.articles))


def read_source(path: Path) -> str:
    """Read a file to show it, however it is damaged: what is no UTF-8 is shown as U+FFFD; "" if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return ""

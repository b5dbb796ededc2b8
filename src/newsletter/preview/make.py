"""Make one issue's editions and their report, in steps between which a newer save can come.

Whatever goes wrong is a problem: nothing is ever raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from newsletter.check.engine import check_editions
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.edition import Drawn, Edition, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.pipeline import complete, draw, publish
from newsletter.preview.faults import Overtaken, attempt
from newsletter.preview.project_state import House
from newsletter.problems import Problem
from newsletter.source.parser import MAX_BYTES


def make_page(path: Path, house: House) -> tuple[str, Drawn | tuple[Problem, ...]]:
    """Draw the first edition of one issue.

    Returns:
        The YAML as it was read, and the page, or why there is none.
    """
    source, brand = read_source(path), house.brand
    if brand is None or house.problems:
        return source, house.problems
    made = attempt(lambda: draw(path, house.project, brand, brand.editions[0]), house.project.name_of(path))
    return (made.issue.manuscript.text if isinstance(made, Drawn) else source), made


def make_edition(drawn: Drawn) -> Edition | tuple[Problem, ...]:
    """Make the rest of an edition that is drawn, or tell why there is none."""
    return attempt(lambda: complete(drawn), drawn.issue.manuscript.file)


def make_other_page(first: Edition, kind: EditionKind, path: Path, house: House) -> Drawn | tuple[Problem, ...]:
    """Draw another edition of what a first one was made of, or tell why there is none."""
    manuscript = first.issue.manuscript
    return attempt(lambda: draw(path, house.project, first.brand, kind, manuscript.text), manuscript.file)


def make_web(first: Edition, house: House) -> WebPage | tuple[Problem, ...]:
    """Make the web version of what an edition was made of, or tell why there is none."""
    return attempt(lambda: publish(first.issue, first.brand, house.project), first.issue.manuscript.file)


def make_report(
    editions: Sequence[Edition], house: House, is_overtaken: Callable[[], bool], ignore: Sequence[str] = ()
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
            raise Overtaken

    issue, settings = editions[0].issue, house.settings or Settings()
    try:
        made = attempt(lambda: check_editions(editions, settings, ignore=ignore, go_on=go_on), issue.manuscript.file)
    except Overtaken:
        return None
    return made if isinstance(made, Report) else Report(made, (), len(issue.articles))


def read_source(path: Path) -> str:
    """Read a file to show it, however it is damaged: what is no UTF-8 is shown as U+FFFD; "" if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return ""

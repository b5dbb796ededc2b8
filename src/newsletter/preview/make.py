"""Make one issue's editions and their report. Whatever goes wrong is a problem: nothing is ever raised."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from newsletter.brand import Brand
from newsletter.check import Report, check_editions
from newsletter.check.settings import FILE as SETTINGS
from newsletter.check.settings import Settings, read_settings
from newsletter.edition import Edition, Kind, WebPage
from newsletter.load import load_brand
from newsletter.pipeline import build, publish
from newsletter.problems import Place, Problem, Problems
from newsletter.project import Project
from newsletter.yaml_nodes import MAX_BYTES

_Made = TypeVar("_Made")


class Overtaken(Exception):  # noqa: N818 - nothing went wrong
    """A newer save made the work of this one needless."""


@dataclass(frozen=True)
class House:
    """What all issues of a project share, read once; `problems` says why it cannot be read."""

    project: Project
    brand: Brand | None = None
    settings: Settings | None = None
    problems: tuple[Problem, ...] = ()


def make_house(root: Path, strays: frozenset[Path]) -> House:
    """Read the brand and the settings, and make room for new templates.

    Args:
        root: the project's folder.
        strays: symbolic links that lead out of it. What an email is made of cannot be one of them.
    """
    project = Project(root)
    outside = [project.name_of(path) for path in strays]
    # An issue that leads out is not listed, and a picture is refused where an issue shows it.
    if refused := [_leads_out(name) for name in outside if not name.startswith(("issues/", "outbox"))]:
        return House(project, problems=tuple(refused))
    brand = _made(lambda: load_brand(project), "templates/brand.yaml")
    settings = _made(lambda: read_settings(project), SETTINGS)
    if isinstance(brand, Brand) and isinstance(settings, Settings):
        return House(project, brand, settings)
    found = [problem for made in (brand, settings) if isinstance(made, tuple) for problem in made]
    return House(project, problems=tuple(found))


def make_edition(path: Path, house: House) -> tuple[str, Edition | tuple[Problem, ...]]:
    """Build the first edition of one issue.

    Returns:
        The YAML as it was read, and its edition, or why there is none.
    """
    source, brand = read_source(path), house.brand
    if brand is None or house.problems:
        return source, house.problems
    made = _made(lambda: build(path, house.project, brand, brand.editions[0]), house.project.name_of(path))
    return (made.issue.manuscript.text if isinstance(made, Edition) else source), made


def make_other(first: Edition, kind: Kind, path: Path, house: House) -> Edition | tuple[Problem, ...]:
    """Build another edition of what a first one was made of, or tell why there is none."""
    manuscript = first.issue.manuscript
    return _made(lambda: build(path, house.project, first.brand, kind, manuscript.text), manuscript.file)


def make_web(first: Edition, house: House) -> WebPage | tuple[Problem, ...]:
    """Make the web version of what an edition was made of, or tell why there is none."""
    return _made(lambda: publish(first.issue, first.brand, house.project), first.issue.manuscript.file)


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
        made = _made(lambda: check_editions(editions, settings, ignore=ignore, go_on=go_on), issue.manuscript.file)
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


def _made(make: Callable[[], _Made], file: str) -> _Made | tuple[Problem, ...]:
    try:
        return make()
    except Problems as problems:
        return problems.problems
    except Overtaken:
        raise
    # Of every kind: an engine written in Rust panics with an exception of its own. Elsewhere a traceback is a bug and
    # ends the program; the preview tells it, too, but an editor's afternoon shall not end with it.
    except BaseException as error:  # noqa: BLE001
        traceback.print_exc(file=sys.stderr)
        message = f"The preview cannot show this, through a fault of its own ({type(error).__name__})."
        hint = "What is in your file may be right. Please report it with what is on the terminal."
        return (Problem(Place(file), "fault", message, hint),)


def _leads_out(file: str) -> Problem:
    message = "This is a link to something outside of the project, which the preview does not read."
    return Problem(Place(file), "outside", message, "Put a copy of the file in its place.")

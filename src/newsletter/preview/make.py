"""Make one issue's edition and its report. Whatever goes wrong is a problem: nothing is ever raised."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from newsletter.brand import Brand
from newsletter.check import Report, check
from newsletter.check.settings import FILE as SETTINGS
from newsletter.check.settings import Settings, read_settings
from newsletter.edition import Edition
from newsletter.load import load_brand
from newsletter.pipeline import build
from newsletter.problems import Place, Problem, Problems
from newsletter.project import Project
from newsletter.yaml_nodes import MAX_BYTES

_Made = TypeVar("_Made")


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
    """Build one issue.

    Returns:
        The YAML as it was read, and its edition, or why there is none.
    """
    source, brand = read_source(path), house.brand
    if brand is None or house.problems:
        return source, house.problems
    made = _made(lambda: build(path, house.project, brand), house.project.name_of(path))
    return (made.issue.manuscript.text if isinstance(made, Edition) else source), made


def make_report(edition: Edition, house: House) -> Report:
    """Check one edition."""
    settings = house.settings or Settings()
    made = _made(lambda: check(edition, settings), edition.issue.manuscript.file)
    return made if isinstance(made, Report) else Report(made, (), len(edition.issue.articles))


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

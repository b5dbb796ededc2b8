"""What all issues of a project share: the brand, the templates and the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter.check.settings import FILE as SETTINGS
from newsletter.check.settings import Settings, read_settings
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.preview.faults import catch_problems
from newsletter.problems import Location, Problem
from newsletter.project import DEFAULT_TEMPLATES, Project


@dataclass(frozen=True)
class ProjectState:
    """What all issues of a project share, read once; `problems` says why it cannot be read."""

    project: Project
    brand: Brand | None = None
    settings: Settings | None = None
    problems: tuple[Problem, ...] = ()
    own: frozenset[str] = frozenset()
    """The project's own files that it was last good with, of those in whose place others would be taken in silence."""


def read_project_state(
    root: Path, strays: frozenset[Path] = frozenset(), own: frozenset[str] = frozenset()
) -> ProjectState:
    """Read the brand and the settings, and make room for new templates.

    Args:
        root: the project's folder.
        strays: symbolic links that lead out of it. What an email is made of cannot be one of them.
        own: what it was last good with. If one of these files is gone, the pages would change without a word: to the
            example brand, to another look, to the usual rules. That is a problem until it is back.
    """
    project = Project(root)
    now = frozenset(_own(project))
    outside = [project.name_of(path) for path in strays]
    # An issue that leads out is not listed, and a picture is refused where an issue shows it.
    if refused := [_leads_out(name) for name in outside if not name.startswith(("issues/", "outbox"))]:
        return ProjectState(project, problems=tuple(refused), own=own)
    if lost := own - now:
        return ProjectState(project, problems=tuple(_lost(project, lost)), own=own)
    brand = catch_problems(lambda: load_brand(project), "templates/brand.yaml")
    settings = catch_problems(lambda: read_settings(project), SETTINGS)
    if isinstance(brand, Brand) and isinstance(settings, Settings):
        return ProjectState(project, brand, settings, own=now)
    found = [problem for made in (brand, settings) if isinstance(made, tuple) for problem in made]
    return ProjectState(project, problems=tuple(found), own=own)


def _own(project: Project) -> Iterator[str]:
    names = [f"templates/{path.relative_to(DEFAULT_TEMPLATES).as_posix()}" for path in DEFAULT_TEMPLATES.rglob("*.*")]
    yield from (name for name in [*names, SETTINGS] if (project.root / name).is_file())


def _lost(project: Project, names: frozenset[str]) -> Iterator[Problem]:
    back = "Put it back, and the pages go on changing."
    again = "If you mean to do without it, end the preview with Control-C and start it again"
    if not (project.root / "templates").is_dir():
        names = frozenset(name for name in names if not name.startswith("templates/")) | {"templates"}
    for name in sorted(names):
        instead = "the usual rules hold then." if name == SETTINGS else "what comes with newsletter is taken then."
        thing = "folder" if name == "templates" else "file"
        yield Problem(Location(name), "gone", f"This {thing} is not there any more.", f"{back} {again}: {instead}")


def _leads_out(file: str) -> Problem:
    message = "This is a link to something outside of the project, which the preview does not read."
    return Problem(Location(file), "outside", message, "Put a copy of the file in its place.")

"""What all issues of a project share: the brand, the templates and the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter.check.settings import FILE as SETTINGS
from newsletter.check.settings import Settings, read_settings
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.preview.failures import catch_problems
from newsletter.problems import Location, Problem
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.project import STATE_FOLDER as NOTES


@dataclass(frozen=True)
class ProjectState:
    """What all issues of a project share, read once. If it cannot be read, `problems` says why."""

    project: Project
    brand: Brand | None = None
    settings: Settings | None = None
    problems: tuple[Problem, ...] = ()
    own: frozenset[str] = frozenset()
    """The project's own files, at its last good state, that a default would replace if they were missing."""


def read_project_state(
    root: Path, external_links: frozenset[Path] = frozenset(), own: frozenset[str] = frozenset()
) -> ProjectState:
    """Read the brand and the settings. The new `Project` also reads its templates again.

    Args:
        root: the project's folder.
        external_links: symbolic links to files outside of it. No email is built from such a file.
        own: the project's own files at the last good state. If one disappears, a default would silently take its
            place, so that is a problem until it is back.
    """
    project = Project(root)
    now = frozenset(_own_files(project))
    names = [project.name_of(path) for path in external_links]
    # Linked issues are not listed, and linked pictures are an error of the issue that uses them.
    if linked := [_linked(name) for name in names if not name.startswith(("issues/", "outbox", NOTES))]:
        return ProjectState(project, problems=tuple(linked), own=own)
    if missing := own - now:
        return ProjectState(project, problems=tuple(_missing(project, missing)), own=own)
    brand = catch_problems(lambda: load_brand(project), "templates/brand.yaml")
    settings = catch_problems(lambda: read_settings(project), SETTINGS)
    if isinstance(brand, Brand) and isinstance(settings, Settings):
        return ProjectState(project, brand, settings, own=now)
    problems = [problem for result in (brand, settings) if isinstance(result, tuple) for problem in result]
    return ProjectState(project, problems=tuple(problems), own=own)


def _own_files(project: Project) -> Iterator[str]:
    names = [f"templates/{path.relative_to(DEFAULT_TEMPLATES).as_posix()}" for path in DEFAULT_TEMPLATES.rglob("*.*")]
    yield from (name for name in [*names, SETTINGS] if (project.root / name).is_file())


def _missing(project: Project, names: frozenset[str]) -> Iterator[Problem]:
    if not (project.root / "templates").is_dir():
        names = frozenset(name for name in names if not name.startswith("templates/")) | {"templates"}
    for name in sorted(names):
        default = "the default settings" if name == SETTINGS else "the default that comes with newsletter"
        hint = (
            "Restore it, and the pages update again. To go on without it, stop the preview with Control-C and start it "
            f"again: it then uses {default}."
        )
        thing = "folder" if name == "templates" else "file"
        yield Problem(Location(name), "file-missing", f"This {thing} does not exist any more.", hint)


def _linked(file: str) -> Problem:
    message = "This is a link to something outside of the project, which the preview does not read."
    return Problem(Location(file), "outside", message, "Replace the link with a copy of the file.")

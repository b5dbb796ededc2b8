"""The arguments and options that commands share, and the files of the issues that they name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from newsletter.cli.output import Outcome
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.problems import Location, Problem, Problems
from newsletter.project import Project


def _without_repeats(_: click.Context, __: click.Parameter, kinds: tuple[EditionKind, ...]) -> tuple[EditionKind, ...]:
    return tuple(dict.fromkeys(kinds))


edition_option = click.option(
    "--edition",
    "kinds",
    multiple=True,
    type=click.Choice(list(EDITION_KINDS)),
    callback=_without_repeats,
    help="Only this edition, instead of those in templates/brand.yaml. [repeatable]",
)
issues_argument = click.argument("issues", nargs=-1, type=click.Path(path_type=Path))
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to. [outbox/]"
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print only problems.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")


def issue_files(issues: tuple[Path, ...], project: Project, outcome: Outcome) -> Iterator[Path]:
    """Yield the files of the issues that were named, or of all issues; a name without an issue is a problem.

    Raises:
        Problems: when no issue was named and the project has none.
    """
    for path in [issue_file(path, project) for path in issues] or _all_issues(project, outcome):
        if path.exists():
            yield path
        else:
            outcome.problems.append(
                Problem(Location(project.name_of(path)), "no-issue", unknown_issue(path.stem, project))
            )


def issue_file(name: Path, project: Project) -> Path:
    """Return the file of an issue that is named by its path or, as for `newsletter new`, by its slug."""
    named = project.issues / f"{name}.yaml"
    return named if not name.exists() and (named.exists() or name.suffix not in (".yaml", ".yml")) else name


def unknown_issue(name: str, project: Project) -> str:
    """Return a sentence that says that there is no such issue, and another that lists those that there are."""
    listed = ", ".join(path.stem for path in _listed(project)) or "none yet"
    return f"There is no issue called “{name}”. You have: {listed}."


def _listed(project: Project) -> list[Path]:
    return sorted(path for path in project.issues.glob("*.yaml") if not path.name.startswith(("_", ".")))


def _all_issues(project: Project, outcome: Outcome) -> list[Path]:
    paths = _listed(project)
    skipped = [_wrong_ending(path, project) for path in sorted(project.issues.glob("*.*")) if _is_skipped(path)]
    outcome.problems += skipped
    if not paths and not skipped:
        hint = "`newsletter new SLUG` creates one to start from."
        raise Problems.one(Location("issues"), "empty", "There is no issue here.", hint)
    return paths


def _is_skipped(path: Path) -> bool:
    """Check whether a file has YAML's other endings, so that it is probably meant as an issue but is not listed."""
    is_issue = path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml"
    return is_issue and not path.name.startswith(("_", "."))


def _wrong_ending(path: Path, project: Project) -> Problem:
    hint = f"Rename it to “{path.stem}.yaml”. Or, if it is not finished, begin its name with _."
    message = f"This file is not used: the name of an issue has to end in .yaml, not in {path.suffix}."
    return Problem(Location(project.name_of(path)), "no-issue", message, hint)

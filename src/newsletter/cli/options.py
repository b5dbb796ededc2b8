"""The arguments and options that commands share, and the files of the issues that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from newsletter.cli.output import CommandOutcome, OutputFormat
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
policy_option = click.option(
    "--policy",
    type=click.Choice(["standard", "strict"]),
    help="strict: warnings about what shuts readers out are errors. [that of pyproject.toml]",
)
# The other endings of YAML, in any case, and what Notepad and programs for documents put after them.
_WRONG_ENDING = re.compile(
    r"(?<!\.(?i:yaml))(?<!\.(?i:yml))(?!\.yaml\Z)"
    r"(?:\.(?i:ya?ml))++(?:\.(?i:txt|text|rtf|rtfd|docx?|odt|pages|md|html?))*+[. ]*+\Z"
)
issues_argument = click.argument("issues", nargs=-1, type=click.Path(path_type=Path))
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to. [outbox/]"
)
rendered_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that `newsletter render` wrote to. [outbox/]",
)
format_option = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), help="Format of the result. [text]"
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print only problems.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")


def chosen_format(as_json: bool, output_format: OutputFormat | None) -> OutputFormat:
    """Return the format that `--json` or `--format` asks for: text if there is neither.

    Raises:
        UsageError: if the two disagree.
    """
    if as_json and output_format not in (None, "json"):
        raise click.UsageError(f"Use --json or --format {output_format}, not both.")
    return "json" if as_json else output_format or "text"


def issue_files(issues: tuple[Path, ...], project: Project, outcome: CommandOutcome) -> Iterator[Path]:
    """Yield the files of the issues that were named, or of all issues; a name without an issue is a problem.

    Args:
        issues: the arguments of the command: files, or slugs; empty for all issues.
        project: where they are.
        outcome: gets the problem.

    Raises:
        Problems: when no issue was named and the project has none.
    """
    for path in [issue_file(path, project) for path in issues] or _all_issues(project, outcome):
        if path.exists():
            yield path
        elif skipped := [other for other in _skipped(project) if _slug(other) == path.stem]:
            outcome.problems.append(_wrong_ending(skipped[0], project))
        else:
            outcome.problems.append(
                Problem(Location(project.name_of(path)), "no-issue", unknown_issue(path.stem, project))
            )


def issue_file(name: Path, project: Project) -> Path:
    """Return the file of an issue that is named by its path or, as for `newsletter new`, by its slug."""
    named = project.issues / f"{name}.yaml"
    return named if not name.exists() and (named.exists() or name.suffix not in (".yaml", ".yml")) else name


def existing_issue(name: Path, project: Project) -> Path:
    """Return the file of an issue that is there, as `issue_file` does.

    Raises:
        Problems: if it is not there.
    """
    path = issue_file(name, project)
    if not path.exists():
        raise Problems.one(Location(project.name_of(path)), "no-issue", unknown_issue(path.stem, project))
    return path


def unknown_issue(name: str, project: Project) -> str:
    """Return a sentence that says that there is no such issue, and another that lists those that there are."""
    listed = ", ".join(path.stem for path in _listed(project)) or "none yet"
    return f"There is no issue called “{name}”. You have: {listed}."


def _listed(project: Project) -> list[Path]:
    return sorted(path for path in project.issues.glob("*.yaml") if not path.name.startswith(("_", ".")))


def _all_issues(project: Project, outcome: CommandOutcome) -> list[Path]:
    paths = _listed(project)
    skipped = [_wrong_ending(path, project) for path in _skipped(project)]
    outcome.problems += skipped
    if not paths and not skipped:
        hint = "`newsletter new SLUG` creates one to start from."
        raise Problems.one(Location("issues"), "empty", "There is no issue here.", hint)
    return paths


def _skipped(project: Project) -> list[Path]:
    """Return the files that are probably meant as issues, but are not listed because of their endings."""
    return sorted(
        path
        for path in project.issues.glob("*.*")
        if _WRONG_ENDING.search(path.name) and not path.name.startswith(("_", "."))
    )


def _slug(skipped: Path) -> str:
    return _WRONG_ENDING.sub("", skipped.name)


def _wrong_ending(path: Path, project: Project) -> Problem:
    slug = _slug(path)
    hint = f"Rename it to “{slug}.yaml”. Or, if it is not finished, begin its name with _."
    if path.stem.lower().endswith((".yaml", ".yml")):
        hint += " (Windows does not show the last ending unless you choose View > Show > File name extensions.)"
    message = f"This file is not used: the name of an issue has to end in .yaml, not in {path.name[len(slug) :]}."
    return Problem(Location(project.name_of(path)), "no-issue", message, hint)

"""The command line: `newsletter render`, `new` and `schema`. The only place where problems are caught."""

from __future__ import annotations

import atexit
import dataclasses
import datetime
import gc
import json
import os
import sys
from pathlib import Path

import click

from newsletter import __version__
from newsletter.problems import Place, Problem, Problems
from newsletter.project import Project, find_project

FINE, PROBLEMS, WRONG_USAGE = 0, 1, 2


def run() -> None:
    """Run one command and end: what `newsletter` calls."""
    # A command ends before cycles of garbage matter. Seeking them while modules load, and again at the end, would take
    # a quarter of the time of a render (bench/speed.py).
    gc.disable()
    atexit.register(gc.freeze)
    main(prog_name="newsletter")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="newsletter %(version)s")
def main() -> None:
    """Build newsletter emails that every reader can read.

    An issue is one YAML file in issues/. `newsletter new SLUG` makes one, and `newsletter render` turns it into
    an email that is ready to send.
    """


@main.command()
@click.argument("issues", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to. [outbox/]")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def render(issues: tuple[Path, ...], output: Path | None, quiet: bool, as_json: bool) -> None:
    """Turn issues into emails in outbox/: SLUG.eml to send, SLUG.html to look at, SLUG.txt to read.

    ISSUES are files, or their names without folder and ending. Without any, every file in issues/ whose name does not
    begin with an underscore. An issue with a problem writes nothing, and what is in the outbox stays as it was.
    """
    # Loading the engines takes most of a second: `--help` does without.
    from newsletter.load import load_brand  # noqa: PLC0415
    from newsletter.render import Rendered  # noqa: PLC0415
    from newsletter.render import render as render_one  # noqa: PLC0415

    project = find_project(Path.cwd())
    output = output or project.root / "outbox"
    written: list[Rendered] = []
    found: list[Problem] = []
    try:
        brand = load_brand(project)
        for path in [_issue(path, project) for path in issues] or _all_issues(project):
            try:
                written.append(render_one(path, project, brand, output))
            except Problems as problems:
                found += problems.problems
            else:
                if not (quiet or as_json):
                    click.echo(written[-1])
    except Problems as problems:
        found += problems.problems
    if as_json:
        click.echo(
            json.dumps(
                {"written": [dataclasses.asdict(item) for item in written], "problems": _data(found)},
                indent=2,
            )
        )
    else:
        _tell(found)
    sys.exit(PROBLEMS if found else FINE)


@main.command()
@click.argument("slug")
def new(slug: str) -> None:
    """Make issues/SLUG.yaml, a commented issue that renders as it stands.

    SLUG is its name, such as 2026-12-03-winter: small letters, digits and hyphens.
    """
    from newsletter.new import new as make  # noqa: PLC0415

    project = find_project(Path.cwd())
    try:
        for path in make(slug, project, datetime.date.today()):
            click.echo(f"Made {project.name_of(path)}")
    except Problems as problems:
        _tell(problems.problems)
        sys.exit(PROBLEMS)


@main.command()
def schema() -> None:
    """Print the JSON Schema of an issue, with the blocks that this project's templates know."""
    from newsletter.blocks import read_blocks  # noqa: PLC0415
    from newsletter.schema import json_schema  # noqa: PLC0415

    try:
        click.echo(json_schema(read_blocks(find_project(Path.cwd()))), nl=False)
    except Problems as problems:
        _tell(problems.problems)
        sys.exit(PROBLEMS)


def _issue(path: Path, project: Project) -> Path:
    """Take an issue's name for its file, as `newsletter new` does."""
    named = project.issues / f"{path}.yaml"
    return named if not path.exists() and named.exists() else path


def _all_issues(project: Project) -> list[Path]:
    paths = sorted(path for path in project.issues.glob("*.yaml") if not path.name.startswith(("_", ".")))
    if not paths:
        hint = "`newsletter new SLUG` makes one to start from."
        raise Problems.one(Place("issues"), "empty", "There is no issue here.", hint)
    return paths


def _tell(found: list[Problem] | tuple[Problem, ...]) -> None:
    for problem in sorted(set(found)):
        click.echo(_coloured(problem), err=True)


def _coloured(problem: Problem) -> str:
    """Make the severity stand out on a terminal; the word says the same without colour (no-color.org)."""
    if os.environ.get("NO_COLOR") or not sys.stderr.isatty():
        return str(problem)
    colour = "red" if problem.severity == "error" else "yellow"
    return str(problem).replace(f"{problem.severity}:", click.style(f"{problem.severity}:", fg=colour, bold=True), 1)


def _data(found: list[Problem]) -> list[dict[str, object]]:
    return [
        {
            **dataclasses.asdict(problem.place),
            **{key: value for key, value in dataclasses.asdict(problem).items() if key != "place"},
        }
        for problem in sorted(set(found))
    ]

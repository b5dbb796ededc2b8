"""The command line. The only place where problems are caught."""

from __future__ import annotations

import atexit
import dataclasses
import datetime
import functools
import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter import __version__
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.problems import Location, Problem, Problems, merge_by_edition
from newsletter.project import Project, find_project

if TYPE_CHECKING:
    from newsletter.check.autofix import AppliedFix
    from newsletter.check.report import Report

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


def _once(_: click.Context, __: click.Parameter, kinds: tuple[EditionKind, ...]) -> tuple[EditionKind, ...]:
    return tuple(dict.fromkeys(kinds))


_edition_option = click.option(
    "--edition",
    "kinds",
    multiple=True,
    type=click.Choice(EDITION_KINDS),
    callback=_once,
    help="Only this edition, whatever templates/brand.yaml names. [repeatable]",
)


@main.command()
@click.argument("issues", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to. [outbox/]")
@click.option("--strict", is_flag=True, help="Let warnings stop an issue, too.")
@click.option("--force", is_flag=True, help="Write it whatever the check finds; what it finds is told all the same.")
@_edition_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def render(  # noqa: PLR0913, PLR0917 - click gives each option as an argument
    issues: tuple[Path, ...],
    output: Path | None,
    strict: bool,
    force: bool,
    kinds: tuple[EditionKind, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Turn issues into emails in outbox/: SLUG.eml to send, SLUG.html to look at, SLUG.txt to read.

    Other editions that templates/brand.yaml names have their own files, such as SLUG.large-print.eml, and SLUG.web.html
    is the issue as a web page.

    ISSUES are files, or their names without folder and ending. Without any, every file in issues/ whose name does not
    begin with an underscore. Each is checked as `newsletter check` does: an issue with an error writes nothing, and
    what is in the outbox stays as it was.
    """
    # Loading the engines takes most of a second: `--help` does without.
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.render import WritePolicy, WrittenMessage  # noqa: PLC0415
    from newsletter.render import render as render_one  # noqa: PLC0415

    project = find_project(Path.cwd())
    output = output or project.root / "outbox"
    written: list[WrittenMessage] = []
    reports: list[Report] = []
    found: list[Problem] = []
    try:
        gate, brand = WritePolicy(read_settings(project), strict, force), load_brand(project)
        for path in _named(issues, project) or _all_issues(project):
            try:
                rendered, report = render_one(path, project, brand, output, gate, kinds)
            except Problems as problems:
                found += problems.problems
            else:
                written += rendered
                reports.append(report)
                found += report.problems
                for item in () if quiet or as_json else rendered:
                    click.echo(item)
    except Problems as problems:
        found += problems.problems
    if as_json:
        print_json(written=[dataclasses.asdict(item) for item in written], problems=_data(found))
    else:
        print_problems(found)
        if not quiet:
            click.echo(_summary(reports, found))
    sys.exit(exit_code(found, strict))


def _known_rules(_: click.Context, parameter: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    from newsletter.check.explain import no_rule  # noqa: PLC0415
    from newsletter.check.registry import all_rules  # noqa: PLC0415

    known = [*(rule.id for rule in all_rules() if rule.scope != "browser"), "allow"] if names else []
    for name in names:
        if name not in known:
            raise click.BadParameter(" ".join(no_rule(name, known)), param=parameter)
    return names


@main.command()
@click.argument("issues", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
@click.option("--only", multiple=True, metavar="RULE", callback=_known_rules, help="Use this rule. [repeatable]")
@click.option("--ignore", multiple=True, metavar="RULE", callback=_known_rules, help="Leave it out. [repeatable]")
@click.option("--fix", is_flag=True, help="Put right what has one right answer, and tell what is left.")
@_edition_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def check(  # noqa: PLR0913, PLR0917
    issues: tuple[Path, ...],
    strict: bool,
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    kinds: tuple[EditionKind, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Look for what would shut a reader out, and change nothing unless --fix is given.

    ISSUES are named as for `newsletter render`. `newsletter explain RULE` tells
    why a rule is there and how to satisfy it.
    """
    from newsletter.check.autofix import autofix  # noqa: PLC0415
    from newsletter.check.engine import check_editions, is_chosen  # noqa: PLC0415
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.pipeline import build_editions  # noqa: PLC0415

    if both := sorted({*only} & {*ignore}):
        raise click.UsageError(f"'{both[0]}' is asked for and left out: give --only or --ignore.")
    project = find_project(Path.cwd())
    reports: list[Report] = []
    fixed: list[AppliedFix] = []
    chosen = functools.partial(is_chosen, only=only, ignore=ignore)
    found: list[Problem] = []
    try:
        settings, brand = read_settings(project), load_brand(project)
        for path in _named(issues, project) or _all_issues(project):
            try:
                if fix:
                    fixed += autofix(path, project, brand, settings, chosen)
            except Problems as problems:
                found += problems.problems
            try:
                editions = build_editions(path, project, brand, kinds)
                reports.append(check_editions(editions, settings, only, ignore))
            except Problems as problems:
                found += problems.problems
    except Problems as problems:
        found += problems.problems
    found += [problem for report in reports for problem in report.problems]
    if as_json:
        told = {"fixed": [problem_dict(item) for item in fixed]} if fix else {}
        rules, articles = totals(reports)
        print_json(rules=rules, articles=articles, **told, problems=_data(found))
    else:
        for item in () if quiet else fixed:
            click.echo(item)
        # What it finds is what was asked for: `newsletter check > report.txt` keeps it.
        print_problems(found, to_stderr=False)
        if not quiet:
            click.echo(_summary(reports, found, f"{len(fixed)} fixed, " * fix))
    sys.exit(exit_code(found, strict))


@main.command()
@click.argument("issue", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), help="Listen here. [8000, or the next one that is free]")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def preview(issue: Path | None, port: int | None, open_browser: bool) -> None:
    """Show issues in the browser as their readers will meet them, and every saved change at once.

    Begins with the list of issues, or with ISSUE. Only this computer can see it. Control-C ends it.
    """
    from newsletter.preview import serve  # noqa: PLC0415

    project = find_project(Path.cwd())
    try:
        serve(project, _shown_first(issue, project), port, open_browser)
    except Problems as problems:
        print_problems(problems.problems)
        sys.exit(PROBLEMS)


def _shown_first(issue: Path | None, project: Project) -> str | None:
    if issue is None:
        return None
    (path,) = _named((issue,), project)
    if path.absolute().parent != project.issues or path.suffix != ".yaml" or not path.is_file():
        listed = ", ".join(path.stem for path in _all_issues(project))
        raise click.UsageError(f"There is no issue '{issue}' in {project.issues}. Issues: {listed}.")
    return path.stem


@main.command()
@click.argument("issues", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to. [outbox/]")
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
@_edition_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def audit(  # noqa: PLR0913, PLR0917
    issues: tuple[Path, ...],
    output: Path | None,
    strict: bool,
    kinds: tuple[EditionKind, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Look at issues in a real browser, in every state in which readers meet them, and write a report.

    It holds what `newsletter check` does, too, and writes SLUG.accessibility.html, for people, and
    SLUG.accessibility.json into outbox/, whatever it finds. ISSUES are named as for `newsletter render`.

    It takes what `pip install 'accessible-newsletter[audit]'` brings, and any Chrome, Chromium or Edge.
    """
    from newsletter.audit import audit as look_at  # noqa: PLC0415
    from newsletter.audit import report  # noqa: PLC0415
    from newsletter.audit.progress import Progress  # noqa: PLC0415
    from newsletter.audit.result import Audit  # noqa: PLC0415
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.pipeline import build_editions  # noqa: PLC0415
    from newsletter.render import put  # noqa: PLC0415

    project = find_project(Path.cwd())
    output = output or project.root / "outbox"
    audits: list[Audit] = []
    found: list[Problem] = []
    written: list[str] = []
    try:
        settings, brand = read_settings(project), load_brand(project)
        for path in _named(issues, project) or _all_issues(project):
            try:
                editions = build_editions(path, project, brand, kinds)
                made = look_at(editions, settings, Progress(shown=not quiet))
                files = {name: content for one in made for name, content in report.files(one).items()}
                put(output, project, files)
            except Problems as problems:
                found += problems.problems
            else:
                audits += made
                found += merge_by_edition({one.edition.kind: one.problems for one in made})
                written += [project.name_of(output / name) for name in files]
    except Problems as problems:
        found += problems.problems
    if as_json:
        print_json(written=written, audits=[report.data(one) for one in audits], problems=_data(found))
    else:
        print_problems(found)
        if not quiet:
            for one in audits:
                name = one.edition.issue.slug
                kind = "" if one.edition.kind == "standard" else f", {one.edition.kind}"
                click.echo(f"{name}{kind}: {_count(len(one.tested), 'state')}. {report.verdict(one)}")
            for name in written:
                click.echo(f"Wrote {name}")
    sys.exit(exit_code(found, strict))


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Tell why a rule is there, with an example of what it reports and of what is better.

    RULE is the name in brackets at the end of a problem, such as link-text.
    """
    from newsletter.check.explain import explain, explain_other_id, no_rule  # noqa: PLC0415
    from newsletter.check.registry import all_rules  # noqa: PLC0415

    known = {item.id: item for item in all_rules()}
    if said := explain_other_id(rule):
        click.echo(said, nl=False)
        return
    if rule not in known:
        raise click.UsageError(" ".join(no_rule(rule, known)))
    click.echo(explain(known[rule]), nl=False)


@main.command()
@click.argument("slug")
def new(slug: str) -> None:
    """Make issues/SLUG.yaml, a commented issue that renders as it stands.

    SLUG is its name, such as 2026-12-03-winter: small letters, digits and hyphens.
    """
    from newsletter.issue.new import new as make  # noqa: PLC0415

    project = find_project(Path.cwd())
    try:
        for path in make(slug, project, datetime.date.today()):
            click.echo(f"Made {project.name_of(path)}")
    except Problems as problems:
        print_problems(problems.problems)
        sys.exit(PROBLEMS)


@main.command()
def schema() -> None:
    """Print the JSON Schema of an issue, with the blocks that this project's templates know."""
    from newsletter.issue.blocks import read_blocks  # noqa: PLC0415
    from newsletter.issue.json_schema import json_schema  # noqa: PLC0415

    try:
        click.echo(json_schema(read_blocks(find_project(Path.cwd()))), nl=False)
    except Problems as problems:
        print_problems(problems.problems)
        sys.exit(PROBLEMS)


def _named(issues: tuple[Path, ...], project: Project) -> list[Path]:
    """Take an issue's name for its file, as `newsletter new` does."""
    files = [(path, project.issues / f"{path}.yaml") for path in issues]
    return [named if not path.exists() and named.exists() else path for path, named in files]


def _all_issues(project: Project) -> list[Path]:
    paths = sorted(path for path in project.issues.glob("*.yaml") if not path.name.startswith(("_", ".")))
    if not paths:
        hint = "`newsletter new SLUG` makes one to start from."
        raise Problems.one(Location("issues"), "empty", "There is no issue here.", hint)
    return paths


def print_problems(found: list[Problem] | tuple[Problem, ...], to_stderr: bool = True) -> None:
    """Print problems, sorted and each once."""
    is_terminal = (sys.stderr if to_stderr else sys.stdout).isatty()
    for problem in sorted(set(found)):
        click.echo(_coloured(problem) if is_terminal else problem, err=to_stderr)


def _coloured(problem: Problem) -> str:
    """Make the severity stand out on a terminal; the word says the same without colour (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return str(problem)
    colour = "red" if problem.severity == "error" else "yellow"
    return str(problem).replace(f"{problem.severity}:", click.style(f"{problem.severity}:", fg=colour, bold=True), 1)


def exit_code(found: list[Problem], strict: bool) -> int:
    """Return 1 if something stops an issue, 0 otherwise."""
    return PROBLEMS if any(strict or problem.severity == "error" for problem in found) else FINE


def totals(reports: list[Report]) -> tuple[int, int]:
    """Give how many rules were used on how many articles."""
    return max((report.rules for report in reports), default=0), sum(report.articles for report in reports)


def _summary(reports: list[Report], found: list[Problem], done: str = "") -> str:
    rules, articles = totals(reports)
    counts = f"{_count(rules, 'rule')}, {_count(articles, 'article')}, {done}"
    return f"{counts}{_count(len(set(found)), 'problem')}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def print_json(**said: object) -> None:
    """Print named values as one JSON object."""
    click.echo(json.dumps(said, indent=2))


def _data(found: list[Problem]) -> list[dict[str, object]]:
    return [problem_dict(problem) for problem in sorted(set(found))]


def problem_dict(told: Problem | AppliedFix) -> dict[str, object]:
    """Give it as data, with file, line and column beside the rest."""
    data = dataclasses.asdict(told)
    return {**data.pop("location"), **data}

"""`newsletter check`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import (
    chosen_format,
    edition_option,
    issue_files,
    issues_argument,
    policy_option,
    quiet_option,
)
from newsletter.cli.output import OUTPUT_FORMATS, CommandOutcome, OutputFormat, check_summary, totals
from newsletter.edition_kinds import EditionKind
from newsletter.english import join
from newsletter.problems import Location, Problem, as_dict
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.check.edits import AppliedFix
    from newsletter.check.report import Report
    from newsletter.check.settings import Policy


def _known_rules(_: click.Context, parameter: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    from newsletter.check.explain import no_rule  # noqa: PLC0415
    from newsletter.check.registry import all_rules  # noqa: PLC0415

    known = [*(rule.id for rule in all_rules() if rule.scope != "browser"), "allow"] if names else []
    for name in names:
        if name not in known:
            raise click.BadParameter(" ".join(no_rule(name, known)), param=parameter)
    return names


def _is_in_snippet(file: str) -> bool:
    return "_snippets" in Path(file).parts


@click.command()
@issues_argument
@click.option("--strict", "stop_at_warnings", is_flag=True, help="Stop at warnings, too.")
@click.option("--only", multiple=True, metavar="RULE", callback=_known_rules, help="Check only this rule. [repeatable]")
@click.option("--ignore", multiple=True, metavar="RULE", callback=_known_rules, help="Skip this rule. [repeatable]")
@click.option("--fix", is_flag=True, help="Fix problems that have only one possible fix; list the rest.")
@policy_option
@edition_option
@quiet_option
@click.option(
    "--format", "output_format", type=click.Choice(OUTPUT_FORMATS), help="Format of the result; see above. [text]"
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
def check(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issues: tuple[Path, ...],
    stop_at_warnings: bool,
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    policy: Policy | None,
    kinds: tuple[EditionKind, ...],
    quiet: bool,
    output_format: OutputFormat | None,
    as_json: bool,
) -> None:
    """Check issues for accessibility problems.

    Changes nothing without --fix. Name ISSUES as for `newsletter render`. `newsletter explain RULE` explains a rule
    and how to follow it.

    --format text prints one problem after the other, with a sentence at the end. --format json prints the same as
    data for programs. --format github prints commands for a GitHub workflow, which show each problem at its line in
    a pull request. --format sarif prints a SARIF 2.1.0 log for other tools.
    """
    from newsletter.check.engine import is_chosen  # noqa: PLC0415
    from newsletter.check.settings import FILE, read_settings  # noqa: PLC0415
    from newsletter.check.whole_issue import check_issue  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.pipeline import build_incomplete_issue, finish_issue  # noqa: PLC0415

    if both := sorted({*only} & {*ignore}):
        raise click.UsageError(f"“{both[0]}” is in --only and in --ignore: use one of the two.")
    project = find_project(Path.cwd())
    # Problems are the output of this command, so that `newsletter check > report.txt` keeps them.
    outcome = CommandOutcome(stop_at_warnings, chosen_format(as_json, output_format), quiet, to_stderr=False)
    reports: list[Report] = []
    fixed: list[AppliedFix] = []
    chosen = functools.partial(is_chosen, only=only, ignore=ignore)
    with outcome.collect():
        settings, brand = read_settings(project, policy), load_brand(project)
        for option, does, names in (("--only", "uses only", only), ("--ignore", "skips", ignore)):
            if names and settings.policy == "strict":
                message = f"The policy of this project is strict, but {option} {does} {join(names)}."
                outcome.problems.append(Problem(Location(FILE), "weaker-settings", message, f"Leave out {option}."))
        for path in issue_files(issues, project, outcome):
            with outcome.collect():
                if fix:
                    from newsletter.check.autofix import autofix  # noqa: PLC0415

                    fixed += autofix(path, project, brand, settings, lambda rule, _: chosen(rule))
            with outcome.collect():
                build = build_incomplete_issue(path, project, brand)
                issue = finish_issue(build, project, kinds)
                reports.append(check_issue(issue, settings, only, ignore))
    outcome.problems += [problem for report in reports for problem in report.problems]
    for item in fixed:
        outcome.echo(item)
    if fix and any(_is_in_snippet(item.location.file) for item in outcome.problems):
        outcome.echo("Problems in snippets are not fixed, because other issues may use them: change them yourself.")
    result = check_summary(reports, outcome.problems, len(fixed) if fix else None)
    result += " All other rules were left out, because of --only." if only else ""
    result += f" Skipped with --ignore: {', '.join(ignore)}." if ignore else ""
    outcome.lines.append(result)
    rules, articles = totals(reports)
    outcome.end(rules=rules, articles=articles, **({"fixed": [as_dict(item) for item in fixed]} if fix else {}))

"""Prints the results of commands and ends them with an exit code. Of the commands, this alone catches problems."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, get_args

import click

from newsletter.english import count
from newsletter.problems import Problem, Problems, as_dict, blocking, count_by_severity
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.check.report import Report

OutputFormat = Literal["text", "json", "github", "sarif"]
OUTPUT_FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)

FINE, PROBLEMS = 0, 1


@dataclass
class CommandOutcome:
    """The result of a command: the problems, which decide the exit code, and the lines to print."""

    stop_at_warnings: bool = False
    """Whether warnings count as errors."""
    format: OutputFormat = "text"
    quiet: bool = False
    to_stderr: bool = True
    """Whether problems as text go to standard error instead of standard output."""
    is_incomplete: bool = False
    """Whether something else than a problem is missing, so that the command cannot end with 0."""
    problems: list[Problem] = field(default_factory=list)
    cause: Problem | None = None
    """The problem that others follow from. It is the first thing that is printed."""
    question: Problem | None = None
    """The problem that somebody has to decide something. It is the last thing that is printed."""
    lines: list[str] = field(default_factory=list)
    """The lines to print after the problems, unless `quiet`."""

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Run a block of code, and keep the problems that it raises."""
        try:
            yield
        except Problems as problems:
            self.problems += problems.problems

    def echo(self, item: object) -> None:
        """Print a line of progress, unless `quiet` or in another format than text."""
        if not self.quiet and self.format == "text":
            click.echo(item)

    def end(self, **data: object) -> NoReturn:
        """Print everything in the format of the command, and exit with 0, or with 1 if there is an error.

        It is 1 also if `is_incomplete`.

        Args:
            data: the content of JSON, in addition to the problems.
        """
        first, last = ([each] if each else [] for each in (self.cause, self.question))
        problems = [*first, *sorted(set(self.problems)), *last]
        if self.format == "json":
            click.echo(json.dumps({**data, "problems": [as_dict(problem) for problem in problems]}, indent=2))
        elif self.format == "text":
            self._print(problems)
        else:
            # SARIF needs the rules, so nothing is imported before it is needed.
            from newsletter.cli.formats import from_checkout, github_annotation, sarif_log  # noqa: PLC0415

            problems = from_checkout(problems, find_project(Path.cwd()).root)
            if self.format == "sarif":
                click.echo(json.dumps(sarif_log(problems), indent=2))
            for problem in problems if self.format == "github" else ():
                click.echo(github_annotation(problem))
        sys.exit(PROBLEMS if self.is_incomplete or blocking(problems, with_warnings=self.stop_at_warnings) else FINE)

    def _print(self, problems: Sequence[Problem]) -> None:
        is_terminal = (sys.stderr if self.to_stderr else sys.stdout).isatty()
        lines = () if self.quiet else self.lines
        for item in (*problems, *lines) if self.question is None else (*problems[:-1], *lines, self.question):
            if isinstance(item, Problem):
                click.echo(_coloured(item) if is_terminal else item, err=self.to_stderr)
            else:
                click.echo(item)


def totals(reports: Sequence[Report]) -> tuple[int, int]:
    """Return the number of rules that ran and the number of articles that they checked."""
    return max((report.rules for report in reports), default=0), sum(report.articles for report in reports)


def check_summary(reports: Sequence[Report], problems: Sequence[Problem], fixed: int | None = None) -> str:
    """Return the result of a check as a sentence, such as "Checked 9 articles against 86 rules: 2 warnings.".

    Args:
        reports: one for each issue that was checked.
        problems: what is still wrong, also with issues that were not checked.
        fixed: how many problems were fixed; None without --fix.
    """
    result = ("" if fixed is None else f"{fixed} fixed, ") + (count_by_severity(set(problems)) or "no problems")
    if not reports:
        return f"Could not check anything: {result}."
    rules, articles = totals(reports)
    exceptions = sorted({rule for report in reports for rule in report.exceptions})
    allowed = f" The issues allow exceptions from: {', '.join(exceptions)}." if exceptions else ""
    others = sorted({rule for report in reports for rule in report.of_other_sectors})
    unused = f" Left out, because brand.yaml has “sector: general”: {', '.join(others)}." if others else ""
    return f"Checked {count(articles, 'article')} against {count(rules, 'rule')}: {result}.{allowed}{unused}"


def _coloured(problem: Problem) -> str:
    """Return a problem as text, with its severity in colour unless NO_COLOR is set (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return str(problem)
    colour = "red" if problem.severity == "error" else "yellow"
    return str(problem).replace(f"{problem.severity}:", click.style(f"{problem.severity}:", fg=colour, bold=True), 1)

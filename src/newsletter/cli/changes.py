"""`newsletter changes`."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.options import issue_file, issue_files, json_option, rendered_option
from newsletter.cli.output import CommandOutcome
from newsletter.project import find_project


@click.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option(
    "--since",
    metavar="WHEN",
    help="render, commit, a date, a time, or a revision of git. [the last commit, or else the last render]",
)
@rendered_option
@json_option
def changes(issue: Path, since: str | None, output: Path | None, as_json: bool) -> None:
    """Show what changed in an issue, in words.

    Lists the words that were added and removed, by article, since the last commit or another moment: changed links,
    dates, numbers and pictures by name, and articles that moved. With `--since render`, it compares with the last
    render into outbox/. With a date or time, such as 2026-11-03 or 14:05, with the last commit before it.
    """
    from newsletter.changes.change_sentences import as_data, change_summary, heading, plain, sentence  # noqa: PLC0415
    from newsletter.changes.compare import compare  # noqa: PLC0415
    from newsletter.changes.sources import earlier_version, saved_version  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = CommandOutcome(format="json" if as_json else "text")
    data: dict[str, object] = {}
    with outcome.collect():
        for path in issue_files((issue_file(issue, project),), project, outcome):
            old = earlier_version(path, project, since, output)
            sections = compare(old, saved_version(path, project))
            outcome.lines.append(f"{project.name_of(path)}, since {old.label}: {change_summary(sections)}")
            for section in sections:
                outcome.lines += ["", heading(section)]
                outcome.lines += [f"  Line {change.line}. {plain(sentence(change))}" for change in section.changes]
            data = {"issue": project.name_of(path), "since": old.label, "parts": as_data(sections)}
    outcome.end(**data)

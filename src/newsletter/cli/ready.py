"""`newsletter ready`."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import (
    chosen_format,
    format_option,
    issue_files,
    issues_argument,
    json_option,
    rendered_option,
)
from newsletter.cli.output import CommandOutcome, OutputFormat
from newsletter.project import find_project

if TYPE_CHECKING:
    from newsletter.ready.item import Checklist
    from newsletter.ready.reach import LinkResult


def _reader(_: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    from newsletter.ready.notes import is_name  # noqa: PLC0415

    if name is not None and not is_name(name := name.strip()):
        raise click.BadParameter("Write a name in one line of at most 100 characters.", param=parameter)
    return name


@click.command()
@issues_argument
@rendered_option
@click.option("--links", is_flag=True, help="Also ask each website once whether its pages open.")
@click.option("--read-by", "reader", metavar="NAME", callback=_reader, help="Note that NAME has read this issue.")
@format_option
@json_option
def ready(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    issues: tuple[Path, ...],
    output: Path | None,
    links: bool,
    reader: str | None,
    output_format: OutputFormat | None,
    as_json: bool,
) -> None:
    """List what is still to be done before you send an issue.

    Name ISSUES as for `newsletter render`. Each point has a state: to do, for you to decide, done, or not needed. The
    exit code is 0 if nothing is to do, otherwise 1. Without --links, nothing uses the network.

    --read-by notes that somebody else has read the words. A later change of the words ends that. Notes, also those of
    `newsletter audit`, are in .newsletter/, which git ignores.
    """
    from newsletter.check.settings import read_settings  # noqa: PLC0415
    from newsletter.check.whole_issue import check_issue  # noqa: PLC0415
    from newsletter.issue.load import load_brand  # noqa: PLC0415
    from newsletter.pipeline import build_issue, finish_issue  # noqa: PLC0415
    from newsletter.ready.checklist import build_checklist  # noqa: PLC0415
    from newsletter.ready.context import ReadyContext  # noqa: PLC0415
    from newsletter.ready.notes import note_reader  # noqa: PLC0415
    from newsletter.ready.reach import reach  # noqa: PLC0415
    from newsletter.ready.web_links import upload_addresses, web_links  # noqa: PLC0415

    if reader and not issues:
        raise click.UsageError("Name the issue that was read, such as `newsletter ready SLUG --read-by NAME`.")
    project, today = find_project(Path.cwd()), datetime.date.today()
    outcome = CommandOutcome(format=chosen_format(as_json, output_format), to_stderr=False)
    checklists: list[Checklist] = []
    link_results: dict[str, LinkResult] = {}
    with outcome.collect():
        settings, brand = read_settings(project), load_brand(project)
        for path in issue_files(issues, project, outcome):
            with outcome.collect():
                issue = finish_issue(build_issue(path, project, brand), project)
                editions, report = issue.editions, check_issue(issue, settings)
                if reader:
                    note_reader(project, editions[0], reader, today)
                if links:
                    addresses = [*web_links(editions[0]), *upload_addresses(editions).values()]
                    link_results |= reach(address for address in addresses if address not in link_results)
                checklists.append(
                    build_checklist(
                        ReadyContext(
                            editions,
                            issue.web,
                            settings,
                            report.problems,
                            frozenset(report.ran),
                            project,
                            output or project.root / "outbox",
                            today,
                            link_results if links else None,
                        )
                    )
                )
    outcome.lines += [line for checklist in checklists for line in _lines(checklist)]
    outcome.is_incomplete = any(not checklist.is_ready for checklist in checklists)
    outcome.end(
        issues=[
            {
                "issue": checklist.slug,
                "file": checklist.file,
                "ready": checklist.is_ready,
                "items": [dataclasses.asdict(item) for item in checklist.items],
            }
            for checklist in checklists
        ]
    )


def _lines(checklist: Checklist) -> Iterator[str]:
    """Yield the list as text. The state comes first, because it is what somebody listens for."""
    from newsletter.ready.checklist import groups, ready_verdict  # noqa: PLC0415
    from newsletter.ready.item import STATES  # noqa: PLC0415

    yield f"{checklist.file}: {ready_verdict(checklist)}"
    for state, items in groups(checklist):
        for item in items:
            yield f"{STATES[state]}: {item.question} {item.why}"
            if item.hint:
                yield f"    {item.hint}"

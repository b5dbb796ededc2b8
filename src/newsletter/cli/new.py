"""`newsletter new`."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import issue_file, unknown_issue
from newsletter.cli.output import CommandOutcome
from newsletter.problems import Location, Problems
from newsletter.project import Project, find_project

if TYPE_CHECKING:
    from newsletter.issue.new import Start


@click.command()
@click.argument("slug")
@click.option("--from", "other", metavar="ISSUE", help="Start from this issue: keep its frame, and empty its words.")
@click.option("--layout", metavar="NAME", help="Start from the worked example of this layout.")
def new(slug: str, other: str | None, layout: str | None) -> None:
    """Create issues/SLUG.yaml, with comments that say what to write.

    SLUG is the name of the issue, such as 2026-12-03-winter: lower-case letters, digits and hyphens. You can render
    the new issue before you change anything. If there is no templates/brand.yaml, creates that, too.

    With --from, name an issue as for `newsletter render`. The new one has its articles, blocks, labels and comments,
    and says what to write in each. `newsletter check` lists what is still to be written. Pictures, days of consent
    and addresses are not copied, except addresses of the brand.
    """
    from newsletter.issue.new import new as create  # noqa: PLC0415

    if other is not None and layout is not None:
        raise click.UsageError("Use --from or --layout, not both.")
    project = find_project(Path.cwd())
    outcome = CommandOutcome()
    with outcome.collect():
        for path in create(slug, project, datetime.date.today(), _start(other, layout, project)):
            name = project.name_of(path)
            hint = ". Change its first values first: name, organisation, colours, from, unsubscribe."
            outcome.echo(f"Created {name}{hint if path.name == 'brand.yaml' else ''}")
    outcome.end()


def _start(other: str | None, layout: str | None, project: Project) -> Start | None:
    """Return what the issue starts from; None if nothing was chosen."""
    from newsletter.issue.new import from_issue, from_layout  # noqa: PLC0415

    if layout is not None:
        return functools.partial(from_layout, layout, project)
    if other is None:
        return None
    path = issue_file(Path(other), project)
    if not path.is_file():
        raise Problems.one(Location(project.name_of(path)), "no-issue", unknown_issue(path.stem, project))
    return functools.partial(from_issue, path, project)

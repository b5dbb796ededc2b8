"""`newsletter new`."""

import datetime
from pathlib import Path

import click

from newsletter.cli.output import Outcome
from newsletter.project import find_project


@click.command()
@click.argument("slug")
def new(slug: str) -> None:
    """Create issues/SLUG.yaml, with comments that say what to write.

    SLUG is the name of the issue, such as 2026-12-03-winter: lower-case letters, digits and hyphens. You can render
    the new issue before you change anything. If there is no templates/brand.yaml, creates that, too.
    """
    from newsletter.issue.new import new as create  # noqa: PLC0415

    project = find_project(Path.cwd())
    outcome = Outcome()
    with outcome.collect():
        for path in create(slug, project, datetime.date.today()):
            name = project.name_of(path)
            hint = ". Change its first values first: name, organisation, colours, from, unsubscribe."
            outcome.echo(f"Created {name}{hint if path.name == 'brand.yaml' else ''}")
    outcome.end()

"""`newsletter schema`."""

from pathlib import Path

import click

from newsletter.cli.output import CommandOutcome
from newsletter.project import find_project


@click.command()
@click.argument("file", type=click.Choice(["issue", "brand"]), default="issue")
def schema(file: str) -> None:
    """Print the JSON Schema of an issue or a brand, for editors.

    That of an issue holds the blocks that this project's templates have.
    """
    from newsletter.issue.blocks import read_blocks  # noqa: PLC0415
    from newsletter.issue.json_schema import brand_schema, json_schema  # noqa: PLC0415

    outcome = CommandOutcome()
    with outcome.collect():
        of_issue = file == "issue"
        click.echo(json_schema(read_blocks(find_project(Path.cwd()))) if of_issue else brand_schema(), nl=False)
    outcome.end()

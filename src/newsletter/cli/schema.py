"""`newsletter schema`."""

from pathlib import Path

import click

from newsletter.cli.output import Outcome
from newsletter.project import find_project


@click.command()
def schema() -> None:
    """Print the JSON Schema of an issue, for editors of YAML.

    It holds the blocks that this project's templates have.
    """
    from newsletter.issue.blocks import read_blocks  # noqa: PLC0415
    from newsletter.issue.json_schema import json_schema  # noqa: PLC0415

    outcome = Outcome()
    with outcome.collect():
        click.echo(json_schema(read_blocks(find_project(Path.cwd()))), nl=False)
    outcome.end()

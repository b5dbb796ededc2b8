"""Run a command as somebody types it."""

from __future__ import annotations

import click
from click.testing import CliRunner, Result

from newsletter.cli import main


def commands() -> dict[str, click.Command]:
    """Return all commands by name."""
    context = click.Context(main)
    return {name: command for name in main.list_commands(context) if (command := main.get_command(context, name))}


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """Run `newsletter` with arguments in this process. An exception other than the end of the program is raised."""
    result = CliRunner().invoke(main, arguments, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result

"""Run a command as somebody types it."""

from __future__ import annotations

from click.testing import CliRunner, Result

from newsletter.cli import main


def run(*arguments: str, stdin: str | None = None) -> Result:
    """Run `newsletter` with arguments in this process. An exception other than the end of the program is raised."""
    result = CliRunner().invoke(main, arguments, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result

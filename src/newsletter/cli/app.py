"""The group of all commands. A command is a file in this folder with a click command of the same name."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import pkgutil
from pathlib import Path

import click

from newsletter import __version__

_FOLDER = Path(__file__).parent


def run() -> None:
    """Run the program `newsletter`."""
    # A plugin of any installed package could change what an issue can say. To look for one takes a tenth of a check.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A command ends before reference cycles fill the memory. The garbage collector would take a quarter of the time of
    # a render (bench/speed.py).
    gc.disable()
    atexit.register(gc.freeze)
    main(prog_name="newsletter")


class _Commands(click.Group):
    """The commands, each imported when it is needed. A command is quick to import, too, but all of them are not."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        names = (module.name for module in pkgutil.iter_modules([str(_FOLDER)]))
        return sorted(name for name in names if self.get_command(ctx, name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None if there is no such file, or if it has no command of its name."""
        if cmd_name == Path(__file__).stem or not (_FOLDER / f"{cmd_name}.py").is_file():
            return None
        command = getattr(importlib.import_module(f"newsletter.cli.{cmd_name}"), cmd_name, None)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="newsletter %(version)s")
def main() -> None:
    """Build newsletter emails that every reader can read.

    An issue is one YAML file in issues/. `newsletter new SLUG` creates one, and `newsletter render` turns it into
    an email that is ready to send.
    """

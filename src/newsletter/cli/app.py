"""The group of all commands. A command is a file in this folder with a click command of the same name."""

from __future__ import annotations

import atexit
import gc
import importlib
import pkgutil
from pathlib import Path

import click

from newsletter import __version__


def run() -> None:
    """Run the program `newsletter`."""
    # A command ends before reference cycles fill the memory. The garbage collector would take a quarter of the time of
    # a render (bench/speed.py).
    gc.disable()
    atexit.register(gc.freeze)
    main(prog_name="newsletter")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="newsletter %(version)s")
def main() -> None:
    """Build newsletter emails that every reader can read.

    An issue is one YAML file in issues/. `newsletter new SLUG` creates one, and `newsletter render` turns it into
    an email that is ready to send.
    """


def _add_commands() -> None:
    """Add each command to the group. This is quick: a command imports large modules only when it runs."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name != "app":
            command = getattr(importlib.import_module(f"newsletter.cli.{module.name}"), module.name, None)
            if isinstance(command, click.Command):
                main.add_command(command)


_add_commands()

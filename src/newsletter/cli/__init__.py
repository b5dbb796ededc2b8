"""The command line: one file for each command, which `app` finds."""

from newsletter.cli.app import main, run

__all__ = ["main", "run"]

"""Run `newsletter` with `python -m newsletter`."""

from newsletter.cli import run

run()

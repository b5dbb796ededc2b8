"""`python -m newsletter` is `newsletter`."""

from newsletter.cli import run

run()

"""Run `newsletter preview` and measure its steps, for `bench/preview.py`. The first argument is the file to write.

Each line is a moment: its name, the time and the processor time of the whole process, both in milliseconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from newsletter import cli
from newsletter.preview import builder
from newsletter.preview.views import email

CLOCKED = ((builder, "take_snapshot"), (builder, "build_page"), (email, "frame_page"))
"""The functions whose calls are logged, each in the module that calls it."""


def clocked(module: Any, name: str, log: TextIO) -> None:
    """Log each call of a function, at its beginning and at its end."""
    function: Callable[..., Any] = getattr(module, name)

    def note(when: str) -> None:
        log.write(f"{name} {when} {time.time() * 1000:.2f} {time.process_time() * 1000:.2f}\n")

    def call(*arguments: Any, **more: Any) -> Any:
        note("begins")
        try:
            return function(*arguments, **more)
        finally:
            note("ends")

    setattr(module, name, call)


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="ascii", buffering=1) as log:
        for module, name in CLOCKED:
            clocked(module, name, log)
        sys.argv[1:2] = ["preview"]
        cli.run()

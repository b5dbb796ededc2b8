"""Programs that tests run beside themselves: whether they are installed, how they end, and a screen for them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest


def require(programs: Sequence[str], consequence: str) -> None:
    """Skip the test where a program is missing; fail if NEWSLETTER_REQUIRE_ALL=1.

    Args:
        programs: names of commands, or whole paths.
        consequence: what is not tested then, as the second half of a sentence.
    """
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        reason = f"Not installed: {', '.join(missing)}; so {consequence}."
        if os.environ.get("NEWSLETTER_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def running(arguments: list[str], **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program, and end it with all that it has started."""
    process: subprocess.Popen[bytes] = subprocess.Popen(arguments, start_new_session=True, **options)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        # Its session is its own, so the group holds nothing that somebody else has started.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """Run a new screen of this size in px, and yield its name, which has a number that no other screen has."""
    read, write = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    # Otherwise it starts again when its last client leaves, as one that took a picture does, and refuses the next one.
    arguments += ["-noreset"]
    with running(arguments, pass_fds=[write], stderr=subprocess.DEVNULL), os.fdopen(read) as number:
        os.close(write)
        yield f":{number.readline().strip()}"

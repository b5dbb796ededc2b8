"""Keep the preview running, whatever goes wrong in our own code: report it, and go on."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import TypeVar

from newsletter.problems import Location, Problem, Problems

_RESTART_PAUSE_S = 1.0
_NOTICE = "Something went wrong in the preview. It is still running. If a page looks old, save its file again."

_Result = TypeVar("_Result")


class Superseded(Exception):  # noqa: N818 - nothing went wrong
    """The result is not needed any more, because of a newer save."""


def catch_problems(build: Callable[[], _Result], file: str) -> _Result | tuple[Problem, ...]:
    """Return what a function builds, or the problems that stopped it.

    Args:
        build: the function.
        file: the file that the problem names if the fault is our own.

    Raises:
        Superseded: if the function does.
    """
    try:
        return build()
    except Problems as problems:
        return problems.problems
    except Superseded:
        raise
    # Catch everything: a library written in Rust panics with an exception of its own. In other commands, an exception
    # is a bug and ends the program. Here it is reported as well, but an editor's preview must not end because of it.
    except BaseException as error:  # noqa: BLE001
        traceback.print_exc(file=sys.stderr)
        message = f"The preview cannot show this because of an error in the preview itself ({type(error).__name__})."
        hint = "Your file may be correct. Please report this, with the messages in the terminal."
        return (Problem(Location(file), "fault", message, hint),)


async def run_forever(
    job: Callable[[], Awaitable[None]], send_notice: Callable[[str], None], pause: float = _RESTART_PAUSE_S
) -> None:
    """Run a job that should never end. Whenever it fails, report the fault and start the job again.

    Args:
        job: the job.
        send_notice: is called with a sentence about each fault. The terminal shows the fault itself.
        pause: seconds to wait after a fault.
    """
    last = ""
    while True:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - whatever it is, the preview must not stop in silence
            # A fault that repeats itself is reported once.
            if (fault := repr(error)) != last:
                print(f"{_NOTICE}\nPlease report it, with the text below.", file=sys.stderr)  # noqa: T201
                traceback.print_exc(file=sys.stderr)
                send_notice(_NOTICE)
            last = fault
        await asyncio.sleep(pause)

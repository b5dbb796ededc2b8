"""Keep a job without an end going, even through a fault of our own."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable

_PAUSE_S = 1.0
_SAID = "The preview stumbled, through a fault of its own, and goes on. If a page looks old, save its file again."


async def run_forever(job: Callable[[], Awaitable[None]], tell: Callable[[str], None], pause: float = _PAUSE_S) -> None:
    """Do a job for ever. After a fault, tell it, and begin the job anew.

    Args:
        job: is not expected to end.
        tell: is called with a sentence about each fault; the terminal is told, too.
        pause: seconds after a fault.
    """
    last = ""
    while True:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - whatever it is, the preview must not stop in silence
            # What happens again and again is told once.
            if (fault := repr(error)) != last:
                print(f"{_SAID}\nPlease report it with what follows.", file=sys.stderr)  # noqa: T201
                traceback.print_exc(file=sys.stderr)
                tell(_SAID)
            last = fault
        await asyncio.sleep(pause)

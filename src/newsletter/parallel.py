"""Runs one function for many items, in several processes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_SECONDS_TO_STOP = 10


class WorkerFailure(Exception):  # noqa: N818 - it is a fact about another process
    """A process ended while it worked on an item, maybe because there was no memory left."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def run_parallel(
    work: Callable[[_Item], _Result], items: Sequence[_Item], jobs: int
) -> Generator[_Result | WorkerFailure, None, None]:
    """Yield the result of a function for each item, in the order of the items.

    Args:
        work: the function. If processes cannot be forked, it has to be one that `pickle` accepts.
        items: what to call it with.
        jobs: the largest number of processes. With one, or with one item, everything happens in this process.

    Returns:
        The results. `WorkerFailure` for an item whose process ended; the others go on. If the caller closes the
        generator, or Ctrl-C is pressed, all processes end.
    """
    if min(jobs, len(items)) < 2:
        yield from map(work, items)
        return
    with _Pool(work, items, min(jobs, len(items))) as pool:
        yield from pool.results()


class _Pool(Generic[_Item, _Result]):
    """Some processes, each with a connection to send it the number of an item and to receive a result."""

    def __init__(self, work: Callable[[_Item], _Result], items: Sequence[_Item], jobs: int) -> None:
        # One issue needs no other process, nor what starts it.
        from multiprocessing import connection, get_context  # noqa: PLC0415

        # A forked process has all modules at once. Only on Linux is that safe: libraries of macOS have threads.
        self._context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
        self._wait = connection.wait
        self._work, self._items = work, items
        self._waiting = iter(range(len(items)))
        self._done: dict[int, _Result | WorkerFailure] = {}
        self._processes: dict[Connection, BaseProcess] = {}
        self._current: dict[Connection, int] = {}
        self._jobs = jobs

    def __enter__(self) -> _Pool[_Item, _Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            process.terminate()
        for connection, process in self._processes.items():
            process.join(_SECONDS_TO_STOP)
            if process.is_alive():
                process.kill()
                process.join()
            connection.close()

    def results(self) -> Iterator[_Result | WorkerFailure]:
        for _ in range(self._jobs):
            self._start()
        for number in range(len(self._items)):
            while number not in self._done:
                for connection in self._wait(list(self._current)):
                    self._receive(cast("Connection", connection))
            yield self._done.pop(number)

    def _start(self) -> None:
        """Start a process with the next item, if there is one."""
        if (number := next(self._waiting, None)) is None:
            return
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work, self._items), daemon=True)
        process.start()
        theirs.close()
        self._processes[ours] = process
        self._send(ours, number)

    def _send(self, connection: Connection, number: int) -> None:
        self._current[connection] = number
        with suppress(OSError):  # it has just ended, which `_receive` will notice
            connection.send(number)

    def _receive(self, connection: Connection) -> None:
        """Take a result, and send the next item. A process that ended is replaced by another."""
        number = self._current.pop(connection)
        try:
            self._done[number] = connection.recv()
        except (EOFError, OSError):
            self._done[number] = WorkerFailure()
            self._processes.pop(connection).join()
            connection.close()
            self._start()
            return
        if (following := next(self._waiting, None)) is not None:
            self._send(connection, following)


def _serve(connection: Connection, work: Callable[[_Item], _Result], items: Sequence[_Item]) -> None:
    """Work on each item whose number arrives, until there is nobody to send a result to."""
    # Ctrl-C reaches every process of a terminal. The first one stops the others, so that each cleans up, once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    while (number := _next(connection)) is not None:
        result = work(items[number])
        with suppress(OSError):
            connection.send(result)


def _next(connection: Connection) -> int | None:
    """Return the number of the next item; None if nobody is there to send one."""
    try:
        number: int = connection.recv()
    except (EOFError, OSError):
        return None
    return number


def _stop(*_: object) -> NoReturn:
    sys.exit(1)

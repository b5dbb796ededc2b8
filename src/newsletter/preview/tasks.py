"""The tasks that somebody starts from “Before you send”: to try the links, to audit the issue, or to render it.

An audit and a render are the commands of this program, in a process of their own, so that the preview answers meanwhile
and keeps its memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from newsletter.ready.reach import LinkResult, reach

TaskName = Literal["links", "audit", "render"]

TASKS: Mapping[TaskName, str] = MappingProxyType(
    {
        "links": "Each website is being asked once",
        "audit": "A browser is testing it, which takes a minute or so",
        "render": "The emails are being written",
    }
)
"""The tasks, and the sentence of the page while one runs."""

_TIME_LIMIT_S = 900
_MOST_OUTPUT = 8000  # characters of what a command printed, from its end


@dataclass(frozen=True)
class Task:
    """A task that was started: when, for which text of the issue, and how it ended."""

    name: TaskName
    source: str = field(repr=False)
    started_at: datetime
    """In local time, as `ended_at`."""
    ended_at: datetime | None = None
    """None while it runs."""
    fault: str = ""
    """A sentence about what went wrong; empty if nothing did."""
    output: str = ""
    """What its command printed, if something went wrong."""

    @property
    def words(self) -> str:
        """The state of the task, in a sentence or two."""
        if self.ended_at is None:
            return f"{TASKS[self.name]}. Started at {self.started_at:%H:%M:%S}."
        ended = f"{self.ended_at:%H:%M:%S}"
        return f"{self.fault} It ended at {ended}." if self.fault else f"Done at {ended}."


@dataclass(frozen=True)
class IssueTasks:
    """The latest task of each name for one issue, and which addresses were tried with which result."""

    latest: Mapping[TaskName, Task] = field(default_factory=dict)
    link_results: Mapping[str, LinkResult] = field(default_factory=dict)

    def of(self, name: TaskName, source: str) -> Task | None:
        """Return the latest task with a name; None if there is none.

        What ended for another text of the issue is not true any more. Websites do not change with the text.
        """
        task = self.latest.get(name)
        return task if task and (name == "links" or task.ended_at is None or task.source == source) else None


class Tasks:
    """The tasks of one project, one after the other."""

    def __init__(
        self,
        root: Path,
        on_change: Callable[[str], None],
        try_links: Callable[[Collection[str]], Mapping[str, LinkResult]] = reach,
    ) -> None:
        """Create it without tasks.

        Args:
            root: the project's folder.
            on_change: is called with the slug of an issue when one of its tasks starts or ends.
            try_links: returns the result for each of several web addresses.
        """
        self._root, self._on_change, self._try_links = root, on_change, try_links
        self._of: dict[str, IssueTasks] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()

    def of(self, slug: str) -> IssueTasks:
        """Return the tasks of an issue."""
        return self._of.get(slug, IssueTasks())

    def start(self, name: TaskName, slug: str, source: str, addresses: Collection[str] = ()) -> None:
        """Start a task, unless the same one runs already.

        Args:
            name: the task.
            slug: the issue.
            source: its text.
            addresses: the web addresses to try.
        """
        latest = self.of(slug).latest.get(name)
        if latest and latest.ended_at is None:
            return
        task = Task(name, source, datetime.now().astimezone())
        self._put(slug, task)
        work = self._run_links(slug, addresses) if name == "links" else self._run_command(name, slug)
        running = asyncio.get_running_loop().create_task(self._run(slug, task, work))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """End all tasks, with their processes."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _run(self, slug: str, task: Task, work: Awaitable[tuple[str, str]]) -> None:
        async with self._one_at_a_time:
            fault, output = await work
        self._put(slug, replace(task, ended_at=datetime.now().astimezone(), fault=fault, output=output))

    async def _run_links(self, slug: str, addresses: Collection[str]) -> tuple[str, str]:
        results = await asyncio.to_thread(self._try_links, addresses)
        self._of[slug] = replace(self.of(slug), link_results=results)
        return "", ""

    async def _run_command(self, name: TaskName, slug: str) -> tuple[str, str]:
        """Run a command for an issue. Return what went wrong, in a sentence, and what it printed then."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # a folder of the project called “newsletter” is not this program
            "-m",
            "newsletter",
            name,
            f"issues/{slug}.yaml",
            cwd=self._root,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            printed, _ = await asyncio.wait_for(process.communicate(), _TIME_LIMIT_S)
        except TimeoutError:
            return f"It did not end within {_TIME_LIMIT_S // 60} minutes, so it was stopped.", ""
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process.returncode == 0:
            return "", ""
        return "It reported problems.", printed.decode("utf-8", "replace")[-_MOST_OUTPUT:]

    def _put(self, slug: str, task: Task) -> None:
        before = self.of(slug)
        self._of[slug] = replace(before, latest={**before.latest, task.name: task})
        self._on_change(slug)

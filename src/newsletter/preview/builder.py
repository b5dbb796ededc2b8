"""Keep the state of each issue up to date: build an issue again when a file that it depends on is saved."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from newsletter.check.settings import Settings
from newsletter.edition import Edition, PageBuild
from newsletter.preview.build_steps import (
    build_edition,
    build_other_edition,
    build_page,
    build_web_version,
    check_in_steps,
    with_web_problems,
)
from newsletter.preview.download_check import is_busy
from newsletter.preview.issue_state import IssueState, ProvisionalPage, errors_first, forgettable, mark_deleted
from newsletter.preview.parts import parts_of
from newsletter.preview.project_state import ProjectState, read_project_state
from newsletter.preview.queue import BuildQueue
from newsletter.preview.snapshot import Snapshot, name_in_issues, role_of, take_snapshot
from newsletter.problems import Problem, merge_by_edition
from newsletter.project import Project

# _EVENT_S: how long it takes to send the windows an event.
# _REQUEST_WAIT_S: how long a browser takes to ask for a new page. _PAINT_WAIT_S: how long it takes to show it. Building
# pauses meanwhile, because it would slow the browser down. A newer save ends the pause.
_EVENT_S, _REQUEST_WAIT_S, _PAINT_WAIT_S = 0.001, 0.15, 0.15
# How long the problems of a broken save are held back: it may be the first half of a good one.
_PARTIAL_SAVE_WAIT_S = 0.1
# A request for an issue waits this long for its first build. Then the answer says that the issue is being read.
_READY_TIMEOUT_S, _READY_POLL_S = 3, 0.02
# A download waits this long for the check of the last save.
_DOWNLOAD_TIMEOUT_S = 20

_Result = TypeVar("_Result")
_Arguments = TypeVarTuple("_Arguments")


class IssueBuilder:
    """The state of every issue of a project.

    One thread builds and checks, so that the server can answer at any time; everything else happens in the event loop.
    Saved issues come first, then the issue that somebody looks at. Of each issue, the first edition comes first, then
    its check, then the other editions, which few people look at. A save interrupts a check.
    """

    def __init__(self, root: Path, on_change: Callable[[IssueState], None], has_viewers: Callable[[], bool]) -> None:
        """Create a builder that knows no issue yet.

        Args:
            root: the project's folder.
            on_change: is called with each new state of an issue.
            has_viewers: whether any browser window is open, which shows a new page at once.
        """
        self.root = root
        self.states: dict[str, IssueState] = {}
        self.files = Snapshot()
        self.project_state = ProjectState(Project(root))
        self._on_change, self._has_viewers = on_change, has_viewers
        self._project_is_outdated = True
        self._queue = BuildQueue()
        self._building = ""
        self._is_reloading = False
        self._is_frozen = False
        self._wake = asyncio.Event()
        # Versions start at the time, so that a later preview has higher ones: windows that stay open then update.
        self.version = time.time_ns() // 1_000_000
        # One thread and not a pool, because each thread keeps memory of its own.
        self._thread = ThreadPoolExecutor(1, "build")

    def path_of(self, slug: str) -> Path:
        """Return the path of an issue's file."""
        return self.root / "issues" / f"{slug}.yaml"

    def prioritise(self, slug: str) -> None:
        """Build an issue before the others, because somebody looks at it."""
        self._queue.prioritise(slug)
        self._forget_deleted()

    async def ready(self, slug: str) -> IssueState | None:
        """Return the state of an issue once it is built, or after a few seconds; None if there is no such issue."""
        end = time.monotonic() + _READY_TIMEOUT_S
        while (state := self.states.get(slug)) and not (state.edition or state.problems) and time.monotonic() < end:
            await asyncio.sleep(_READY_POLL_S)
        return replace(state, is_pending=self._is_pending(slug)) if state else None

    async def up_to_date(self, slug: str) -> IssueState | None:
        """Return the state of an issue as its file is now, once it is built and checked or after a few seconds.

        Without this, somebody who downloads an email right after a save would get an older one. None if there is no
        such issue.
        """
        await self.rescan()
        end = time.monotonic() + _DOWNLOAD_TIMEOUT_S
        while (state := await self.ready(slug)) and is_busy(state) and time.monotonic() < end:
            await asyncio.sleep(_READY_POLL_S)
        return state

    async def project_is_read(self) -> ProjectState:
        """Return what all issues share, once it is read for the first time."""
        while not (self.project_state.brand or self.project_state.problems):
            await asyncio.sleep(_READY_POLL_S)
        return self.project_state

    async def in_thread(self, function: Callable[[*_Arguments], _Result], *arguments: *_Arguments) -> _Result:
        """Call a function in the thread that builds, and return its result: nothing is built meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    async def wait_until_checked(self, slug: str, source: str) -> None:
        """Wait until a text of an issue is built and checked, but only for a few seconds."""
        end = time.monotonic() + _READY_TIMEOUT_S
        while (state := self.states.get(slug)) and not (state.is_checked and state.source == source):
            if time.monotonic() > end:
                return
            await asyncio.sleep(_READY_POLL_S)

    def page_was_fetched(self) -> None:
        """Continue to build: a browser has asked for the provisional page."""
        self._wake.set()

    async def rescan(self, touched: Iterable[Path] = ()) -> None:
        """Find out which files have changed, and queue the issues that depend on them.

        Args:
            touched: files that were certainly saved, even if they look the same as before.
        """
        before, now = self.files, await asyncio.to_thread(take_snapshot, self.root)
        changed = now.changed_paths(before) | {path for path in touched if path in now.files}
        if (
            any(role_of(path, self.root) in ("template", "settings") for path in changed)
            or now.external_links != before.external_links
        ):
            self._project_is_outdated = True
        issues = {path.stem for path in now.issues(self.root)}
        for slug in sorted(self.states.keys() - issues):
            self._mark_deleted(slug, now.new_path(self.path_of(slug), before))
        for slug in sorted(issues - self.states.keys()):
            self.states[slug] = IssueState(slug, f"issues/{slug}.yaml", root=self.root, version=self._next_version())
        named = {name for path in changed if (name := name_in_issues(path, self.root))}
        # The same issue in another language has another ending: `winter.cy` and `winter` link to each other.
        saved = {path.stem.partition(".")[0] for path in changed if role_of(path, self.root) == "issue"}
        for slug in sorted(issues):
            if slug.partition(".")[0] in saved or self._depends_on(slug, named):
                self._queue.save(slug)
        for path in changed:
            if role_of(path, self.root) in ("outbox", "notes"):
                # Pages show when these were written. Those of an unfinished issue have no underscore in their names.
                self.announce(path.stem)
                self.announce(f"_{path.stem}")
        self._forget_deleted()
        # This comes last: if anything above fails, the next scan finds the same changes again.
        self.files = now
        if changed or now.external_links != before.external_links:
            self._wake.set()

    async def run(self) -> None:
        """Do the work in the queue, without end."""
        while True:
            self._wake.clear()
            self._building, self._is_reloading = "", False
            if self._project_is_outdated:
                await self._reload_project()
            elif self._queue.saved:
                await self._build(self._queue.saved.pop(0), is_saved=True)
            elif self._queue.unchecked:
                await self._check(self._queue.unchecked.pop(0))
            elif self._queue.others:
                await self._build(self._queue.others.pop(0))
            elif self._queue.unfinished:
                await self._finish(self._queue.unfinished.pop(0))
            else:
                self._freeze_objects()
                await self._wake.wait()

    def _is_pending(self, slug: str) -> bool:
        """Check whether something was saved that the state of an issue does not have yet."""
        waiting = (*self._queue.saved, *self._queue.others, self._building)
        return self._project_is_outdated or self._is_reloading or slug in waiting

    def close(self) -> None:
        """Stop, without waiting for the current build."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _reload_project(self) -> None:
        """Read again what all issues share, then build every issue."""
        self._project_is_outdated, self._is_reloading = False, True
        loop = asyncio.get_running_loop()
        self.project_state = await loop.run_in_executor(
            self._thread, read_project_state, self.root, self.files.external_links, self.project_state.own
        )
        self._queue.restart(path.stem for path in reversed(self.files.issues(self.root)))

    async def _build(self, slug: str, is_saved: bool = False) -> None:
        self._building = slug
        loop, is_awaited = asyncio.get_running_loop(), is_saved and self._has_viewers()
        source, page = await loop.run_in_executor(self._thread, build_page, self.path_of(slug), self.project_state)
        now = datetime.now().astimezone()
        if isinstance(page, PageBuild):
            if is_awaited and self._may_show_provisional(slug, page):
                self._show_build(slug, source, provisional=ProvisionalPage(page, now), saved_at=now)
                await asyncio.sleep(_EVENT_S)
                parts_of(page)  # while the browser asks for the page, which needs them
                if await self._woken_within(_REQUEST_WAIT_S):
                    await self._woken_within(_PAINT_WAIT_S)
            result = await loop.run_in_executor(self._thread, build_edition, page)
        else:
            result = page
        if self.path_of(slug) not in self.files.files:
            return
        if isinstance(result, Edition):
            self._queue.unchecked.insert(0, slug)
            kinds = result.brand.editions
            others = tuple(other for other in self.states[slug].others if other.kind in kinds[1:])
            self._show_build(
                slug,
                source,
                edition=result,
                provisional=None,
                kinds=kinds,
                others=others,
                built_at=now,
                saved_at=now,
            )
            if is_awaited:
                await self._woken_within(_PAINT_WAIT_S)
            return
        if is_saved:
            await self._woken_within(_PARTIAL_SAVE_WAIT_S)
        if slug not in self._queue.saved and self.path_of(slug) in self.files.files:
            self._change(
                slug,
                provisional=None,
                problems=errors_first(result),
                source=source,
                is_outdated=self.states[slug].edition is not None,
                saved_at=now,
            )

    async def _check(self, slug: str) -> None:
        """Check the first edition, because its problems are most of the problems of all editions."""
        edition = self._edition(slug)
        # Whether an `allow` is unused is only known once all editions are there.
        ignore = ["allow"] if edition.brand.editions[1:] else []
        report = await self._unless_superseded(
            check_in_steps, [edition], self.project_state, self._is_superseded, ignore
        )
        if self._is_latest(slug, edition):
            if report is None:
                self._queue.unchecked.append(slug)
            else:
                self._queue.unfinished.insert(0, slug)
                self._change(slug, report=report, problems=errors_first(report.problems))

    async def _finish(self, slug: str) -> None:
        """Build the other editions and the web version, and check all editions."""
        first, project_state = self._edition(slug), self.project_state
        kinds, report = first.brand.editions[1:], self.states[slug].report
        results = [await self._unless_superseded(build_other_edition, first, kind, project_state) for kind in kinds]
        web = await self._unless_superseded(build_web_version, first, project_state)
        others = tuple(result for result in results if isinstance(result, Edition))
        if kinds:
            editions = [first, *others]
            report = await self._unless_superseded(check_in_steps, editions, project_state, self._is_superseded)
        if not self._is_latest(slug, first):
            return
        if report is None or web is None or None in results:
            self._queue.unfinished.append(slug)
            return
        if not isinstance(web, tuple):
            report = await self.in_thread(with_web_problems, report, first, web, project_state)
        problems: dict[str, tuple[Problem, ...]] = dict.fromkeys(first.brand.editions, ())
        problems |= {kind: result for kind, result in zip(kinds, results, strict=True) if isinstance(result, tuple)}
        state = self.states[slug]
        self._change(
            slug,
            # An edition that cannot be built keeps its last good page.
            others=others + tuple(other for other in state.others if problems[other.kind]),
            web=state.web if isinstance(web, tuple) else web,
            others_built_at=datetime.now().astimezone(),
            report=report,
            problems=errors_first(
                [*report.problems, *merge_by_edition(problems), *(web if isinstance(web, tuple) else ())]
            ),
            all_editions_built=True,
        )

    async def _unless_superseded(
        self, function: Callable[[*_Arguments], _Result], *arguments: *_Arguments
    ) -> _Result | None:
        if self._is_superseded():
            return None
        return await self.in_thread(function, *arguments)

    def _edition(self, slug: str) -> Edition:
        edition = self.states[slug].edition
        assert edition is not None, "only an issue with an edition is checked"
        return edition

    def _is_superseded(self) -> bool:
        """Check whether something else was saved meanwhile: the newest save comes first."""
        return bool(self._queue.saved or self._project_is_outdated)

    def _is_latest(self, slug: str, edition: Edition) -> bool:
        """Check whether an edition is the newest. The problems of an older one do not belong beside a newer page."""
        state = self.states.get(slug)
        return bool(state and state.edition is edition and not state.is_outdated and slug not in self._queue.saved)

    def _freeze_objects(self) -> None:
        """Exclude all objects from garbage collection, once everything is built for the first time.

        By then, everything is imported and cached that a preview needs. Python's garbage collector would look at all
        of it again and again. For one save in ten, that takes as long as the build itself.
        """
        if not self._is_frozen and self.states:
            self._is_frozen = True
            gc.collect()
            gc.freeze()

    async def _woken_within(self, seconds: float) -> bool:
        """Wait until there is something to do, or until the time is over. Return whether there is something to do."""
        self._wake.clear()
        if self._is_superseded():
            return True
        try:
            return await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return False

    def _mark_deleted(self, slug: str, moved: Path | None) -> None:
        """Remove an issue without a file from the list. Windows that show it keep its last good page."""
        state = self.states[slug]
        if not state.is_deleted:
            self._queue.cancel(slug)
            self._put(mark_deleted(state, self.project_state.project.name_of(moved) if moved else ""))

    def _forget_deleted(self) -> None:
        for slug in forgettable(self.states.values(), self._queue.recent):
            del self.states[slug]

    def _depends_on(self, slug: str, names: set[str]) -> bool:
        """Check whether an issue depends on one of these pictures and snippets. With errors, it may depend on any."""
        state = self.states[slug]
        return bool(names) and (state.edition is None or state.is_outdated or any(map(state.mentions, names)))

    def _may_show_provisional(self, slug: str, page: PageBuild) -> bool:
        """Check whether a page may be shown before its edition is complete: only if it replaces a page without errors.

        An issue that could not be built may have the same problems still. They stay until the build has succeeded.
        """
        state, has_file = self.states[slug], self.path_of(slug) in self.files.files
        is_good = state.edition is not None and state.edition.kind == page.kind and not state.is_outdated
        return has_file and is_good and page.has_page

    def announce(self, slug: str, **changes: object) -> None:
        """Send a new version of an issue, if there is one: something beside its text has changed."""
        if slug in self.states:
            self._change(slug, **changes)

    def _show_build(self, slug: str, source: str, **changes: object) -> None:
        """Show a new build. The problems of the last check stay until the next one, because most are still true."""
        before = self.states[slug]
        problems = before.problems if before.edition and not before.is_outdated else ()
        self._change(
            slug,
            report=None,
            problems=problems,
            source=source,
            is_outdated=False,
            all_editions_built=False,
            settings=self.project_state.settings or Settings(),
            **changes,
        )

    def _change(self, slug: str, **changes: object) -> None:
        self._put(replace(self.states[slug], **changes))  # type: ignore[arg-type]

    def _put(self, state: IssueState) -> None:
        self.states[state.slug] = replace(state, version=self._next_version())
        self._on_change(self.states[state.slug])

    def _next_version(self) -> int:
        self.version += 1
        return self.version

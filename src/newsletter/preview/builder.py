"""Keeps each issue of a project as it is now, and makes it anew when a file that it depends on is saved."""

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

from newsletter.edition import Edition, PageBuild
from newsletter.edition_kinds import EditionKind
from newsletter.preview.gone import forgettable, is_deleted, mark_deleted
from newsletter.preview.issue_state import IssueState, ProvisionalPage, errors_first
from newsletter.preview.make import make_edition, make_other_page, make_page, make_report, make_web
from newsletter.preview.project_state import ProjectState, read_project_state
from newsletter.preview.queue import BuildQueue
from newsletter.preview.snapshot import Snapshot, role_of, take_snapshot
from newsletter.problems import Problem, merge_by_edition
from newsletter.project import Project

# So long after a page is drawn a browser asks for it, if somebody looks at the email and not at another view; and so
# long it takes to show what it asked for, while what is made next would only get in its way. A newer save ends both.
_ASKED_S, _BREATH_S = 0.05, 0.15
# So long a broken save is kept back, in case it is the first half of a whole one.
_HALF_SAVED_S = 0.1
# A page is answered after 3 seconds at the latest, if only to say that it is being made.
_PATIENCE, _LOOK_AGAIN_S = 150, 0.02

_Made = TypeVar("_Made")
_Arguments = TypeVarTuple("_Arguments")


class IssueBuilder:
    """Every issue of a project.

    One thread builds and checks, so that the server goes on answering: first what was saved, then what is being looked
    at; and of each issue first one edition, then its check, then the other editions, which only few look at. A save
    waits for none of this: a check ends when it comes. Everything else happens in the event loop.
    """

    def __init__(self, root: Path, tell: Callable[[IssueState], None], is_watched: Callable[[], bool]) -> None:
        """Begin with nothing on it.

        Args:
            root: the project's folder.
            tell: is called with each new state of an issue.
            is_watched: tells whether anybody would see a new page at once.
        """
        self.root = root
        self.states: dict[str, IssueState] = {}
        self.files = Snapshot()
        self.project_state = ProjectState(Project(root))
        self._tell, self._is_watched = tell, is_watched
        self._project_is_outdated = True
        self._queues = BuildQueue()
        self._is_settled = False
        self._wake = asyncio.Event()
        # A later preview has higher numbers, so that a window that was left open sees that its page is an old one.
        self.version = time.time_ns() // 1_000_000
        # One thread and not a pool: with more, the memory of each would be kept for its own use.
        self._thread = ThreadPoolExecutor(1, "build")

    def path_of(self, slug: str) -> Path:
        """Give an issue's file."""
        return self.root / "issues" / f"{slug}.yaml"

    def prioritise(self, slug: str) -> None:
        """Make this one before the others: somebody is looking at it."""
        self._queues.prioritise(slug)
        self._forget_deleted()

    async def ready(self, slug: str) -> IssueState | None:
        """Give an issue, once it has been looked at, but wait no longer than a reader would."""
        for _ in range(_PATIENCE):
            shown = self.states.get(slug)
            if shown is None or shown.edition or shown.problems:
                break
            await asyncio.sleep(_LOOK_AGAIN_S)
        return self.states.get(slug)

    def page_was_fetched(self) -> None:
        """Go on making: a page that was waited for is fetched."""
        self._wake.set()

    async def rescan(self, touched: Iterable[Path] = ()) -> None:
        """Find out what has changed.

        Args:
            touched: files that were saved for certain, even if they look as before.
        """
        before, now = self.files, await asyncio.to_thread(take_snapshot, self.root)
        changed = now.changed(before) | {path for path in touched if path in now.files}
        if (
            any(role_of(path, self.root) in ("template", "settings") for path in changed)
            or now.external_links != before.external_links
        ):
            self._project_is_outdated = True
        issues = {path.stem for path in now.issues(self.root)}
        for slug in sorted(self.states.keys() - issues):
            self._mark_deleted(slug, now.moved(self.path_of(slug), before))
        for slug in sorted(issues - self.states.keys()):
            self.states[slug] = IssueState(slug, f"issues/{slug}.yaml", version=self._next_version())
        pictures = {path.name for path in changed if role_of(path, self.root) == "picture"}
        for slug in sorted(issues):
            if self.path_of(slug) in changed or self._may_show(slug, pictures):
                self._queues.save(slug)
        for path in changed:
            if role_of(path, self.root) == "outbox":
                self._rendered(path.stem)
        self._forget_deleted()
        # Last, so that what a fault of our own kept from being noted is noted at the next look.
        self.files = now
        if changed or now.external_links != before.external_links:
            self._wake.set()

    async def run(self) -> None:
        """Make what has to be made, for ever."""
        while True:
            self._wake.clear()
            if self._project_is_outdated:
                await self._renew()
            elif self._queues.saved:
                await self._build(self._queues.saved.pop(0), is_saved=True)
            elif self._queues.unchecked:
                await self._check(self._queues.unchecked.pop(0))
            elif self._queues.others:
                await self._build(self._queues.others.pop(0))
            elif self._queues.unfinished:
                await self._finish(self._queues.unfinished.pop(0))
            else:
                self._settle_down()
                await self._wake.wait()

    def close(self) -> None:
        """Stop; what is being made at this moment is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _renew(self) -> None:
        """Read anew what all issues share, and then make each of them."""
        self._project_is_outdated = False
        loop = asyncio.get_running_loop()
        self.project_state = await loop.run_in_executor(
            self._thread, read_project_state, self.root, self.files.external_links, self.project_state.own
        )
        self._queues.restart(path.stem for path in reversed(self.files.issues(self.root)))

    async def _build(self, slug: str, is_saved: bool = False) -> None:
        loop, is_awaited = asyncio.get_running_loop(), is_saved and self._is_watched()
        source, made = await loop.run_in_executor(self._thread, make_page, self.path_of(slug), self.project_state)
        when = datetime.now().astimezone()
        if isinstance(made, PageBuild):
            if is_awaited and self._may_show_provisional(slug, made):
                self._show_new(slug, source, provisional=ProvisionalPage(made, when), saved=when)
                if await self._woken_within(_ASKED_S):
                    await self._woken_within(_BREATH_S)
            made = await loop.run_in_executor(self._thread, make_edition, made)
        if self.path_of(slug) not in self.files.files:
            return
        if isinstance(made, Edition):
            self._queues.unchecked.insert(0, slug)
            kinds = made.brand.editions
            others = tuple(other for other in self.states[slug].others if other.kind in kinds[1:])
            self._show_new(
                slug, source, edition=made, provisional=None, kinds=kinds, others=others, built=when, saved=when
            )
            if is_awaited:
                await self._woken_within(_BREATH_S)
            return
        if is_saved:
            await self._woken_within(_HALF_SAVED_S)
        if slug not in self._queues.saved and self.path_of(slug) in self.files.files:
            is_stale = self.states[slug].edition is not None
            self._show(
                slug, provisional=None, problems=errors_first(made), source=source, is_outdated=is_stale, saved=when
            )

    async def _check(self, slug: str) -> None:
        """Check the first edition, so that what is wrong with most of them is soon known."""
        edition = self._edition(slug)
        # Only when all editions are there is it known which permissions are needed by none of them.
        ignore = ["allow"] if edition.brand.editions[1:] else []
        report = await self._unless_superseded(make_report, [edition], self.project_state, self._is_superseded, ignore)
        if self._is_latest(slug, edition):
            if report is None:
                self._queues.unchecked.append(slug)
            else:
                self._queues.unfinished.insert(0, slug)
                self._show(slug, report=report, problems=errors_first(report.problems))

    async def _finish(self, slug: str) -> None:
        """Make the other editions and the web version, and check all editions."""
        first, house = self._edition(slug), self.project_state
        kinds, report = first.brand.editions[1:], self.states[slug].report
        made = [await self._other(slug, first, kind) for kind in kinds]
        web = await self._unless_superseded(make_web, first, house)
        others = tuple(other for other in made if isinstance(other, Edition))
        if kinds:
            report = await self._unless_superseded(make_report, [first, *others], house, self._is_superseded)
        if not self._is_latest(slug, first):
            return
        if report is None or web is None or None in made:
            self._queues.unfinished.append(slug)
            return
        found: dict[str, tuple[Problem, ...]] = dict.fromkeys(first.brand.editions, ())
        found |= {kind: other for kind, other in zip(kinds, made, strict=True) if isinstance(other, tuple)}
        shown = self.states[slug]
        self._show(
            slug,
            # Of what cannot be made now, the last good one stays.
            others=others + tuple(other for other in shown.others if found[other.kind]),
            web=shown.web if isinstance(web, tuple) else web,
            others_built=datetime.now().astimezone(),
            report=report,
            problems=errors_first(
                [*report.problems, *merge_by_edition(found), *(web if isinstance(web, tuple) else ())]
            ),
            all_editions_built=True,
        )

    async def _other(self, slug: str, first: Edition, kind: EditionKind) -> Edition | tuple[Problem, ...] | None:
        """Make another edition of an issue; None if it was overtaken."""
        drawn = await self._unless_superseded(make_other_page, first, kind, self.path_of(slug), self.project_state)
        return await self._unless_superseded(make_edition, drawn) if isinstance(drawn, PageBuild) else drawn

    async def _unless_superseded(self, make: Callable[[*_Arguments], _Made], *arguments: *_Arguments) -> _Made | None:
        if self._is_superseded():
            return None
        return await asyncio.get_running_loop().run_in_executor(self._thread, make, *arguments)

    def _edition(self, slug: str) -> Edition:
        edition = self.states[slug].edition
        assert edition is not None, "only what was built is checked"
        return edition

    def _is_superseded(self) -> bool:
        """Whether something was saved since: newest save wins."""
        return bool(self._queues.saved or self._project_is_outdated)

    def _is_latest(self, slug: str, edition: Edition) -> bool:
        """Whether an edition is what is saved now: what was found in an older one would be shown beside the newer."""
        shown = self.states.get(slug)
        return bool(shown and shown.edition is edition and not shown.is_outdated and slug not in self._queues.saved)

    def _settle_down(self) -> None:
        """When everything was made for the first time, take it out of the collector's rounds.

        By then all that a preview ever imports and keeps is there; to walk through it again and again, as Python's
        collector does, holds up one save in ten by as much as its build takes.
        """
        if not self._is_settled and self.states:
            self._is_settled = True
            gc.collect()
            gc.freeze()

    async def _woken_within(self, seconds: float) -> bool:
        """Wait until there is something to do, but not longer; tell whether there is."""
        self._wake.clear()
        if self._is_superseded():
            return True
        try:
            return await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return False

    def _mark_deleted(self, slug: str, moved: Path | None) -> None:
        """Take an issue whose file is gone off the list; windows that have it open keep its last good page."""
        shown = self.states[slug]
        if not is_deleted(shown):
            self._queues.cancel(slug)
            self._put(mark_deleted(shown, self.project_state.project.name_of(moved) if moved else ""))

    def _forget_deleted(self) -> None:
        for slug in forgettable(self.states.values(), self._queues.last_wanted):
            del self.states[slug]

    def _may_show(self, slug: str, pictures: set[str]) -> bool:
        """Whether an issue depends on one of these pictures. One that is broken may be waiting for any of them."""
        shown = self.states[slug]
        return bool(pictures) and (shown.is_outdated or any(map(shown.shows, pictures)))

    def _may_show_provisional(self, slug: str, drawn: PageBuild) -> bool:
        """Whether a page is shown before its edition is whole: in the place of a good one of its kind.

        What was broken may be so still, and what is said of it has to stay until that is known.
        """
        shown, is_there = self.states[slug], self.path_of(slug) in self.files.files
        is_good = shown.edition is not None and shown.edition.kind == drawn.kind and not shown.is_outdated
        return is_there and is_good and drawn.has_page

    def _rendered(self, name: str) -> None:
        for slug in (name, f"_{name}"):
            if slug in self.states:
                self._show(slug)

    def _show_new(self, slug: str, source: str, **changes: object) -> None:
        """Show what was made of a save. Until the check has looked, what it found before stays: most is still true."""
        before = self.states[slug]
        problems = before.problems if before.edition and not before.is_outdated else ()
        self._show(
            slug, report=None, problems=problems, source=source, is_outdated=False, all_editions_built=False, **changes
        )

    def _show(self, slug: str, **changes: object) -> None:
        self._put(replace(self.states[slug], **changes))  # type: ignore[arg-type]

    def _put(self, shown: IssueState) -> None:
        self.states[shown.slug] = replace(shown, version=self._next_version())
        self._tell(self.states[shown.slug])

    def _next_version(self) -> int:
        self.version += 1
        return self.version

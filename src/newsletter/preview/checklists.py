"""The checklist of an issue before it is sent, as `newsletter ready` lists it, for the preview's pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from newsletter.edition import Edition
from newsletter.outbox import message_name
from newsletter.preview.download_check import is_busy, reason_against_download
from newsletter.preview.issue_state import IssueState
from newsletter.preview.snapshot import FileStat
from newsletter.problems import blocking
from newsletter.project import STATE_FOLDER, Project
from newsletter.ready.checklist import build_checklist, checklist_of_errors
from newsletter.ready.context import ReadyContext
from newsletter.ready.item import Checklist


def editions_of(state: IssueState) -> tuple[Edition, ...]:
    """Return the editions of an issue that are built, the first one first."""
    editions = {edition.kind: edition for edition in (state.edition, *state.others) if edition}
    return tuple(editions[kind] for kind in state.kinds if kind in editions)


def why_no_task(state: IssueState) -> str:
    """Return the sentence that says why no task can be started for an issue as it is saved; empty if one can."""
    return reason_against_download(state) if is_busy(state) or state.is_outdated or blocking(state.problems) else ""


def checklist_of(state: IssueState) -> Checklist | None:
    """Return the list for an issue; None before anything is known about it."""
    if state.edition is None or state.is_outdated:
        return checklist_of_errors(state.slug, state.file, state.problems) if state.problems else None
    context = ReadyContext(
        editions_of(state),
        state.web,
        state.settings,
        state.problems,
        frozenset(state.report.ran if state.report else ()),
        Project(state.root),
        state.root / "outbox",
        datetime.date.today(),
        is_checked=not is_busy(state),
    )
    results, addresses = state.tasks.link_results, {*context.links, *context.uploads.values()}
    # A link that was written since then was not tried.
    return build_checklist(replace(context, link_results=results if results and addresses <= results.keys() else None))


class OpenItems:
    """The number of items that are to do for each issue without problems. It is counted again if a file changes."""

    def __init__(self) -> None:
        """Create it without numbers."""
        self._known: dict[str, tuple[object, int | None]] = {}

    def of(self, state: IssueState, files: Mapping[Path, FileStat]) -> int | None:
        """Return the number of items to do for an issue that is built and checked, and has no problems.

        Args:
            state: the issue.
            files: the files of the project.

        Returns:
            The number; None if the date of the issue has passed. Then it was sent, or there is more to do than items.
        """
        today = datetime.date.today()
        if state.edition is None or state.edition.issue.date < today:
            return None
        slug, outbox = state.edition.issue.slug, state.root / "outbox"
        paths = [outbox / message_name(slug, kind) for kind in state.kinds]
        paths.append(state.root / STATE_FOLDER / f"{slug}.json")
        stamp = (state.version, today, *map(files.get, paths))
        known, number = self._known.get(state.slug, (None, None))
        if known != stamp:
            checklist = checklist_of(state)
            number = sum(item.state == "to-do" for item in checklist.items) if checklist else None
            self._known[state.slug] = stamp, number
        return number

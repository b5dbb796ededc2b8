"""What is still to be done before the issue is sent, as `newsletter ready` lists it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from newsletter.preview.download_gate import is_busy, obstacle
from newsletter.preview.issue_state import IssueState
from newsletter.project import Project
from newsletter.ready.checklist import checklist, groups, stopped, verdict
from newsletter.ready.context import ReadyContext
from newsletter.ready.item import STATES, Checklist
from newsletter.ready.notes import words_digest

TITLE = "Before you send"


def context(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the result as a sentence, the points by their state, and the SHA-256 of the words for the form.

    There are no points before anything is known.
    """
    points = _checklist(state)
    is_known = state.edition is not None and not state.is_outdated and not is_busy(state)
    by_state = groups(points) if points else []
    return {
        "seen": words_digest(state.edition) if state.edition else "",
        "verdict": verdict(points) if points and is_known else obstacle(state),
        "groups": [(STATES[each], each, items) for each, items in by_state],
    }


def _checklist(state: IssueState) -> Checklist | None:
    if state.edition is None or state.is_outdated:
        return stopped(state.slug, state.file, state.problems) if state.problems else None
    editions = {edition.kind: edition for edition in (state.edition, *state.others)}
    return checklist(
        ReadyContext(
            tuple(editions[kind] for kind in state.kinds if kind in editions),
            state.problems,
            frozenset(state.report.ran if state.report else ()),
            Project(state.root),
            state.root / "outbox",
            datetime.date.today(),
            is_checked=not is_busy(state),
        )
    )

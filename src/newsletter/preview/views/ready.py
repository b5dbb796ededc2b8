"""The checklist before the issue is sent, as `newsletter ready` lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newsletter.preview.checklists import checklist_of, why_no_task
from newsletter.preview.download_check import is_busy, reason_against_download
from newsletter.preview.issue_state import IssueState
from newsletter.preview.tasks import Task, TaskName
from newsletter.ready.checklist import groups, ready_verdict
from newsletter.ready.item import STATES, ChecklistItem
from newsletter.ready.notes import words_digest

TITLE = "Before you send"


_BUTTONS: Mapping[str, tuple[TaskName, str]] = MappingProxyType(
    {
        "links-open": ("links", "Try the links now"),
        "audit": ("audit", "Audit it now"),
        "rendered": ("render", "Render it now"),
    }
)
"""The task that does what an item asks for, and the words of its button."""


def item_of(task: TaskName) -> str:
    """Return the id of the item that a task is for."""
    return next(item for item, (name, _) in _BUTTONS.items() if name == task)


@dataclass(frozen=True)
class Action:
    """A task that can be started at an item: its name, the words of its button, and how the latest one went."""

    name: TaskName
    label: str
    latest: Task | None
    is_needed: bool
    """Whether the item is not done yet."""


def template_variables(state: IssueState, query: Mapping[str, str]) -> dict[str, object]:
    """Return the result as a sentence, the items by their state, what can be started, and the SHA-256 for the form.

    There are no items before anything is known.
    """
    checklist = checklist_of(state)
    is_known = state.edition is not None and not state.is_outdated and not is_busy(state)
    by_state = groups(checklist) if checklist else []
    return {
        "read_words": words_digest(state.edition) if state.edition else "",
        "verdict": ready_verdict(checklist) if checklist and is_known else reason_against_download(state),
        "groups": [(STATES[each], each, items) for each, items in by_state],
        "actions": {
            item.id: _action(state, item) for item in (checklist.items if checklist else ()) if item.id in _BUTTONS
        },
        "stopping": "" if is_busy(state) else why_no_task(state),
    }


def _action(state: IssueState, item: ChecklistItem) -> Action:
    name, label = _BUTTONS[item.id]
    return Action(name, label, state.tasks.of(name, state.source), item.state in ("to-do", "decide"))

"""The checklist of one issue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from newsletter.english import count
from newsletter.problems import Problem
from newsletter.ready.content_items import (
    brand_item,
    dates_item,
    errors_item,
    links_item,
    merge_fields_item,
    preheader_item,
    problems_item,
    size_item,
    subject_item,
)
from newsletter.ready.context import ReadyContext
from newsletter.ready.delivery_items import links_open_item, outbox_item, reader_addresses_item, uploads_item
from newsletter.ready.item import STATES, Checklist, ChecklistItem, ItemState
from newsletter.ready.people_items import audit_item, second_reader_item

_ITEMS: tuple[Callable[[ReadyContext], ChecklistItem | None], ...] = (
    problems_item,
    subject_item,
    preheader_item,
    merge_fields_item,
    dates_item,
    links_item,
    links_open_item,
    brand_item,
    size_item,
    audit_item,
    second_reader_item,
    outbox_item,
    uploads_item,
    reader_addresses_item,
)
"""In the order in which an editor can do them: each change of the words before the audit makes that necessary again."""


def build_checklist(context: ReadyContext) -> Checklist:
    """Return the list for an issue that can be built."""
    issue = context.issue
    return Checklist(issue.slug, issue.file.name, tuple(filter(None, (item(context) for item in _ITEMS))))


def checklist_of_errors(slug: str, file: str, reasons: Sequence[Problem]) -> Checklist:
    """Return the list for an issue that cannot be built: the other items are not known yet.

    Args:
        slug: the issue.
        file: the name of its file.
        reasons: what stops it.
    """
    item = errors_item(reasons, file)
    return Checklist(slug, file, (replace(item, why=f"{item.why} The other points appear when it can be built."),))


def groups(checklist: Checklist) -> list[tuple[ItemState, list[ChecklistItem]]]:
    """Return the items by their state, what is to do first. States without an item are left out."""
    by_state = ((state, [item for item in checklist.items if item.state == state]) for state in STATES)
    return [(state, group) for state, group in by_state if group]


def ready_verdict(checklist: Checklist) -> str:
    """Return the result as a sentence, such as "2 points to do, 1 for you to decide."."""
    numbers = {state: len(group) for state, group in groups(checklist)}
    to_do, decide = numbers.get("to-do", 0), numbers.get("decide", 0)
    result = f"{count(to_do, 'point')} to do" if to_do else "Ready to send"
    return f"{result}, {decide} for you to decide." if decide else f"{result}."

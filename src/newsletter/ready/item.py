"""One item of the checklist, and the checklist of an issue. The words that editors see call an item a point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ItemState = Literal["to-do", "decide", "done", "not-needed"]

STATES: Mapping[ItemState, str] = MappingProxyType(
    {"to-do": "To do", "decide": "For you to decide", "done": "Done", "not-needed": "Not needed"}
)
"""The states in words, in the order in which they are listed. Only `to-do` means that something is missing."""


@dataclass(frozen=True)
class ChecklistItem:
    """One item: a question, its state, one sentence that says why, and what to do."""

    id: str
    question: str
    state: ItemState
    why: str
    hint: str = ""
    """What to do; empty if nothing is to do. Commands are between backticks."""


@dataclass(frozen=True)
class Checklist:
    """The items of one issue, in the order in which an editor can do them."""

    slug: str
    file: str
    items: tuple[ChecklistItem, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is to do."""
        return all(item.state != "to-do" for item in self.items)

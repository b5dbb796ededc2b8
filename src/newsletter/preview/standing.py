"""How an issue stands, in a few words: for the line that stays in sight, and for those who hear it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Literal, NamedTuple

from newsletter.english import count, join
from newsletter.preview.gone import is_deleted
from newsletter.preview.issue_state import IssueState
from newsletter.problems import Severity

Mark = Literal["error", "warning", "fine", "busy"]


class Status(NamedTuple):
    """How an issue stands: "2 warnings", "Updated at", "22:50:07"."""

    mark: Mark
    state: str
    event: str = ""
    """What happened last; "" before anything has."""
    time: str = ""
    """When that was. To the second, so that no two saves are told in the same words."""
    page: str = ""
    """What page is looked at, when it is not of what is saved."""

    @property
    def text(self) -> str:
        """All of it in sentences."""
        return " ".join(f"{part}." for part in (self.state, f"{self.event} {self.time}".strip(), self.page) if part)


def status(shown: IssueState) -> Status:
    """Tell how an issue stands, and what the last save has done."""
    mark, words = _mark(shown), sentence(state(shown))
    if shown.saved is None:
        return Status(mark, words)
    if shown.is_outdated and shown.built:
        event = "Gone since" if is_deleted(shown) else "Saved at"
        return Status(mark, words, event, clock(shown.saved), f"You still see the page of {clock(shown.built)}")
    if shown.edition is None:
        return Status(mark, words, "Saved at", clock(shown.saved), "There is no page yet")
    return Status(mark, words, "Updated at", clock(shown.saved))


def state(shown: IssueState) -> str:
    """Tell in a few words what is wrong: "2 errors and 1 warning"."""
    if not shown.is_checked:
        return "being checked" if shown.edition else "being read"
    severities = Counter(problem.severity for problem in shown.problems)
    kinds: tuple[Severity, ...] = ("error", "warning")
    return join(count(severities[kind], kind) for kind in kinds if severities[kind]) or "no problems"


def clock(when: datetime) -> str:
    """Give a time of day."""
    return f"{when:%H:%M:%S}"


def sentence(words: str) -> str:
    """Give words with a capital letter first."""
    return words[:1].upper() + words[1:]


def _mark(shown: IssueState) -> Mark:
    if not shown.is_checked:
        return "busy"
    severities = {problem.severity for problem in shown.problems}
    return "error" if "error" in severities else "warning" if severities else "fine"

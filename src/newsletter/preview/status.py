"""The status of an issue in a few words: for the bar that stays in view, and for screen readers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from newsletter.check.causes import to_do
from newsletter.preview.issue_state import IssueState

StatusMark = Literal["error", "warning", "fine", "busy"]


class PageStatus(NamedTuple):
    """The parts of a status, such as "2 to consider", "Updated at" and "22:50:07"."""

    mark: StatusMark
    summary: str
    event: str = ""
    """The last event; "" before there is any."""
    time: str = ""
    """The time of the event, to the second, so that no two saves have the same status."""
    page: str = ""
    """Which page is shown, if it is not that of the file as it is now."""

    @property
    def text(self) -> str:
        """The parts as sentences."""
        return " ".join(f"{part}." for part in (self.summary, f"{self.event} {self.time}".strip(), self.page) if part)


def status(state: IssueState) -> PageStatus:
    """Return the status of an issue, with the result of its last save."""
    mark, words = _mark(state), "Ready to send" if state.is_ready else sentence(status_summary(state))
    if state.saved_at is None:
        return PageStatus(mark, words)
    if state.is_outdated and state.built_at:
        event = "File missing since" if state.is_deleted else "Saved at"
        page = f"You are seeing the {clock(state.built_at)} version"
        return PageStatus(mark, words, event, clock(state.saved_at), page)
    if state.edition is None:
        return PageStatus(mark, words, "Saved at", clock(state.saved_at), "There is no page yet")
    return PageStatus(mark, words, "Updated at", clock(state.saved_at))


def status_summary(state: IssueState) -> str:
    """Return what is wrong in a few words, such as "2 to fix, 3 to consider", or what is still to be done."""
    if not state.is_checked:
        return "checking" if state.edition else "reading"
    return outstanding(state) or "no problems"


def outstanding(state: IssueState) -> str:
    """Return what there is to fix and to consider, as `to_do`.

    If the file cannot be built, no rule has run: there may be more to fix than what stops it.
    """
    words = to_do(state.problems)
    is_stopped = (state.edition is None or state.is_outdated) and not state.is_deleted
    return f"{words} first" if words and is_stopped else words


def clock(when: datetime) -> str:
    """Return a time of day, such as "22:50:07"."""
    return f"{when:%H:%M:%S}"


def sentence(words: str) -> str:
    """Return words with a capital first letter."""
    return words[:1].upper() + words[1:]


def _mark(state: IssueState) -> StatusMark:
    if not state.is_checked:
        return "busy"
    severities = {problem.severity for problem in state.problems}
    return "error" if "error" in severities else "warning" if severities else "fine"

"""Send changes to every open browser window, as server-sent events (HTML standard, section 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple

# A comment, which browsers ignore. Sending it shows whether the window is still open.
_KEEP_ALIVE = ": \n\n"
_KEEP_ALIVE_S = 15


class Events:
    """The open windows, and what is still to be sent to each. Of several changes to an issue, only the last is sent."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._is_closed = False

    @property
    def has_listeners(self) -> bool:
        """Whether any window is open."""
        return bool(self._listeners)

    def send_change(self, slug: str, version: int, text: str, stamp: str, is_provisional: bool) -> None:
        """Send a new version of an issue to every window.

        Args:
            slug: the issue.
            version: its version number.
            text: its status, in a sentence.
            stamp: the `v` of its email's address (see `IssueState.stamp`).
            is_provisional: whether only the email is new, so that windows may show it before the page around it.
        """
        for listener in self._listeners:
            listener.changes[slug] = _Change(slug, version, text, stamp, is_provisional)
            listener.wake.set()

    def send_notice(self, text: str) -> None:
        """Send a sentence to every window, whichever page it shows."""
        for listener in self._listeners:
            listener.notice = text
            listener.wake.set()

    def close(self) -> None:
        """End every stream, so that the server can end."""
        self._is_closed = True
        for listener in self._listeners:
            listener.wake.set()

    async def stream(self, versions: Mapping[str, int]) -> AsyncIterator[str]:
        """Yield the events for one window.

        Args:
            versions: the version of each issue, and of the list of issues under "". They are sent at once, so that a
                window that lost the connection sees what it missed.
        """
        listener = _Listener({slug: _Change(slug, version) for slug, version in versions.items()})
        listener.wake.set()
        self._listeners.add(listener)
        try:
            while not self._is_closed:
                try:
                    await asyncio.wait_for(listener.wake.wait(), _KEEP_ALIVE_S)
                except TimeoutError:
                    yield _KEEP_ALIVE
                    continue
                listener.wake.clear()
                if listener.notice:
                    yield f"event: notice\ndata: {json.dumps(listener.notice)}\n\n"
                    listener.notice = ""
                changes, listener.changes = listener.changes, {}
                for change in changes.values():
                    yield f"id: {change.version}\nevent: change\ndata: {json.dumps(change._asdict())}\n\n"
        finally:
            self._listeners.discard(listener)


class _Change(NamedTuple):
    slug: str
    version: int
    text: str = ""
    stamp: str = ""
    is_provisional: bool = False


class _Listener:
    def __init__(self, changes: dict[str, _Change]) -> None:
        self.changes = changes
        self.notice = ""
        self.wake = asyncio.Event()

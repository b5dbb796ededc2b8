"""Tell every open browser window what is new, as server-sent events (HTML standard, section 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping

# A comment that nobody reads: it finds out whether the window is still there.
_STILL_HERE = ": \n\n"
_SILENCE_S = 15


class Events:
    """Who listens, and what each of them has not been told yet: of many changes to one issue, only the last."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._is_closed = False

    @property
    def has_listeners(self) -> bool:
        """Whether anybody is looking."""
        return bool(self._listeners)

    def tell(self, slug: str, version: int, said: str, stamp: str) -> None:
        """Tell everyone that an issue has a new version, in a sentence what is new, and how old its email is."""
        for listener in self._listeners:
            listener.news[slug] = (version, said, stamp)
            listener.wake.set()

    def tell_all(self, words: str) -> None:
        """Say something to everyone, whatever they look at."""
        for listener in self._listeners:
            listener.words = words
            listener.wake.set()

    def close(self) -> None:
        """End every stream, so that the server can end."""
        self._is_closed = True
        for listener in self._listeners:
            listener.wake.set()

    async def stream(self, versions: Mapping[str, int]) -> AsyncIterator[str]:
        """Give what one window is told.

        Args:
            versions: of each issue, and of the list of issues under "", told at once: a window that lost the
                connection sees what it missed.
        """
        listener = _Listener({slug: (version, "", "") for slug, version in versions.items()})
        listener.wake.set()
        self._listeners.add(listener)
        try:
            while not self._is_closed:
                try:
                    await asyncio.wait_for(listener.wake.wait(), _SILENCE_S)
                except TimeoutError:
                    yield _STILL_HERE
                    continue
                listener.wake.clear()
                if listener.words:
                    yield f"event: told\ndata: {json.dumps(listener.words)}\n\n"
                    listener.words = ""
                news, listener.news = listener.news, {}
                for slug, (version, said, stamp) in news.items():
                    data = json.dumps({"slug": slug, "version": version, "said": said, "stamp": stamp})
                    yield f"id: {version}\nevent: shown\ndata: {data}\n\n"
        finally:
            self._listeners.discard(listener)


class _Listener:
    def __init__(self, news: dict[str, tuple[int, str, str]]) -> None:
        self.news = news
        self.words = ""
        self.wake = asyncio.Event()

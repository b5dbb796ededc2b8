"""Send messages through a relay: at its rate, over a few connections, and to each reader at most once."""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from newsletter.delivery.journal import DeliveryState, Entry
from newsletter.delivery.message_id import message_id
from newsletter.delivery.rate import Pace, Rate
from newsletter.delivery.smtp import RelayError, SmtpConnection

_BACKOFF_S = (5.0, 30.0, 120.0)
"""The seconds before each new attempt after the answer “not now”."""
_MOST_FAILURES = 10
"""How many messages in a row may fail. After that the fault is not the readers', and going on would make it worse."""
_PROGRESS_S = 0.2


class OutgoingMessage(NamedTuple):
    """A finished message, and the address that it is for."""

    recipient: str
    message: bytes


@dataclass
class DeliveryRun:
    """Where messages go, and where it is noted what becomes of them."""

    connections: Sequence[SmtpConnection]
    rate: Rate
    note: Callable[[Entry], None]
    """Stores an entry, in any thread. It returns once the entry is on the disk, because the message is sent next."""
    on_wait: Callable[[str], object] = lambda _: None
    """Takes a sentence if the relay takes nothing yet and the run waits, in any thread."""
    backoff: Sequence[float] = _BACKOFF_S
    results: Counter[DeliveryState] = field(default_factory=Counter, init=False)
    """The number of messages by their state."""
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _is_reached: bool = field(default=False, init=False)
    """Whether the relay has answered about a message, so that the settings are right."""
    _failures: int = field(default=0, init=False)
    _refused: list[Entry] = field(default_factory=list, init=False)
    """The refused ones among the failures."""

    def send(self, messages: Iterator[OutgoingMessage], on_progress: Callable[[], None]) -> None:
        """Send all messages. After Ctrl+C, only those that are on their way are completed.

        Args:
            messages: the finished messages. Each is made when a connection is free for it.
            on_progress: called a few times a second.

        Raises:
            RelayError: if the relay takes no more messages.
        """
        pace = Pace(self.rate, self._stopping.wait)
        futures: list[Future[None]] = []
        with ThreadPoolExecutor(len(self.connections)) as pool:
            try:
                for connection in self.connections:
                    futures.append(pool.submit(self._work, connection, messages, pace))
                while wait(futures, _PROGRESS_S).not_done:
                    on_progress()
            finally:
                self._stopping.set()
                _wait_patiently(futures)
        for future in futures:
            future.result()

    def _work(self, connection: SmtpConnection, messages: Iterator[OutgoingMessage], pace: Pace) -> None:
        try:
            while outgoing := self._next(messages):
                self._send_one(connection, outgoing, pace)
        except BaseException:
            self._stopping.set()
            raise
        finally:
            connection.close()

    def _next(self, messages: Iterator[OutgoingMessage]) -> OutgoingMessage | None:
        with self._lock:
            return None if self._stopping.is_set() else next(messages, None)

    def _send_one(self, connection: SmtpConnection, outgoing: OutgoingMessage, pace: Pace) -> None:
        identifier = message_id(outgoing.message)

        def note(state: DeliveryState, reason: str = "") -> Entry:
            time = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            entry = Entry(outgoing.recipient, state, reason, identifier, time)
            self.note(entry)
            return entry

        for delay in (*self.backoff, None):
            pace.wait()
            if self._stopping.is_set():
                return
            result = connection.deliver(outgoing.message, outgoing.recipient, lambda: note("sending"))
            entry = note(result.state, result.reason)
            if result.hint and not self._is_reached:
                raise RelayError(result.reason, result.hint)
            self._is_reached |= not result.concerns_all
            if result.state != "deferred" or delay is None:
                break
            if not self.results["accepted"]:
                self.on_wait(f"Not sent yet: {result.reason} Trying again in {delay:,.0f} seconds.")
            self._stopping.wait(delay)
        must_stop = self._count_and_check_limit(entry)
        if result.concerns_all:
            raise RelayError(f"The relay takes no messages now: {result.reason}", "Try again later.")
        if must_stop:
            message = f"One message after the other was not accepted, the last one to {entry.address}: {result.reason}"
            raise RelayError(message, "Ask your host for the reason. Wait before you try again.")

    def _count_and_check_limit(self, entry: Entry) -> bool:
        """Count a result. Return whether too many messages in a row have failed, so that the run has to stop."""
        with self._lock:
            self.results[entry.state] += 1
            if entry.state == "accepted":
                self._failures = 0
                self._refused.clear()
                return False
            # Two unknown ones in a row are enough: each leaves a question that only people can answer.
            self._failures += _MOST_FAILURES // 2 if entry.state == "unknown" else 1
            if entry.state == "refused":
                self._refused.append(entry)
            if self._failures < _MOST_FAILURES:
                return False
            # The relay refuses the account, not these readers: they are to be tried again.
            for refused in self._refused:
                self.note(refused._replace(state="deferred"))
                self.results["refused"] -= 1
                self.results["deferred"] += 1
            self._refused.clear()
            return True


def _wait_patiently(futures: Collection[Future[None]]) -> None:
    """Wait, also after another Ctrl+C: the answer of the relay says whether it has the message."""
    while True:
        with suppress(KeyboardInterrupt):
            wait(futures)
            return

"""Send messages through a relay: at its rate, over a few connections, and to each reader at most once."""

from __future__ import annotations

import datetime
import heapq
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from newsletter.delivery.journal import DeliveryState, Entry
from newsletter.delivery.message_id import message_id
from newsletter.delivery.rate import Pace, Rate
from newsletter.delivery.smtp import RelayError, SmtpConnection
from newsletter.english import count

_BACKOFF_S = (5.0, 30.0, 120.0)
"""The seconds before each new attempt after the answer “not now”."""
_MOST_FAILURES = 10
"""How many messages in a row may fail. After that the fault is not the readers', and going on would make it worse."""
_MOST_POSTPONED = 100
"""How many messages wait for another attempt before no other is begun, so that they do not fill the memory."""
_LONG_WAIT_S = 3.0
"""From when on somebody is informed of a wait. A screen reader reads each line."""
_PROGRESS_S = 0.2


class OutgoingMessage(NamedTuple):
    """A finished message, and the address that it is for."""

    recipient: str
    message: bytes


@dataclass(order=True)
class _QueuedMessage:
    """A message that is to be sent, at a time of the run's clock. Those that are due first come first."""

    due: float
    number: int
    """In the order of the list."""
    outgoing: OutgoingMessage = field(compare=False)
    accepted_before: int = field(compare=False)
    """How many messages the relay had accepted when it was first sent."""
    delays: Sequence[float] = field(compare=False)
    """The seconds before each further attempt."""


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
    clock: Callable[[], float] = time.monotonic
    """Returns the time in seconds, and never goes back."""
    results: Counter[DeliveryState] = field(default_factory=Counter, init=False)
    """The number of messages by their state."""
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _is_reached: bool = field(default=False, init=False)
    """Whether the relay has answered about a message, so that the settings are right."""
    _failures: int = field(default=0, init=False)
    _refused: list[Entry] = field(default_factory=list, init=False)
    """The refused ones among the failures."""
    _begun: int = field(default=0, init=False)
    _postponed: list[_QueuedMessage] = field(default_factory=list, init=False)
    """A heap of the messages that the relay did not take yet."""
    _postponed_in_a_row: int = field(default=0, init=False)
    """How many attempts it has put off since it accepted a message."""
    _waited_for: float = field(default=0.0, init=False)
    """The time at which the last wait ends that somebody was informed of."""

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
                if self._postponed:
                    self.results["deferred"] += len(self._postponed)
        for future in futures:
            future.result()

    def _work(self, connection: SmtpConnection, messages: Iterator[OutgoingMessage], pace: Pace) -> None:
        try:
            while queued := self._next(messages):
                self._send_one(connection, queued, pace)
        except BaseException:
            self._stopping.set()
            raise
        finally:
            connection.close()

    def _next(self, messages: Iterator[OutgoingMessage]) -> _QueuedMessage | None:
        """Return the next message to send: one that was postponed if it is due, or else a new one.

        If the relay has put many off in a row, it may put everybody off: then only those are tried again.
        """
        while not self._stopping.is_set():
            with self._lock:
                if self._postponed and self._postponed[0].due <= self.clock():
                    return heapq.heappop(self._postponed)
                is_free = len(self._postponed) < _MOST_POSTPONED and self._postponed_in_a_row < _MOST_FAILURES
                if (is_free or not self._postponed) and (outgoing := next(messages, None)):
                    self._begun += 1
                    return _QueuedMessage(0.0, self._begun, outgoing, self.results["accepted"], self.backoff)
                if not self._postponed:
                    return None
                delay = self._postponed[0].due - self.clock()
                sentence = self._sentence_of_wait(delay)
            if sentence:
                self.on_wait(sentence)
            else:
                self._stopping.wait(delay)
        return None

    def _sentence_of_wait(self, delay: float) -> str:
        """Return why the run waits, once for each long wait; else an empty text."""
        due = self._postponed[0].due
        is_new, self._waited_for = due > self._waited_for, max(due, self._waited_for)
        if not is_new or delay < _LONG_WAIT_S:
            return ""
        return (
            f"The relay does not take {count(len(self._postponed), 'email')} yet. Trying again in {delay:,.0f} seconds."
        )

    def _send_one(self, connection: SmtpConnection, queued: _QueuedMessage, pace: Pace) -> None:
        """Send a message, or postpone it. If the relay itself is not ready, wait until it is."""
        outgoing = queued.outgoing
        identifier = message_id(outgoing.message)

        def note(state: DeliveryState, reason: str = "") -> Entry:
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            entry = Entry(outgoing.recipient, state, reason, identifier, now)
            self.note(entry)
            return entry

        delays = iter(queued.delays)
        while True:
            pace.wait()
            if self._stopping.is_set():
                return
            result = connection.deliver(outgoing.message, outgoing.recipient, lambda: note("sending"))
            # If there was no connection, nothing is known about the reader that was not known before.
            entry = note(result.state, result.reason) if result.is_reached else None
            if result.hint and not self._is_reached:
                raise RelayError(result.reason, result.hint)
            self._is_reached |= not result.concerns_all
            delay = next(delays, None) if result.state == "deferred" else None
            if delay is None:
                break
            if result.is_open and not result.concerns_all:
                self._postpone(queued, delay, tuple(delays))
                return
            if not self.results["accepted"]:
                self.on_wait(f"Not sent yet: {result.reason} Trying again in {delay:,.0f} seconds.")
            self._stopping.wait(delay)
        must_stop = self._count_and_check_limit(entry, queued) if entry else False
        if result.concerns_all:
            raise RelayError(f"The relay takes no messages now: {result.reason}", "Try again later.")
        if must_stop:
            message = (
                f"One message after the other was not accepted, the last one to {outgoing.recipient}: {result.reason}"
            )
            raise RelayError(message, "Ask your host for the reason. Wait before you try again.")

    def _postpone(self, queued: _QueuedMessage, delay: float, delays: Sequence[float]) -> None:
        """Keep a message for another attempt after some seconds, so that others can go meanwhile."""
        with self._lock:
            self._postponed_in_a_row += 1
            heapq.heappush(self._postponed, replace(queued, due=self.clock() + delay, delays=delays))

    def _count_and_check_limit(self, entry: Entry, queued: _QueuedMessage) -> bool:
        """Count a result. Return whether too many messages in a row have failed, so that the run has to stop."""
        with self._lock:
            self.results[entry.state] += 1
            if entry.state == "accepted":
                self._failures = self._postponed_in_a_row = 0
                self._refused.clear()
                return False
            if entry.state == "deferred" and self.results["accepted"] > queued.accepted_before:
                return False  # the relay has taken others meanwhile, so the fault is this reader's
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

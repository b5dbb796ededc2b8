"""How many messages a relay takes in a time, and when the next one may go."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

_SECONDS = {"s": 1, "min": 60, "hour": 3600, "day": 86_400}
_MOST_MESSAGES = 1_000_000


@dataclass(frozen=True)
class Rate:
    """A number of messages in a time."""

    messages: int
    unit: str
    """`s`, `min`, `hour` or `day`."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the rate of a text such as 30/min.

        Raises:
            ValueError: if there is no such rate, with a sentence.
        """
        match = re.fullmatch(rf"([1-9]\d{{0,6}})/({'|'.join(_SECONDS)})", text, re.ASCII)
        if match is None or int(match[1]) > _MOST_MESSAGES:
            raise ValueError(f"Write a number and a time ({', '.join(_SECONDS)}), such as 30/min, not “{text}”.")
        return cls(int(match[1]), match[2])

    @property
    def interval(self) -> float:
        """The seconds between two messages."""
        return _SECONDS[self.unit] / self.messages

    def __str__(self) -> str:
        return f"{self.messages}/{self.unit}"


DEFAULT_RATE = Rate(30, "min")
"""The least that we know of hosts to allow. Above its limit, a host may close the account."""


class Pace:
    """Spaces messages evenly, for all connections together. It is a token bucket that holds one token.

    A larger bucket would let a burst through, and after it twice the rate in one period. The bucket is empty at first,
    so that a run that goes on at once keeps the rate, too.
    """

    def __init__(
        self, rate: Rate, sleep: Callable[[float], object] = time.sleep, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start it.

        Args:
            rate: the rate.
            sleep: waits for a number of seconds.
            clock: returns the time in seconds, and never goes back.
        """
        self._interval, self._sleep, self._clock = rate.interval, sleep, clock
        self._lock = threading.Lock()
        self._next = clock() + self._interval

    def wait(self) -> None:
        """Wait until one more message may go."""
        with self._lock:
            now = self._clock()
            start = max(now, self._next)
            self._next = start + self._interval
        if start > now:
            self._sleep(start - now)

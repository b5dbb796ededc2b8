"""Reports the progress of long commands on a terminal, and nothing in a pipe."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsletter.english import count, duration_in_words

if TYPE_CHECKING:
    from newsletter.audit.states import State
    from newsletter.edition import Edition
    from newsletter.personal.list_file import ListFile
    from newsletter.personal.merge_run import Progress
    from newsletter.send.readers import SendResult

_EVERY_S = 3  # a screen reader reads each line


@dataclass
class AuditProgress:
    """A function that prints a line for each test of an audit."""

    quiet: bool = False
    _done: int = field(default=0, init=False)

    def __call__(self, edition: Edition, state: State, of: int) -> None:
        """Report a finished test.

        Args:
            edition: the edition that was tested.
            state: its state.
            of: the number of all tests of this issue. After the last one, the count starts again.
        """
        self._done = self._done % of + 1
        if not self.quiet and sys.stderr.isatty():
            kind = "" if edition.kind == "standard" else f", {edition.kind}"
            print(f"{edition.issue.slug}{kind}: tested {state.name} ({self._done} of {of})", file=sys.stderr)  # noqa: T201


@dataclass
class MergeProgress:
    """A function that prints how many emails are written, on a terminal, every few seconds."""

    file: ListFile
    quiet: bool = False
    _started: float = field(default_factory=time.monotonic, init=False)
    _printed: float = field(default_factory=time.monotonic, init=False)

    def __call__(self, progress: Progress) -> None:
        """Report the progress so far.

        Args:
            progress: how far the run is.
        """
        now = time.monotonic()
        if self.quiet or now - self._printed < _EVERY_S or not sys.stderr.isatty():
            return
        self._printed, spent = now, now - self._started
        done = progress.emails.total()
        share = self.file.share
        left = f", about {duration_in_words(spent / share - spent)} left" if share else ""
        print(f"{count(done, 'email')} written, {done / spent:,.0f} a second{left}", file=sys.stderr)  # noqa: T201


@dataclass
class SendProgress:
    """A function that prints how many emails are sent, on a terminal, every few seconds."""

    interval: float
    """The seconds between two emails, by the rate."""
    quiet: bool = False
    _started: float = field(default_factory=time.monotonic, init=False)
    _printed: float = field(default_factory=time.monotonic, init=False)

    def __call__(self, result: SendResult) -> None:
        """Report the progress so far.

        Args:
            result: how far the run is.
        """
        now = time.monotonic()
        if self.quiet or now - self._printed < _EVERY_S or not sys.stderr.isatty():
            return
        self._printed = now
        done, accepted = result.results.total(), result.results["accepted"]
        # A relay may be slower than the rate, and is never faster.
        each = max(self.interval, (now - self._started) / done) if done else self.interval
        left = f", about {duration_in_words((result.due - done) * each)} left" if done < result.due else ""
        failures = f", {done - accepted:,} not accepted" if done > accepted else ""
        print(f"{accepted:,} of {count(result.due, 'email')} sent{failures}{left}", file=sys.stderr)  # noqa: T201

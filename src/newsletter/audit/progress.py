"""Tells on a terminal how far an audit is; in a pipe it is silent."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from newsletter.audit.states import State
from newsletter.edition import Edition


@dataclass
class Progress:
    """Called with each edition and state that was seen, and how many there are."""

    shown: bool = True
    _done: int = field(default=0, init=False)

    def __call__(self, edition: Edition, state: State, of: int) -> None:
        """Tell of one more; with the last of them the next issue's begin."""
        self._done = self._done % of + 1
        if self.shown and sys.stderr.isatty():
            kind = "" if edition.kind == "standard" else f", {edition.kind}"
            print(f"{edition.issue.slug}{kind}: seen {state.name} ({self._done} of {of})", file=sys.stderr)  # noqa: T201

"""Reports on a terminal how far an audit is; in a pipe it is silent."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter.audit.states import State
    from newsletter.edition import Edition


@dataclass
class Progress:
    """A function that is called with each edition and state that was tested, and the number of states."""

    shown: bool = True
    _done: int = field(default=0, init=False)

    def __call__(self, edition: Edition, state: State, of: int) -> None:
        """Report one more state; the count starts again after the last state of an issue."""
        self._done = self._done % of + 1
        if self.shown and sys.stderr.isatty():
            kind = "" if edition.kind == "standard" else f", {edition.kind}"
            print(f"{edition.issue.slug}{kind}: tested {state.name} ({self._done} of {of})", file=sys.stderr)  # noqa: T201

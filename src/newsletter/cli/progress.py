"""Reports the progress of an audit on a terminal, and nothing in a pipe."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter.audit.states import State
    from newsletter.edition import Edition


@dataclass
class Progress:
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

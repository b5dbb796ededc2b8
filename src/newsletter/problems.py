"""The one shape in which this package says that something is wrong.

A YAML slip, a template error and an accessibility finding are all a `Problem`. Stages collect every problem
they can find and raise them together as `Problems`; only `cli` catches that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """Where something was written: a file, and its line and column counted from 1 (0 means unknown)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that somebody can put right: where, what (one sentence), and what to do about it."""

    place: Place
    id: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        text = f"{self.place}: {self.severity}: {self.message} ({self.id})"
        return text + "".join(f"\n    {line}" for line in self.hint.splitlines())


class Problems(Exception):  # noqa: N818 - it carries problems of any severity, warnings too
    """Everything found wrong with one issue, sorted by place; raised by any stage of the pipeline."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def one(cls, place: Place, id: str, message: str, hint: str = "") -> Self:
        """Make it from a single problem."""
        return cls([Problem(place, id, message, hint)])


def stop_at(problems: Iterable[Problem]) -> None:
    """Raise `Problems` when there are any."""
    if found := tuple(problems):
        raise Problems(found)

"""The one shape in which this package says that something is wrong.

A YAML slip, a template error and an accessibility finding are all a `Problem`. Stages collect every problem
they can find and raise them together as `Problems`; only `cli/output.py` catches that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Self

from newsletter.english import join

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Location:
    """Where something was written: a file, and its line and column counted from 1 (0 means unknown)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that somebody can put right: where, what (one sentence), and what to do about it."""

    location: Location
    id: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    editions: tuple[str, ...] = ()
    """The editions that have it, when others of the same issue have not; empty for all of them."""

    def __str__(self) -> str:
        text = f"{self.location}: {self.severity}: {self.message} ({self.id})"
        seen = f"Only in the {join(self.editions)} edition{'s' * (len(self.editions) > 1)}."
        lines = [*self.hint.splitlines(), *([seen] if self.editions else [])]
        return text + "".join(f"\n    {line}" for line in lines)


class Problems(Exception):  # noqa: N818 - it carries problems of any severity, warnings too
    """Everything found wrong with one issue, sorted by place; raised by any stage of the pipeline."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def one(cls, place: Location, id: str, message: str, hint: str = "") -> Self:
        """Make it from a single problem."""
        return cls([Problem(place, id, message, hint)])


def merge_by_edition(found: Mapping[str, Sequence[Problem]]) -> Iterator[Problem]:
    """Tell what was found in each edition, each problem once; one that not every edition has names those that do."""
    for problem in dict.fromkeys(problem for problems in found.values() for problem in problems):
        kinds = tuple(kind for kind, problems in found.items() if problem in problems)
        yield problem if len(kinds) == len(found) else replace(problem, editions=kinds)


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise `Problems` when there are any."""
    if found := tuple(problems):
        raise Problems(found)


def as_dict(item: DataclassInstance) -> dict[str, Any]:
    """Return a problem, or anything else with a location, as data: file, line and column beside the rest."""
    data = asdict(item)
    return {**data.pop("location"), **data}

"""The type of every problem that this package reports.

A mistake in YAML, an error in a template and an accessibility problem are all a `Problem`. A stage collects all
problems that it can find and raises them together as `Problems`. Commands and the preview catch that and show them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from newsletter.english import count, join

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

HINT_FOR_DISK = "Check that the disk has free space, and that you can write to the folder."
_MEASURED = re.compile(r"(“[^“”]*”)|\d[\d.,]*")
"""A number in a message, or words that it quotes, whose numbers are not measured."""

Severity = Literal["error", "warning"]

_Kind = TypeVar("_Kind", bound=str)
_Result = TypeVar("_Result")


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file: its line and column count from 1, and 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True)
class Fix:
    """The only possible fix of a problem: a piece of a value, and the text instead of it.

    Start and end of the piece are offsets in the value as YAML reads it (`IssueText.source`). Without a path they are
    offsets in the whole file, and the fix changes only words that are not ASCII.
    """

    path: tuple[int | str, ...]
    start: int
    end: int
    new: str


@dataclass(frozen=True, order=True)
class Problem:
    """One problem that somebody can fix: where it is, what is wrong (one sentence), and what to do."""

    location: Location
    id: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    editions: tuple[str, ...] = ()
    """The editions that have it, if others of the same issue do not; empty for all editions."""
    fix: Fix | None = field(default=None, compare=False, repr=False)
    """Of a problem that no rule reports."""

    def __str__(self) -> str:
        text = f"{self.location}: {self.severity}: {self.message} ({self.id})"
        where = f"Only in the {join(self.editions)} edition{'s' * (len(self.editions) > 1)}."
        lines = [*self.hint.splitlines(), *([where] if self.editions else [])]
        return text + "".join(f"\n    {line}" for line in lines)


class Problems(Exception):  # noqa: N818 - it carries problems of any severity, warnings too
    """The problems of one issue, sorted by location; any stage of the pipeline can raise it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def one(cls, location: Location, id: str, message: str, hint: str = "") -> Self:
        """Create it with a single problem.

        Args:
            location: where it is.
            id: the id of the rule, or of what was being done.
            message: what is wrong, in a sentence.
            hint: what to do.
        """
        return cls([Problem(location, id, message, hint)])

    @classmethod
    def not_written(
        cls, location: Location, error: Exception, what: str = "This file", hint: str = HINT_FOR_DISK
    ) -> Self:
        """Create the problem that something cannot be written.

        Args:
            location: its name.
            error: the error of the system or of SQLite, which says why.
            what: the beginning of the sentence.
            hint: what to do.
        """
        why = getattr(error, "strerror", None) or error
        return cls.one(location, "write", f"{what} cannot be written: {why}.", hint)


def merge_by_edition(by_edition: Mapping[str, Sequence[Problem]]) -> Iterator[Problem]:
    """Merge the problems of several editions. A problem that only some editions have lists them in `editions`.

    Problems of one place that differ only in a measured number, such as a size in KB, are one: the first edition's.
    """
    groups: dict[object, dict[str, list[Problem]]] = {}
    for kind, problems in by_edition.items():
        for problem in dict.fromkeys(problems):
            cause = (problem.location, problem.id, problem.severity, _MEASURED.sub(r"\1", problem.message))
            groups.setdefault(cause, {}).setdefault(kind, []).append(problem)
    for of_kind in groups.values():
        if all(len(problems) == 1 for problems in of_kind.values()):
            first, *_ = (problem for problems in of_kind.values() for problem in problems)
            yield _in_editions(first, tuple(of_kind), by_edition)
        else:
            for problem in dict.fromkeys(problem for problems in of_kind.values() for problem in problems):
                kinds = tuple(kind for kind, problems in of_kind.items() if problem in problems)
                yield _in_editions(problem, kinds, by_edition)


def _in_editions(problem: Problem, kinds: tuple[str, ...], by_edition: Mapping[str, object]) -> Problem:
    return problem if len(kinds) == len(by_edition) else replace(problem, editions=kinds)


def for_each_edition(kinds: Iterable[_Kind], function: Callable[[_Kind], _Result]) -> list[_Result]:
    """Call a function for each kind of edition, and return the results.

    Raises:
        Problems: the problems of all of them, merged.
    """
    results: list[_Result] = []
    problems: dict[str, Sequence[Problem]] = {}
    for kind in kinds:
        try:
            results.append(function(kind))
            problems[kind] = ()
        except Problems as error:
            problems[kind] = error.problems
    raise_if_any(merge_by_edition(problems))
    return results


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise `Problems` if there are any."""
    if collected := tuple(problems):
        raise Problems(collected)


def blocking(problems: Iterable[Problem], *, with_warnings: bool = False) -> tuple[Problem, ...]:
    """Return the problems with which no email is written or handed out: the errors, and warnings if they count."""
    return tuple(problem for problem in problems if with_warnings or problem.severity == "error")


def count_by_severity(problems: Iterable[Problem]) -> str:
    """Return the number of problems of each severity, such as "2 errors and 1 warning"; "" if there are none."""
    severities = Counter(problem.severity for problem in problems)
    kinds: tuple[Severity, ...] = ("error", "warning")
    return join(count(severities[kind], kind) for kind in kinds if severities[kind])


def as_dict(item: DataclassInstance) -> dict[str, Any]:
    """Return a problem, or anything else with a location, as a dict with `file`, `line` and `column`."""
    data = asdict(item)
    return {**data.pop("location"), **{key: value for key, value in data.items() if key != "fix"}}

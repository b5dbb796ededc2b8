"""Proof in a real browser: an edition as its readers meet it, state by state, measured; and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.audit.states import State
from newsletter.check import Report
from newsletter.edition import Edition
from newsletter.problems import Place, Problem


@dataclass(frozen=True)
class Versions:
    """What did the looking."""

    newsletter: str
    axe: str
    browser: str
    """Name and version, such as `Chromium 141.0`."""


@dataclass(frozen=True)
class Looked:
    """One state that was looked at."""

    state: State
    words: int
    """How many words could be seen."""
    axe_rules: int
    """How many of axe-core's rules ran."""
    screenshot: bytes | None
    """The top of the page, small (JPEG); None where it looks as in a state before."""


@dataclass(frozen=True)
class Found:
    """A problem, and the states in which it shows."""

    problem: Problem
    states: tuple[str, ...]


@dataclass(frozen=True)
class Allowed:
    """A finding that does not count, since somebody said so and why; no states when `check` alone found it."""

    rule: str
    place: Place
    """Of the line that allows it."""
    reason: str
    messages: tuple[str, ...]
    states: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """A rule of axe-core that was not run, and why; the states, when it ran in others."""

    rule: str
    reason: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unsettled:
    """What axe-core could not decide and no measure of ours settles: for a person to look at."""

    rule: str
    message: str
    place: Place
    states: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """What was looked at, with what, and what was found."""

    edition: Edition
    versions: Versions
    looked: tuple[Looked, ...]
    """The states; none for an edition without HTML."""
    report: Report
    """What `check` says of the same edition."""
    found: tuple[Found, ...]
    allowed: tuple[Allowed, ...]
    left_out: tuple[LeftOut, ...]
    unsettled: tuple[Unsettled, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found, by the check too, sorted by place."""
        return tuple(sorted({*self.report.problems, *(item.problem for item in self.found)}))

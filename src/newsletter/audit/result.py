"""What an audit gives: data for the report, for `--json` and for whoever looks further."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.audit.states import State
from newsletter.check.report import Report
from newsletter.check.rule import Rule
from newsletter.edition import Edition
from newsletter.problems import Location, Problem


@dataclass(frozen=True)
class Versions:
    """What did the looking; axe and browser are empty where nothing was looked at."""

    newsletter: str
    axe: str = ""
    browser: str = ""
    """Name and version, such as `Chromium 141.0`."""


@dataclass(frozen=True)
class TestedState:
    """One state that was looked at."""

    state: State
    words: int
    """How many words could be seen."""
    axe_rules: int
    """How many of axe-core's rules ran in it."""
    too_long: tuple[str, ...]
    """Words and addresses that are wider than a whole line, and so were broken."""
    screenshot: bytes
    """What the window shows, small (JPEG)."""


@dataclass(frozen=True)
class ProblemInStates:
    """A problem, and the states in which it shows."""

    problem: Problem
    states: tuple[str, ...]


@dataclass(frozen=True)
class Allowed:
    """An allowance in the issue, and what this audit found that it covers: perhaps nothing."""

    rule: str
    location: Location
    reason: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class DisabledRule:
    """A rule of axe-core that was not run, and why; in these states, or in any when there are none."""

    group: str
    """What kind of reason it is, for the report: `clause 10`, `landmarks`, `project`, `state`."""
    rule: str
    reason: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Incomplete:
    """What axe-core could not decide, where, and what settles it there; empty where a person has to look."""

    rule: str
    message: str
    resolution: str
    locations: tuple[Location, ...]
    states: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """What was looked at, with what, and what was found."""

    edition: Edition
    versions: Versions
    tested: tuple[TestedState, ...]
    """The states; none for an edition without HTML."""
    skipped: tuple[State, ...]
    """The states for which the page has nothing to look at."""
    rules: tuple[Rule, ...]
    """Those that were held in a browser."""
    report: Report
    """What `check` says of the same edition."""
    problems_by_state: tuple[ProblemInStates, ...]
    allowed: tuple[Allowed, ...]
    changed: tuple[str, ...]
    """What the project's settings change about rules: `link-text: severity = off`."""
    disabled: tuple[DisabledRule, ...]
    incomplete: tuple[Incomplete, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found, by the check too, sorted by place."""
        return tuple(sorted({*self.report.problems, *(item.problem for item in self.problems_by_state)}))

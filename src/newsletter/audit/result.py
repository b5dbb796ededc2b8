"""The result of an audit: data for the report and for `--json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from newsletter.audit.states import State
from newsletter.check.report import Report
from newsletter.check.rule import Rule
from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.problems import Location, Problem


@dataclass(frozen=True)
class Versions:
    """The versions of the programs that tested; axe and browser are empty for an edition without HTML."""

    newsletter: str
    axe: str = ""
    browser: str = ""
    """Name and version, such as `Chromium 141.0`."""


@dataclass(frozen=True)
class TestedState:
    """One state that was tested."""

    state: State
    words: int
    """The number of words that can be seen."""
    axe_rules: int
    """The number of axe-core rules that ran."""
    too_long: tuple[str, ...]
    """Words and addresses that are wider than a line, so the browser broke them."""
    screenshot: bytes
    """A small picture of the window (JPEG)."""


@dataclass(frozen=True)
class ProblemInStates:
    """A problem, and the states in which it occurs."""

    problem: Problem
    states: tuple[str, ...]
    criteria: tuple[str, ...]
    """The numbers of the criteria of WCAG 2.2 that it is about, with those of the same line that are only counted."""


@dataclass(frozen=True)
class Allowed:
    """An allowance in the issue, and the messages of the problems that it allows, if there are any."""

    rule: str
    location: Location
    reason: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class DisabledRule:
    """A rule of axe-core that did not run in these states, and why. No states means all of them."""

    group: str
    """The kind of reason, for the report: `clause 10`, `landmarks`, `project`, `state`."""
    rule: str
    reason: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Incomplete:
    """What axe-core could not decide, and where."""

    rule: str
    message: str
    resolution: str
    """How another measurement decided it; empty if a person must."""
    locations: tuple[Location, ...]
    states: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """The audit of one edition."""

    edition: Edition
    versions: Versions
    tested: tuple[TestedState, ...]
    """The states that were tested; none for an edition without HTML."""
    skipped: tuple[State, ...]
    """The states that do not apply to the page."""
    rules: tuple[Rule, ...]
    """The rules that ran in the browser."""
    report: Report
    """The check of the same edition, without a browser."""
    problems_by_state: tuple[ProblemInStates, ...]
    allowed: tuple[Allowed, ...]
    changed: tuple[str, ...]
    """The project's settings of rules, such as `link-text: severity = off`."""
    disabled: tuple[DisabledRule, ...]
    incomplete: tuple[Incomplete, ...]
    axe_criteria: Mapping[str, tuple[str, ...]]
    """The rules of axe-core that found something to test, each with the numbers of its criteria of WCAG 2.2."""
    is_web_version: bool = False
    """Whether it is the audit of the web version, which has no edition of its own."""

    @property
    def name(self) -> EditionKind | Literal["web"]:
        """The name of the audited page: the kind of the edition, or `web`."""
        return "web" if self.is_web_version else self.edition.kind

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, those of the check included, sorted by location."""
        return tuple(sorted({*self.report.problems, *(item.problem for item in self.problems_by_state)}))

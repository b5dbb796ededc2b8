"""The types of the rules and of their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from newsletter.problems import Fix, Location

if TYPE_CHECKING:
    from newsletter.issue.brand import Sector
    from newsletter.source.nodes import KeyPath

RuleScope = Literal["issue", "page", "message", "web", "browser"]
RULE_SCOPES: tuple[RuleScope, ...] = get_args(RuleScope)

Level = Literal["error", "warning", "off"]
LEVELS: tuple[Level, ...] = get_args(Level)


class HasLocation(Protocol):
    """Anything that a finding can be about: a sentence, a link, an element of the page."""

    @property
    def location(self) -> Location:
        """The file, line and column."""

    @property
    def path(self) -> KeyPath | None:
        """The keys and positions that lead to it in the issue; None if it is outside the issue."""


@dataclass(frozen=True)
class Located:
    """A location and a path, for findings about nothing that has both."""

    location: Location
    path: KeyPath | None = None


@dataclass(frozen=True)
class Finding:
    """What a rule reports: where, what is wrong (one sentence) and what to do.

    It has a severity only if the rule has two. It has a fix only if no other one is possible, because
    `newsletter check --fix` applies it without a question.
    """

    where: HasLocation
    message: str
    hint: str
    severity: Literal["error", "warning"] | None = None
    fix: Fix | None = None
    rank: float = 0
    """Rank among findings that differ only in a number; the audit reports the highest."""
    criteria: tuple[str, ...] = ()
    """The numbers of the criteria of WCAG 2.2 that it is about, if they are not those of its rule."""


@dataclass(frozen=True)
class RuleDescription:
    """What `newsletter explain` says about a rule."""

    id: str
    scope: RuleScope
    title: str
    explanation: str
    severity: Level
    options: Mapping[str, Any]
    profiles: Mapping[str, Mapping[str, Any]]
    editions: Mapping[str, Mapping[str, float]]
    """Minimum thresholds by edition. A project's settings cannot go below them."""
    sector: Sector | None
    """The only sector of brands in which it is used; None if it is used in all."""


@dataclass(frozen=True)
class Rule(RuleDescription):
    """One rule, read from its module."""

    criteria: tuple[str, ...]
    """The numbers of the criteria of WCAG 2.2, A and AA, that its explanation names as a source."""
    policies: Mapping[str, Mapping[str, Any]]
    """Settings by policy, like `profiles`."""
    stricter_when_higher: tuple[str, ...]
    """The thresholds of which a higher value reports more. Of all other numbers, a lower value does."""
    exceptions: tuple[str, ...]
    """The lists that name what the rule leaves out."""
    is_for_web_version: bool
    """Whether a rule about the page holds for the web version, too."""
    states: tuple[str, ...]
    """The states of the audit in which a rule of scope `browser` runs, by their names; empty for all of them."""
    yields_to_errors: bool
    """Whether it reports nothing at a line where another rule has an error: what it says is of no interest then."""
    check: Callable[[Any, Mapping[str, Any]], Iterator[Finding]] = field(repr=False)
    validate_option: Callable[[str, Any], Iterator[tuple[str, str]]] = field(repr=False)
    """Receives a threshold's name and a project's value for it. Returns each problem of the value: message and hint."""

    def runs_in(self, state: str) -> bool:
        """Check whether a rule of scope `browser` runs in a state of the audit."""
        return not self.states or state in self.states

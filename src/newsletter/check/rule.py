"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from newsletter.problems import Location

RuleScope = Literal["issue", "page", "message", "browser"]


Level = Literal["error", "warning", "off"]


KeyPath = tuple[int | str, ...]


RULE_SCOPES: tuple[RuleScope, ...] = ("issue", "page", "message", "browser")


LEVELS: tuple[Level, ...] = ("error", "warning", "off")


class HasLocation(Protocol):
    """Whatever a finding can be about: a sentence, a link, an element of the page."""

    @property
    def location(self) -> Location:
        """File, line and column."""

    @property
    def path(self) -> KeyPath | None:
        """The keys and positions that lead to it in the issue; None when it belongs to no part of it."""


@dataclass(frozen=True)
class Located:
    """A place and a path, where nothing better stands for them."""

    location: Location
    path: KeyPath | None = None


@dataclass(frozen=True)
class Fix:
    """The one right answer: what is to stand in place of a piece of a value.

    Start and end of the piece are offsets in the value's text as YAML reads it (`WrittenIssue.source`).
    """

    path: KeyPath
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Finding:
    """What a rule found: where, what is wrong (one sentence), what to do; a severity only if the rule has two.

    A fix only where no other answer could be meant: `newsletter check --fix` makes it without asking.
    """

    where: HasLocation
    message: str
    hint: str
    severity: Literal["error", "warning"] | None = None
    fix: Fix | None = None
    rank: float = 0
    """Of findings that differ in nothing but a number, the audit tells the one in which this is highest."""


@dataclass(frozen=True)
class Rule:
    """One rule, as its module says."""

    id: str
    scope: RuleScope
    title: str
    explanation: str
    severity: Level
    options: Mapping[str, Any]
    profiles: Mapping[str, Mapping[str, Any]]
    editions: Mapping[str, Mapping[str, float]]
    """The least that a threshold is in single editions, which is what they promise: no project goes below it."""
    check: Callable[[Any, Mapping[str, Any]], Iterator[Finding]] = field(repr=False)
    validate_option: Callable[[str, Any], Iterator[tuple[str, str]]] = field(repr=False)
    """By a threshold and what a project writes for it: what means nothing in it, and what to do."""

"""The rules: one module each, found without registration.

`issue/` holds what an editor can put right, `page/` what a template author can, `message/` what is about the finished
file, `browser/` what only shows in a browser. The name of the file is the rule's id (with hyphens), its docstring the
explanation. `docs/adding-a-rule.md` tells how to write one.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any, Literal, Protocol

from newsletter.problems import Place

Kind = Literal["issue", "page", "message", "browser"]
Level = Literal["error", "warning", "off"]
Path = tuple[int | str, ...]
KINDS: tuple[Kind, ...] = ("issue", "page", "message", "browser")
LEVELS: tuple[Level, ...] = ("error", "warning", "off")


class Where(Protocol):
    """Whatever a finding can be about: a sentence, a link, an element of the page."""

    @property
    def place(self) -> Place:
        """File, line and column."""

    @property
    def path(self) -> Path | None:
        """The keys and positions that lead to it in the issue; None when it belongs to no part of it."""


@dataclass(frozen=True)
class At:
    """A place and a path, where nothing better stands for them."""

    place: Place
    path: Path | None = None


@dataclass(frozen=True)
class Fix:
    """The one right answer: what is to stand in place of a piece of a value.

    Start and end of the piece are offsets in the value's text as YAML reads it (`WrittenIssue.source`).
    """

    path: Path
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Finding:
    """What a rule found: where, what is wrong (one sentence), what to do; a severity only if the rule has two.

    A fix only where no other answer could be meant: `newsletter check --fix` makes it without asking.
    """

    where: Where
    message: str
    hint: str
    severity: Literal["error", "warning"] | None = None
    fix: Fix | None = None
    worse: float = 0
    """Of findings that differ in nothing but a number, the audit tells the one in which this is highest."""


@dataclass(frozen=True)
class Rule:
    """One rule, as its module says."""

    id: str
    kind: Kind
    title: str
    explanation: str
    severity: Level
    options: Mapping[str, Any]
    profiles: Mapping[str, Mapping[str, Any]]
    editions: Mapping[str, Mapping[str, float]]
    """The least that a threshold is in single editions, which is what they promise: no project goes below it."""
    check: Callable[[Any, Mapping[str, Any]], Iterator[Finding]] = field(repr=False)
    slips: Callable[[str, Any], Iterator[tuple[str, str]]] = field(repr=False)
    """By a threshold and what a project writes for it: what means nothing in it, and what to do."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Give every rule, by kind and then by id."""
    return tuple(_read(kind, module) for kind in KINDS for module in _modules(kind))


def _modules(kind: Kind) -> list[ModuleType]:
    package = importlib.import_module(f"{__name__}.{kind}")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names if not name.startswith("_")]


def _read(kind: Kind, module: ModuleType) -> Rule:
    explanation = inspect.cleandoc(module.__doc__ or "")
    return Rule(
        id=module.__name__.rpartition(".")[2].replace("_", "-"),
        kind=kind,
        title=explanation.partition("\n")[0],
        explanation=explanation,
        severity=module.SEVERITY,
        options=getattr(module, "OPTIONS", {}),
        profiles=getattr(module, "PROFILES", {}),
        editions=getattr(module, "EDITIONS", {}),
        check=module.check,
        slips=getattr(module, "slips", _no_slips),
    )


def _no_slips(option: str, value: Any) -> Iterator[tuple[str, str]]:
    yield from ()

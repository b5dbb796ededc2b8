"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.check.rule import Finding
from newsletter.problems import Problem


@dataclass(frozen=True)
class Report:
    """What was checked, and what was found."""

    problems: tuple[Problem, ...]
    ran: tuple[str, ...]
    """The ids of the rules that were used."""
    articles: int
    findings: tuple[tuple[str, Finding], ...] = ()
    """What each rule found, by its id, before what is told once was put together."""

    @property
    def rules(self) -> int:
        """How many rules were used."""
        return len(self.ran)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems with which nothing may be sent."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsletter.problems import Problem, blocking

if TYPE_CHECKING:
    from newsletter.check.rule import Finding


@dataclass(frozen=True)
class Report:
    """The problems of an issue, and what was checked."""

    problems: tuple[Problem, ...]
    ran: tuple[str, ...]
    """The ids of the rules that ran."""
    articles: int
    findings: tuple[tuple[str, Finding], ...] = ()
    """The findings, each with the id of its rule, before equal ones were merged into one problem."""
    exceptions: tuple[str, ...] = ()
    """The ids of rules that the issue breaks where an editor allows it, with a reason."""
    of_other_sectors: tuple[str, ...] = ()
    """The ids of the rules that did not run because the brand is about something else."""

    @property
    def rules(self) -> int:
        """The number of rules that ran."""
        return len(self.ran)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems with which an issue must not be sent."""
        return blocking(self.problems)

"""What the preview knows of one issue: the one thing that every view is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newsletter.check import Report
from newsletter.edition import Edition
from newsletter.problems import Problem


@dataclass(frozen=True)
class Shown:
    """One issue as it is shown: its last good edition, and what is wrong with what was saved since."""

    slug: str
    """The name of its file without the ending; a draft's begins with an underscore."""
    file: str
    """The name of its YAML file from the project's folder, with forward slashes."""
    edition: Edition | None = None
    """The last that could be built; None as long as none could."""
    report: Report | None = None
    """What the check found in that edition; None until it has looked."""
    problems: tuple[Problem, ...] = ()
    """Everything wrong with what is saved now, errors first: what stopped it, or what the check found."""
    source: str = ""
    """The YAML as it is saved now; empty when it cannot be read."""
    is_stale: bool = False
    """Whether the edition is older than what is saved, which cannot be built."""
    built: datetime | None = None
    """When the edition was made, in local time."""
    version: int = 0
    """Grows with each change of any of these."""

    @property
    def title(self) -> str:
        """What the issue is called: its title, or its file's name as long as nothing could be built."""
        return str(self.edition.issue.title) if self.edition else self.slug

    @property
    def is_settled(self) -> bool:
        """Whether everything is known of what is saved: it is built and checked, or cannot be."""
        return bool(self.report or self.is_stale or (self.problems and not self.edition))


def errors_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by severity, then by place; the same problem is told once."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.severity != "error", problem)))

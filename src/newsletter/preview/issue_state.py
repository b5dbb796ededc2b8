"""What the preview knows of one issue: the one thing that every view is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from newsletter.check.report import Report
from newsletter.edition import Edition, PageBuild, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.problems import Problem


class ProvisionalPage(NamedTuple):
    """The page of a newer save than the edition's: drawn, and not yet whole."""

    page: PageBuild
    when: datetime
    """It was drawn, in local time."""


@dataclass(frozen=True)
class IssueState:
    """One issue as it is shown: its last good edition, and what is wrong with what was saved since."""

    slug: str
    """The name of its file without the ending; a draft's begins with an underscore."""
    file: str
    """The name of its YAML file from the project's folder, with forward slashes."""
    edition: Edition | None = None
    """The last that could be built, of the kind that is looked at; None as long as none could."""
    provisional: ProvisionalPage | None = None
    """Between a save and its edition, the page that is seen first."""
    kinds: tuple[EditionKind, ...] = ("standard",)
    """The editions that the brand offers. The first is made first."""
    others: tuple[Edition, ...] = ()
    """Those that come after the first. Between a save and their turn they are those of the save before."""
    web: WebPage | None = None
    """The web version; as old as the others."""
    report: Report | None = None
    """What the check found: first in the first edition alone, then in all of them. None until it has looked."""
    problems: tuple[Problem, ...] = ()
    """Everything wrong with what is saved now, errors first: what stopped it, or what the check found."""
    source: str = ""
    """The YAML as it is saved now; empty when it cannot be read."""
    is_outdated: bool = False
    """Whether the edition is older than what is saved, which cannot be built."""
    built: datetime | None = None
    """When the edition was made, in local time."""
    saved: datetime | None = None
    """When it was last found to be saved, built or not, or its file to be gone; in local time."""
    others_built: datetime | None = None
    """When the others and the web version were."""
    all_editions_built: bool = False
    """Whether every edition was made of the same save as the first, and checked."""
    asked: EditionKind | None = None
    """The kind of edition that is looked at, when it is not the first."""
    version: int = 0
    """Grows with each change of any of these."""

    @property
    def title(self) -> str:
        """What the issue is called: its title, or its file's name as long as nothing could be built."""
        return str(self.edition.issue.title) if self.edition else self.slug

    def shows(self, picture: str) -> bool:
        """Whether a picture of this name may be in it."""
        return picture in self.source

    def in_edition(self, kind: str | None) -> IssueState:
        """Give it as somebody sees it who looks at another edition; as it is when there is no such one."""
        asked = next((other for other in self.kinds[1:] if other == kind), None)
        if asked is None:
            return self
        found = next((edition for edition in self.others if edition.kind == asked), None)
        return replace(self, edition=found, provisional=None, built=self.others_built, asked=asked)

    @property
    def kind(self) -> EditionKind:
        """Which edition is looked at."""
        return self.asked or self.kinds[0]

    @property
    def query(self) -> dict[str, str]:
        """What an address says of the edition: nothing of the first."""
        return {"edition": self.asked} if self.asked else {}

    @property
    def has_page(self) -> bool:
        """Whether what is looked at has an HTML part, as all have but the text-only edition."""
        return self.kind != "text-only"

    def page_for(self, stamp: str | None) -> PageBuild | None:
        """Give the email at an address with a stamp: what is ahead only at its own, for it may have to go again."""
        if self.provisional and {"v": stamp} == self.stamp:
            return self.provisional.page
        return self.edition

    @property
    def stamp(self) -> dict[str, str]:
        """What an address of the framed email says of its age: for each email that is shown it is another one."""
        return _stamp(self.provisional.when if self.provisional else self.built)

    @property
    def web_stamp(self) -> dict[str, str]:
        """The same of the web version's."""
        return _stamp(self.others_built)

    @property
    def is_checked(self) -> bool:
        """Whether everything is known of what is saved: it is built and checked, or cannot be."""
        return bool(self.report or self.is_outdated or (self.problems and not self.edition))


def _stamp(built: datetime | None) -> dict[str, str]:
    return {"v": f"{built.timestamp() * 1000:.0f}"} if built else {}


def errors_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by severity, then by place; the same problem is told once."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.severity != "error", problem)))

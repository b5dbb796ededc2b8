"""Everything that the preview knows about one issue. Every view gets it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.edition import Edition, PageBuild, WebPage
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.preview.tasks import IssueTasks
from newsletter.problems import Location, Problem
from newsletter.source.scan import scan_texts

if TYPE_CHECKING:
    from newsletter.preview.history import Comparison

_FILE_MISSING = "file-missing"


class ProvisionalPage(NamedTuple):
    """The page of a newer save than the edition's. The rest of its edition is not built yet."""

    page: PageBuild
    built_at: datetime
    """In local time."""


@dataclass(frozen=True)
class IssueState:
    """One issue: its last good edition, and the problems of its file since."""

    slug: str
    """The file name without its ending. That of an unfinished issue begins with an underscore."""
    file: str
    """The path of the YAML file from the project's folder, with forward slashes."""
    edition: Edition | None = None
    """The last good edition of the selected kind; None if none could be built."""
    provisional: ProvisionalPage | None = None
    """The page to show first, between a save and its edition."""
    kinds: tuple[EditionKind, ...] = ("standard",)
    """The editions that the brand offers. The first is built first."""
    others: tuple[Edition, ...] = ()
    """The editions after the first. After a save they are those of the save before, until they are built again."""
    web: WebPage | None = None
    """The web version, from the same save as `others`."""
    report: Report | None = None
    """The report of the check: first of the first edition, then of all. None until the first edition is checked."""
    problems: tuple[Problem, ...] = ()
    """The problems of the file as it is now, errors first: those that stopped the build, or those of the report."""
    source: str = ""
    """The YAML as it is saved now; empty if it cannot be read."""
    is_outdated: bool = False
    """Whether the edition is older than the file, because the file cannot be built."""
    built_at: datetime | None = None
    """When the edition was built, in local time."""
    saved_at: datetime | None = None
    """When the last save was noticed, or that the file is missing; in local time."""
    others_built_at: datetime | None = None
    """When `others` and `web` were built, in local time."""
    all_editions_built: bool = False
    """Whether every edition is built from the same save as the first, and checked."""
    is_pending: bool = False
    """Whether something was saved that is not built yet, so that all of this is about an older text."""
    selected_kind: EditionKind | None = None
    """The kind of edition that the reader of this page chose; None for the first."""
    root: Path = Path()
    """The folder of the project."""
    settings: Settings = field(default_factory=Settings)
    """The settings of the project at the time of the build."""
    comparison: Comparison | None = None
    """What changed since another version, for the view that shows it; None for any other view."""
    is_ready: bool = False
    """Whether nothing is to be done before it is sent, for the pages that say so."""
    tasks: IssueTasks = field(default_factory=IssueTasks)
    """What somebody started from “Before you send”."""
    version: int = 0
    """Grows with each change of any of these."""

    @property
    def title(self) -> str:
        """The issue's title; if nothing could be built, what can be read of its title or subject, or else its slug."""
        return str(self.edition.issue.title) if self.edition else _first_words(self.source) or self.slug

    def mentions(self, name: str) -> bool:
        """Check whether the issue, or a snippet in it, may use the picture or the snippet with this name."""
        snippets = self.edition.issue.file.snippets if self.edition else ()
        return name in self.source or any(name in snippet.text for snippet in snippets)

    def in_edition(self, kind: str | None) -> IssueState:
        """Return the state with another edition selected; unchanged if the brand does not offer that kind."""
        selected = next((other for other in self.kinds[1:] if other == kind), None)
        if selected is None:
            return self
        edition = next((edition for edition in self.others if edition.kind == selected), None)
        return replace(self, edition=edition, provisional=None, built_at=self.others_built_at, selected_kind=selected)

    @property
    def kind(self) -> EditionKind:
        """The kind of the selected edition."""
        return self.selected_kind or self.kinds[0]

    @property
    def query(self) -> dict[str, str]:
        """The part of an address's query that selects the edition; empty for the first."""
        return {"edition": self.selected_kind} if self.selected_kind else {}

    @property
    def has_page(self) -> bool:
        """Whether the selected edition has an HTML part: all do, except the text-only edition."""
        return EDITION_KINDS[self.kind].has_page

    def page_for(self, stamp: str | None) -> PageBuild | None:
        """Return the email for a `?v=` stamp.

        A provisional page is served only under its own stamp, because it may be withdrawn.
        """
        if self.provisional and {"v": stamp} == self.stamp:
            return self.provisional.page
        return self.edition

    @property
    def stamp(self) -> dict[str, str]:
        """The part of an address's query that says which email is shown: each newer email has another stamp."""
        return _stamp(self.provisional.built_at if self.provisional else self.built_at)

    @property
    def web_stamp(self) -> dict[str, str]:
        """The same for the web version."""
        return _stamp(self.others_built_at)

    @property
    def is_checked(self) -> bool:
        """Whether the problems of the file are known: it is built and checked, or it cannot be built."""
        return bool(self.report or self.is_outdated or (self.problems and not self.edition))

    @property
    def earlier_problems(self) -> tuple[Problem, ...]:
        """The problems of the edition, errors first, if it is older than the file; empty if it is not checked."""
        return errors_first(self.report.problems) if self.report and self.is_outdated and not self.is_deleted else ()

    @property
    def is_deleted(self) -> bool:
        """Whether the issue's file is missing: deleted, renamed, or away while another program saves it."""
        return any(problem.id == _FILE_MISSING for problem in self.problems)


@lru_cache(maxsize=16)
def _first_words(source: str) -> str:
    texts = scan_texts(source, ("subject", "title"), anywhere="src")
    return " ".join((texts.get("subject") or texts.get("title") or "").split())


def _stamp(built_at: datetime | None) -> dict[str, str]:
    return {"v": f"{built_at.timestamp() * 1000:.0f}"} if built_at else {}


def mark_deleted(state: IssueState, new_name: str) -> IssueState:
    """Return the state of an issue whose file is missing: it keeps its last good page.

    Args:
        state: the issue.
        new_name: the path of the renamed file, as problems name it; "" if it was not renamed.
    """
    if new_name:
        message = f"This file is now called “{new_name}”."
        hint = "Open it under its new name, from the list of all issues."
    else:
        message = "This file does not exist any more."
        hint = "If you restore it, the preview shows it again."
    return replace(
        state,
        problems=(Problem(Location(state.file), _FILE_MISSING, message, hint),),
        provisional=None,
        is_outdated=state.edition is not None,
        saved_at=datetime.now().astimezone(),
    )


def forgettable(states: Iterable[IssueState], recent: Iterable[str]) -> list[str]:
    """Return the slugs of deleted issues that no window has opened recently.

    Args:
        states: all issues.
        recent: the slugs that were opened recently.
    """
    keep = set(recent)
    return [state.slug for state in states if state.is_deleted and state.slug not in keep]


def errors_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by severity, then by location, without duplicates."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.severity != "error", problem)))

"""Everything that an item of the checklist may look at."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from newsletter.check.issue_text import IssueText
from newsletter.check.settings import Settings
from newsletter.edition import Edition, WebPage
from newsletter.issue.model import Issue
from newsletter.problems import Problem
from newsletter.project import Project
from newsletter.ready.notes import Notes, read_notes
from newsletter.ready.reach import LinkResult
from newsletter.ready.web_links import upload_addresses, web_links


@dataclass(frozen=True)
class ReadyContext:
    """An issue as it is built and checked, its project, and the day."""

    editions: tuple[Edition, ...]
    """All editions of the brand that could be built, the first one first."""
    web: WebPage | None
    """Its web version; None if that is not built."""
    settings: Settings
    """How much each rule counts, and its thresholds."""
    problems: tuple[Problem, ...]
    ran: frozenset[str]
    """The ids of the rules that ran."""
    project: Project
    output: Path
    """The outbox."""
    today: datetime.date
    link_results: Mapping[str, LinkResult] | None = None
    """The result for each web address that was tried; None if nobody asked for that."""
    is_checked: bool = True
    """Whether the problems are those of these editions. In the preview they may be those of an older save."""

    @property
    def issue(self) -> Issue:
        """The issue, which is the same in every edition."""
        return self.editions[0].issue

    @cached_property
    def text(self) -> IssueText:
        """The issue as its editor wrote it."""
        return IssueText(self.issue, self.editions[0].brand)

    @cached_property
    def notes(self) -> Notes | None:
        """The notes of earlier audits and readers; None if they cannot be read."""
        return read_notes(self.project, self.issue.slug)

    @cached_property
    def links(self) -> list[str]:
        """The web addresses to which the email links, each once."""
        return web_links(self.editions[0])

    @cached_property
    def uploads(self) -> dict[str, str]:
        """The address of each file to upload, by its name in the outbox."""
        return upload_addresses(self.editions)

    @property
    def name(self) -> str:
        """The name of the issue for a command."""
        return command_name(self.issue.file.name)


def command_name(file: str) -> str:
    """Return the name of an issue for a command: without folder and ending if it is in `issues/`."""
    path = PurePosixPath(file)
    return path.stem if path.parent == PurePosixPath("issues") else shlex.quote(file)

"""What rules look at, by their scope."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newsletter.check.issue_text import WrittenIssue
from newsletter.check.message import MessageView
from newsletter.check.page import PageView
from newsletter.edition import Edition


@dataclass(frozen=True)
class Subjects:
    """What rules look at, by their kind; each is made once, when the first rule asks for it."""

    edition: Edition
    beside: Subjects | None = None
    """Those of another edition of the same issue: its editor wrote the same."""

    @cached_property
    def issue(self) -> WrittenIssue:
        """For rules about what an editor wrote."""
        return self.beside.issue if self.beside else WrittenIssue(self.edition.issue, self.edition.brand)

    @cached_property
    def page(self) -> PageView:
        """For rules about the page."""
        return PageView(self.edition, self.issue)

    @cached_property
    def message(self) -> MessageView:
        """For rules about the finished file."""
        return MessageView(self.edition, self.page)

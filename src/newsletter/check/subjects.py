"""What rules look at, by their scope."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newsletter.check.issue_text import IssueText
from newsletter.check.message import MessageSubject
from newsletter.check.page import PageSubject
from newsletter.edition import Edition


@dataclass(frozen=True)
class CheckContext:
    """What rules look at, by their kind; each is made once, when the first rule asks for it."""

    edition: Edition
    base: CheckContext | None = None
    """Those of another edition of the same issue: its editor wrote the same."""

    @cached_property
    def issue(self) -> IssueText:
        """For rules about what an editor wrote."""
        return self.base.issue if self.base else IssueText(self.edition.issue, self.edition.brand)

    @cached_property
    def page(self) -> PageSubject:
        """For rules about the page."""
        return PageSubject(self.edition, self.issue)

    @cached_property
    def message(self) -> MessageSubject:
        """For rules about the finished file."""
        return MessageSubject(self.edition, self.page)

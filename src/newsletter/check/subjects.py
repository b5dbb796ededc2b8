"""The subjects of the rules, by the scope of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newsletter.check.issue_text import IssueText
from newsletter.check.message import MessageSubject
from newsletter.check.page import PageSubject
from newsletter.edition import Edition


@dataclass(frozen=True)
class CheckContext:
    """The subjects of the rules of one edition. Each is created once, when the first rule needs it."""

    edition: Edition
    base: CheckContext | None = None
    """The subjects of another edition of the same issue. Both share the editor's text."""

    @cached_property
    def issue(self) -> IssueText:
        """The subject of rules about an editor's text."""
        return self.base.issue if self.base else IssueText(self.edition.issue, self.edition.brand)

    @cached_property
    def page(self) -> PageSubject:
        """The subject of rules about the page."""
        return PageSubject(self.edition, self.issue)

    @cached_property
    def message(self) -> MessageSubject:
        """The subject of rules about the finished message."""
        return MessageSubject(self.edition, self.page)

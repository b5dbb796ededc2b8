"""What the rules of one edition look at, by the scope of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newsletter.check.issue_text import IssueText
from newsletter.check.message import ParsedMessage
from newsletter.check.page import ParsedPage
from newsletter.edition import Edition


@dataclass(frozen=True)
class CheckContext:
    """The issue, page and message that the rules of one edition look at.

    Each is read once, when the first rule needs it.
    """

    edition: Edition
    base: CheckContext | None = None
    """That of another edition of the same issue. Both share the editor's text."""

    @cached_property
    def issue(self) -> IssueText:
        """The editor's text."""
        return self.base.issue if self.base else IssueText(self.edition.issue, self.edition.brand)

    @cached_property
    def page(self) -> ParsedPage:
        """The page of the edition."""
        return ParsedPage(self.edition, self.issue)

    @cached_property
    def message(self) -> ParsedMessage:
        """The finished message."""
        return ParsedMessage(self.edition, self.page)

"""What flows between the stages, by name, so that skipping a stage is a type error; and all of it together."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, NewType

from newsletter.edition_kinds import EditionKind
from newsletter.problems import Location

if TYPE_CHECKING:
    from newsletter.issue.brand import Brand
    from newsletter.issue.model import Issue
    from newsletter.issue.pictures import Picture


class TemplateSource(NamedTuple):
    """What an element was made from: a line of a template, and the part of the issue that this template showed."""

    location: Location
    part: tuple[int | str, ...] | None = None
    """The keys and positions that lead to a block, such as `("articles", 0, "content", 2)`; None outside blocks."""


class Mjml(str):
    """A composed issue: well-formed MJML, as filled in by Jinja2, which knows where its elements come from."""

    __slots__ = ("_origins",)
    _origins: tuple[tuple[int, str, TemplateSource], ...]

    def __new__(cls, text: str, origins: tuple[tuple[int, str, TemplateSource], ...] = ()) -> Mjml:
        """Make it from its text and, for each element in order, its line in the text, its tag and its origin."""
        made = super().__new__(cls, text)
        made._origins = origins
        return made

    def source(self, line: int, tag: str = "") -> TemplateSource:
        """Tell what the element at a line (from 1) of this text was made from."""
        end = bisect_right(self._origins, line, key=lambda origin: origin[0])
        before = (origin for _, name, origin in reversed(self._origins[:end]) if name.startswith(tag))
        return next(before, TemplateSource(Location("templates/newsletter.mjml")))

    def first(self, tag: str) -> TemplateSource:
        """Tell what the first element with a tag was made from."""
        return next((origin for _, name, origin in self._origins if name == tag), self.source(0))


class Page(str):
    """A whole HTML document, as compiled from MJML, with its rules still in `<style>`."""

    __slots__ = ("comment_sources", "element_sources")
    element_sources: tuple[TemplateSource, ...]
    """What each element of its body was made from, in the order of the document."""
    comment_sources: tuple[TemplateSource, ...]
    """The same for each element that stands in the body's comments, which only Outlook for Windows reads."""

    def __new__(
        cls, text: str, origins: tuple[TemplateSource, ...] = (), in_comments: tuple[TemplateSource, ...] = ()
    ) -> Page:
        """Make it from its text and the origins of its body's elements."""
        made = super().__new__(cls, text)
        made.element_sources, made.comment_sources = origins, in_comments
        return made


InlinedPage = NewType("InlinedPage", str)
"""The same document with each rule written into the elements it styles: the HTML part of the email."""

Reading = NewType("Reading", str)
"""The page in reading order with its layout stripped: what a screen reader meets. An HTML fragment."""

PlainText = NewType("PlainText", str)
"""The alternative part: plain text, lines ended by LF, no hard wrap inside a paragraph."""

WebPage = NewType("WebPage", str)
"""The issue as a page of a website: a whole document, with its pictures and rules inside."""


@dataclass(frozen=True)
class PageBuild:
    """One issue in one form as far as it can be looked at: what it says has yet to be read, sent and counted."""

    kind: EditionKind
    issue: Issue
    brand: Brand
    mjml: Mjml
    page: Page
    inlined: InlinedPage
    pictures: dict[str, Picture]
    """Each picture that the message shows, by the address under which the page shows it."""

    @property
    def has_page(self) -> bool:
        """Whether the message has an HTML part; the text-only edition is made from a page, and sends none."""
        return self.kind != "text-only"


@dataclass(frozen=True)
class Edition(PageBuild):
    """One issue in one form, with everything that was made of it, stage by stage, and nothing lost."""

    reading: Reading
    text: PlainText
    message: bytes

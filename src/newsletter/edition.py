"""What flows between the stages, by name, so that skipping a stage is a type error; and all of it together."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, NewType, Self

from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.problems import Location

if TYPE_CHECKING:
    from newsletter.issue.brand import Brand
    from newsletter.issue.model import Issue
    from newsletter.issue.pictures import Picture


class TemplateSource(NamedTuple):
    """What an element was made from: a line of a template, and the part of the issue that this template shows."""

    location: Location
    part: tuple[int | str, ...] | None = None
    """The keys and positions that lead to a block, such as `("articles", 0, "content", 2)`; None outside blocks."""


class Mjml(str):
    """A composed issue: well-formed MJML, as filled in by Jinja2, which knows where its elements come from."""

    __slots__ = ("_sources",)
    _sources: tuple[tuple[int, str, TemplateSource], ...]

    def __new__(cls, text: str, sources: tuple[tuple[int, str, TemplateSource], ...] = ()) -> Mjml:
        """Create it from its text and, for each element in order, its line in the text, its tag and its source."""
        mjml = super().__new__(cls, text)
        mjml._sources = sources
        return mjml

    def source(self, line: int, tag: str = "") -> TemplateSource:
        """Return what the element at a line (from 1) of this text was made from."""
        end = bisect_right(self._sources, line, key=lambda source: source[0])
        before = (source for _, name, source in reversed(self._sources[:end]) if name.startswith(tag))
        return next(before, self._sources[0][2] if self._sources else TemplateSource(Location("templates")))

    def first(self, tag: str) -> TemplateSource:
        """Return what the first element with a tag was made from."""
        return next((source for _, name, source in self._sources if name == tag), self.source(0))


SOURCE = "data-source"
"""The attribute that says which of `Page.sources` an element was made from. It is always the first of its tag."""

_MARK = re.compile(rf'(<[A-Za-z][\w:-]*) {SOURCE}="\d+"')


class _MarkedPage(str):
    """A whole HTML document whose elements know what they were made from.

    `marked` is the document with an attribute on each element of its body, and on those in its comments for Outlook,
    that leads to its source. So no stage has to keep elements in their places.
    """

    __slots__ = ("marked", "sources")
    marked: str
    sources: tuple[TemplateSource, ...]

    def __new__(cls, marked: str, sources: tuple[TemplateSource, ...] = ()) -> Self:
        """Create it from a document with marks, if there are sources; its own text has none."""
        page = super().__new__(cls, _MARK.sub(r"\1", marked) if sources else marked)
        page.marked, page.sources = marked, sources
        return page


class Page(_MarkedPage):
    """A document as compiled from MJML, with its rules still in `<style>`."""

    __slots__ = ()


class InlinedPage(_MarkedPage):
    """The same document with each rule written into the elements that it styles: the HTML part of the email."""

    __slots__ = ()


Reading = NewType("Reading", str)
"""The page in reading order with its layout stripped: what a screen reader meets. An HTML fragment."""

PlainText = NewType("PlainText", str)
"""The alternative part: plain text, lines ended by LF, no hard wrap inside a paragraph."""

WebPage = NewType("WebPage", str)
"""The issue as a page of a website: a whole document, with its pictures and rules inside."""


@dataclass(frozen=True)
class IssueBuild:
    """One issue up to its page: what all its editions and its web version are made from."""

    issue: Issue
    brand: Brand
    mjml: Mjml
    page: Page
    inlined: InlinedPage


class IssueWords(NamedTuple):
    """The words of an issue, which are the same in every edition."""

    reading: Reading
    text: PlainText


@dataclass(frozen=True)
class PageBuild:
    """An edition whose page is finished but whose message is not."""

    build: IssueBuild
    kind: EditionKind
    page: Page
    inlined: InlinedPage
    pictures: dict[str, Picture]
    """Each picture that the message shows, by the address under which the page shows it."""

    @property
    def issue(self) -> Issue:
        """The issue as its editor wrote it."""
        return self.build.issue

    @property
    def brand(self) -> Brand:
        """What is the same in every issue."""
        return self.build.brand

    @property
    def mjml(self) -> Mjml:
        """The composed issue."""
        return self.build.mjml

    @property
    def has_page(self) -> bool:
        """Whether the message has an HTML part; the text-only edition is made from a page, and sends none."""
        return EDITION_KINDS[self.kind].has_page


@dataclass(frozen=True)
class Edition(PageBuild):
    """One issue in one form: its page, its text and the finished message."""

    reading: Reading
    text: PlainText
    message: bytes

"""The types that flow between the stages, so that a skipped stage is a type error; and the finished edition."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, NewType, Self

from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.problems import Location
from newsletter.project import Project
from newsletter.source.nodes import KeyPath

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsletter.issue.brand import Brand
    from newsletter.issue.model import Issue
    from newsletter.issue.pictures import Picture


class TemplateSource(NamedTuple):
    """The source of an element: a line of a template, and the part of the issue that this template shows."""

    location: Location
    part: KeyPath | None = None
    """The keys and positions that lead to a block, such as `("articles", 0, "content", 2)`; None outside blocks."""


class Mjml(str):
    """A composed issue: well-formed MJML from Jinja2, with the sources of its elements."""

    __slots__ = ("_lines", "_sources")
    _lines: list[int]
    _sources: tuple[tuple[int, str, TemplateSource], ...]

    def __new__(cls, text: str, sources: tuple[tuple[int, str, TemplateSource], ...] = ()) -> Mjml:
        """Create it from its text and its elements in order: the line in the text (from 1), the tag, the source."""
        mjml = super().__new__(cls, text)
        mjml._lines, mjml._sources = [line for line, _, _ in sources], sources
        return mjml

    @property
    def head(self) -> str:
        """The text before the body."""
        return self.partition("<mj-body")[0]

    @property
    def inlined_css(self) -> str:
        """The text of the style sheets whose rules go into the style attributes of the elements."""
        return "".join(part.partition("</mj-style>")[0] for part in self.split('<mj-style inline="inline">')[1:])

    def source(self, line: int, tag: str = "") -> TemplateSource:
        """Return the source of the element at a line (from 1) of this text."""
        end = bisect_right(self._lines, line)
        before = (source for _, name, source in reversed(self._sources[:end]) if name.startswith(tag))
        return next(before, self._sources[0][2] if self._sources else TemplateSource(Location("templates")))

    def location(self, line: int) -> Location:
        """Return the location of words at a line (from 1) of this text, as many lines after the mark before them."""
        end = bisect_right(self._lines, line)
        first, _, source = self._sources[end - 1] if end else (line, "", self.source(line))
        return replace(source.location, line=max(source.location.line, 1) + line - first)

    def first(self, tag: str) -> TemplateSource:
        """Return the source of the first element with a tag."""
        return next((source for _, name, source in self._sources if name == tag), self.source(0))


SOURCE = "data-source"
"""The attribute with the index of an element's source in `Page.sources`. It is always the first of its tag."""

_MARK = re.compile(rf'(<[A-Za-z][\w:-]*) {SOURCE}="\d+"')


def without_marks(html: str) -> str:
    """Return a document, or a part of one, without `SOURCE` attributes."""
    return _MARK.sub(itemgetter(1), html)


class _MarkedPage(str):
    """A whole HTML document with the sources of its elements.

    `with_marks` is the document with a `SOURCE` attribute on each element of its body, also on those in comments for
    Outlook. So a stage may add, move and remove elements.
    """

    __slots__ = ("sources", "with_marks")
    with_marks: str
    sources: tuple[TemplateSource, ...]

    def __new__(cls, with_marks: str, sources: tuple[TemplateSource, ...] = (), text: str | None = None) -> Self:
        """Create it from a document with marks, if there are sources. The string itself has no marks.

        Args:
            with_marks: the document.
            sources: what its marks lead to.
            text: the string itself, if it is written in another way.
        """
        unmarked = without_marks(with_marks) if sources else with_marks
        page = super().__new__(cls, unmarked if text is None else text)
        page.with_marks, page.sources = with_marks, sources
        return page


class Page(_MarkedPage):
    """A document compiled from MJML, with its CSS rules in `<style>`."""

    __slots__ = ()


class InlinedPage(_MarkedPage):
    """The same document with each rule in the style attributes of its elements: the HTML part of the email.

    Its classes have short names there, and in `with_marks` those of the templates.
    """

    __slots__ = ()


Reading = NewType("Reading", str)
"""The page in reading order without its layout, as a screen reader reads it. An HTML fragment."""

PlainText = NewType("PlainText", str)
"""The plain-text part. Lines end with LF, and each paragraph is one line."""


class WebPage(_MarkedPage):
    """The issue as a page of a website: a whole HTML document with its pictures and rules inside."""

    __slots__ = ("filled",)
    filled: Mjml
    """`web.html` with `web.css` in it, as Jinja2 filled them: each line has its source, those of the CSS, too."""

    def __new__(cls, with_marks: str, sources: tuple[TemplateSource, ...] = (), filled: Mjml | None = None) -> Self:
        """Create it from a document with marks, and from its templates as they were filled."""
        page = super().__new__(cls, with_marks, sources)
        page.filled = Mjml(with_marks) if filled is None else filled
        return page


@dataclass(frozen=True)
class TextMarks:
    """The words that the plain text adds to those of the page, in the language of the issue."""

    image: str
    quote: str
    quote_ends: str
    table: str
    table_ends: str
    article_ends: str
    """With `{number}` for the number of the article."""


@dataclass(frozen=True)
class IssueBuild:
    """One issue up to its page: the source of all its editions and its web version."""

    issue: Issue
    brand: Brand
    mjml: Mjml
    page: Page
    inlined: InlinedPage
    text_marks: TextMarks
    project: Project
    """Where its templates are."""

    def chosen_editions(self, kinds: Iterable[EditionKind]) -> tuple[EditionKind, ...]:
        """Return the kinds of edition that were named; those of the brand if none was."""
        return tuple(kinds) or self.brand.editions


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
    """The pictures that the page shows, by their addresses in it."""

    @property
    def issue(self) -> Issue:
        """The issue as its editor wrote it."""
        return self.build.issue

    @property
    def brand(self) -> Brand:
        """The brand, which is the same in every issue."""
        return self.build.brand

    @property
    def mjml(self) -> Mjml:
        """The composed issue."""
        return self.build.mjml

    @property
    def has_page(self) -> bool:
        """Whether the message has an HTML part. The text-only edition has a page, but does not send it."""
        return EDITION_KINDS[self.kind].has_page

    @property
    def html_part(self) -> InlinedPage | None:
        """The HTML part of the message; None if it has none."""
        return self.inlined if self.has_page else None


@dataclass(frozen=True)
class Edition(PageBuild):
    """One edition of an issue: its page, its text and the finished message."""

    reading: Reading
    text: PlainText
    message: bytes


@dataclass(frozen=True)
class FinishedIssue:
    """All that becomes of an issue: its editions, of which there is at least one, and its web version."""

    build: IssueBuild
    editions: tuple[Edition, ...]
    web: WebPage

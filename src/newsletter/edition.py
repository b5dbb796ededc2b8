"""What flows between the stages, by name, so that skipping a stage is a type error; and all of it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

from newsletter.problems import Place

if TYPE_CHECKING:
    from newsletter.brand import Brand
    from newsletter.model import Issue
    from newsletter.pictures import Picture


class Mjml(str):
    """A composed issue: well-formed MJML, as filled in by Jinja2, which knows where its elements come from."""

    __slots__ = ("_origins",)
    _origins: tuple[tuple[int, str, Place], ...]

    def __new__(cls, text: str, origins: tuple[tuple[int, str, Place], ...] = ()) -> Mjml:
        """Make it from its text and, for each element in order, its line in the text, its tag and its template line."""
        made = super().__new__(cls, text)
        made._origins = origins
        return made

    def origin(self, line: int, tag: str = "") -> Place:
        """Where in which template the element at a line (from 1) of this text was written."""
        before = [place for at, name, place in self._origins if at <= line and name.startswith(tag)]
        return before[-1] if before else Place("templates/newsletter.mjml")


Page = NewType("Page", str)
"""A whole HTML document, as compiled from MJML, with its rules still in `<style>`."""

InlinedPage = NewType("InlinedPage", str)
"""The same document with each rule written into the elements it styles: the HTML part of the email."""

Reading = NewType("Reading", str)
"""The page in reading order with its layout stripped: what a screen reader meets. An HTML fragment."""

PlainText = NewType("PlainText", str)
"""The alternative part: plain text, lines ended by LF, no hard wrap inside a paragraph."""


@dataclass(frozen=True)
class Edition:
    """One issue with everything that was made of it, stage by stage."""

    issue: Issue
    brand: Brand
    mjml: Mjml
    page: Page
    inlined: InlinedPage
    reading: Reading
    text: PlainText
    message: bytes
    pictures: dict[str, Picture]
    """Each picture by the address under which the page shows it."""

"""What a screen reader says when it reads the page from top to bottom.

It follows NVDA in browse mode, and VoiceOver when it moves by one item. The role precedes the words. Lists and tables
announce their size at their start, and their end. A cell announces its row only if the row changed. Each link is a
separate stop. If the two differ, this uses the plainer word: "image" (VoiceOver; NVDA says "graphic"), "end of list"
(VoiceOver; NVDA says "out of list"). A screen reader does not announce a language by default: it changes its voice.
This names the language.

Not imitated: how signs and numbers are spoken (a raised 9 is spoken like any 9); settings for more or fewer
announcements; VoiceOver's "email" around everything, which NVDA does not say.

Sources: NVDA's own tests of what it says in Chrome (github.com/nvaccess/nvda, tests/system/robot/chromeTests.py) and
its user guide. `tests/simulations/test_screen_reader.py` compares headings, links, images and tables with Chromium's
own tree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

import regex
from babel import Locale, UnknownLocaleError
from lxml import etree

from newsletter.dom.tree import first_number, parse_html, whole_number
from newsletter.edition import Reading
from newsletter.english import count

Role = Literal["text", "heading", "link", "image", "list", "quote", "table", "rule", "end"]
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "dl")


@dataclass(frozen=True)
class Utterance:
    """One stop of a screen reader: the role, the announcements and the words of the page."""

    role: Role
    words: str
    """The words of the page; empty if there are none, as at the end of a list."""
    language: str
    """The language of the words: a BCP 47 tag."""
    announced: tuple[str, ...] = ()
    """What precedes the words, in English, such as "in Welsh", "bullet", "heading level 2"."""

    def __str__(self) -> str:
        return ", ".join(filter(None, [*self.announced, self.words]))


_BREAK = regex.compile(r"(?<=[ \u00a0])\u200b")


def utterances(reading: Reading, language: str) -> tuple[Utterance, ...]:
    """Return what a screen reader says, stop by stop.

    Args:
        reading: the page in reading order.
        language: the reader's own language, which is not announced: a BCP 47 tag.
    """
    voice = _Voice(language)
    # After the space of a phone number, it only lets the line break, and no voice says it.
    for body in parse_html(Reading(_BREAK.sub("", reading))).iter("body"):
        voice.block(body)
    return tuple(voice.utterances)


@dataclass
class _Voice:
    """Reads blocks one after the other. Announcements wait for the words that they belong to."""

    spoken: str
    """The language of the last words."""
    utterances: list[Utterance] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """Announcements for the next words."""
    line: str = ""
    role: Role = "text"
    is_within: bool = False
    """Whether the next words continue a sentence after a link or an image."""
    languages: list[str] = field(default_factory=list)
    """The languages of the open elements, innermost last."""

    def __post_init__(self) -> None:
        self.languages.append(self.spoken)

    def block(self, element: etree._Element) -> None:
        """Read a block element and everything in it."""
        self.languages.append(element.get("lang") or self.languages[-1])
        tag = str(element.tag)
        if tag in _HEADINGS:
            self.role = "heading"
            self._inside(element, f"heading level {_HEADINGS[tag]}")
            self.role = "text"
        elif tag in _LISTS:
            self._list(element)
        elif tag == "blockquote":
            self._inside(element, "quote")
            self._say("end", "", "end of quote")
        elif tag == "table":
            self._table(element)
        elif tag == "hr":
            self._say("rule", "", "separator")
        else:
            self._inside(element)
        self.languages.pop()

    def _inside(self, element: etree._Element, *announced: str) -> None:
        """Read the words and blocks of an element, with announcements before the first of them."""
        self._end_line()
        self.is_within = False
        waiting = len(self.waiting)
        self.waiting += announced
        self._add(element.text)
        for child in element:
            self._part(child)
            self._add(child.tail)
        self._end_line()
        if len(self.waiting) > waiting:  # the element has no words
            self._say(self.role, "")

    def _part(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "a" and element.get("href"):
            self._link(element)
        elif tag == "img":
            self._image(element)
        elif tag == "br":
            self._end_line()
        elif tag in ("a", "strong", "b", "em", "i", "sup", "sub", "code", "cite", "span"):
            self._phrase(element)
        elif isinstance(tag, str):
            self._end_line()
            self.block(element)

    def _phrase(self, element: etree._Element) -> None:
        """Read an inline element: part of the same utterance, unless the language changes."""
        language = element.get("lang") or self.languages[-1]
        if language != self.languages[-1]:
            self._end_line()
        self.languages.append(language)
        self._add(element.text)
        for child in element:
            self._part(child)
            self._add(child.tail)
        if language != self.languages[-2]:
            self._end_line()
        self.languages.pop()

    def _link(self, link: etree._Element) -> None:
        self._end_line()
        self.languages.append(link.get("lang") or self.languages[-1])
        images = list(link.iter("img"))
        if words := link.get("aria-label") or _words(link) or ("" if images else link.get("href", "")):
            self._say("link", words, "link")
        else:
            self.waiting.append("link")
        for image in images:
            self._image(image)
        self.is_within = True
        self.languages.pop()

    def _image(self, image: etree._Element) -> None:
        self._end_line()
        alt = image.get("alt")
        if alt is None:  # screen readers then read the name of the file
            name = PurePosixPath(unquote(urlsplit(image.get("src", "")).path)).name
            self._say("image", name, "image without a description")
        else:
            self._say("image", " ".join(alt.split()), "image")
        self.is_within = True

    def _list(self, element: etree._Element) -> None:
        items = [item for item in element if item.tag in ("li", "dt")]
        terms = element.tag == "dl"
        self._say("list", "", f"{'list of terms' if terms else 'list'}, {count(len(items), 'item')}")
        number = first_number(element)
        for item in element:
            if item.tag == "li":
                mark = "bullet" if element.tag == "ul" else str(number)
                self._item(item, mark if element.get("style") == item.get("style") is None else "")
                number += 1
            elif item.tag in ("dt", "dd"):
                self._item(item, "term" if item.tag == "dt" else "definition")
        self._say("end", "", "end of list")

    def _item(self, item: etree._Element, mark: str) -> None:
        self.languages.append(item.get("lang") or self.languages[-1])
        self._inside(item, *filter(None, [mark]))
        self.languages.pop()

    def _table(self, table: etree._Element) -> None:
        rows = list(table.iter("tr"))
        grid = _Grid(rows)
        size = f"table, {count(grid.columns, 'column')}, {count(len(rows), 'row')}"
        caption = next(table.iter("caption"), None)
        self._say("table", _words(caption) if caption is not None else table.get("aria-label", ""), size)
        last = -1
        for cell, row, column in grid:
            location = [f"row {row + 1}"] * (row != last) + [f"column {column + 1}"]
            self._item(cell, ", ".join(filter(None, [*location, grid.header(cell, row, column)])))
            last = row
        self._say("end", "", "end of table")

    def _add(self, text: str | None) -> None:
        self.line += text or ""

    def _end_line(self) -> None:
        """Add the collected words, without the full stop or comma after a link."""
        words, self.line = " ".join(self.line.split()), ""
        if self.is_within:
            words = regex.sub(r"^[\p{Terminal_Punctuation}… ]+", "", words)
        if any(unicodedata.category(sign)[0] not in "PZC" for sign in words):
            self._say(self.role, words)

    def _say(self, role: Role, words: str, *announced: str) -> None:
        change = []
        if words and self.languages[-1].casefold() != self.spoken.casefold():
            self.spoken = self.languages[-1]
            change = [f"in {language_name(self.spoken)}"]
        self.utterances.append(Utterance(role, words, self.languages[-1], (*change, *self.waiting, *announced)))
        self.waiting.clear()


class _Grid:
    """The cells of a table, each with its row and column, counted from 0."""

    def __init__(self, rows: list[etree._Element]) -> None:
        self._cells: list[tuple[etree._Element, int, int]] = []
        self._headers: Mapping[int, str] = {}
        occupied: set[tuple[int, int]] = set()
        headers: dict[int, str] = {}
        for row, element in enumerate(rows):
            column = 0
            for cell in element:
                while (row, column) in occupied:
                    column += 1
                width, height = (_span(cell, name) for name in ("colspan", "rowspan"))
                occupied |= {(row + down, column + along) for down in range(height) for along in range(width)}
                self._cells.append((cell, row, column))
                if cell.tag == "th" and cell.get("scope") == "col":
                    headers |= {column + along: _words(cell) for along in range(width)}
        self.columns = 1 + max((column for _, column in occupied), default=-1)
        self._headers = headers

    def __iter__(self) -> Iterator[tuple[etree._Element, int, int]]:
        return iter(self._cells)

    def header(self, cell: etree._Element, row: int, column: int) -> str:
        """Return the header of a cell's column; empty for a column header itself."""
        is_column_header = cell.tag == "th" and cell.get("scope") == "col"
        return "" if is_column_header else self._headers.get(column, "")


def language_name(tag: str) -> str:
    """Return the English name of a language tag, such as Welsh for cy; the tag itself if it has none."""
    try:
        return Locale.parse(tag, sep="-").get_language_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _span(cell: etree._Element, name: str) -> int:
    return min(max(whole_number(cell, name), 1), 1000)  # HTML has the same limit


def _words(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext(etree.Element)).split())

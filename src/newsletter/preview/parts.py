"""The parts of an email that can be chosen, and the lines of the files that each of them came from.

A part is a paragraph, heading, item, cell or picture. In the framed page, its element has the attribute `PART` with its
number. The email that is sent has no such attribute.
"""

from __future__ import annotations

import copy
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from newsletter.check.element_path import path_of
from newsletter.css.hiding import hides_from_everybody
from newsletter.dom.tree import PHRASING, parse_html
from newsletter.edition import SOURCE, PageBuild, TemplateSource, without_marks
from newsletter.preview.alignment import LineRange, PartValues, lines_of, paths_of, texts_of
from newsletter.problems import Location
from newsletter.source.nodes import KeyPath, at_path

PART = "data-part"

_NOT_SHOWN = ("subject", "language", "layout", "contents")
"""The keys of an issue whose values are no words of its page."""

_MOST_DIGITS = 9  # of a number in an address
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_ONE_LINE = 60  # characters of its words in the list of parts
_NAMES = {"img": "Picture", "li": "Item", "td": "Cell", "th": "Cell"} | {
    f"h{level}": "Heading" for level in range(1, 7)
}


@dataclass(frozen=True)
class Part:
    """One part: its number from 0, what it is, its first words, and where it came from."""

    number: int
    kind: str
    words: str
    lines: LineRange
    """The lines that wrote it: of the issue, a snippet, the brand or, if none of them has its words, a template."""
    path: KeyPath | None
    """The article or block of the issue that it belongs to."""
    template: Location
    """The line of the template that wrote its element."""

    @property
    def label(self) -> str:
        """The kind, with the first words."""
        return f"{self.kind}: {self.words}" if self.words else self.kind


class Parts:
    """The parts of the page of an email, in its order.

    Where they came from is found when somebody asks: the email itself is shown first.
    """

    def __init__(self, build: PageBuild) -> None:
        """Create it from an email, whose page is not changed."""
        self.build = build
        self._root = parse_html(build.inlined.with_marks)
        self._elements = elements = tuple(_elements(self._root, build.inlined.sources))
        etree.strip_attributes(self._root, SOURCE)
        for comment in self._root.iter(etree.Comment):  # those for Outlook have elements, too
            comment.text = without_marks(comment.text or "")
        self._of_path: dict[KeyPath | None, list[int]] = {}
        for number, element in enumerate(elements):
            self._of_path.setdefault(element.path, []).append(number)
        self._parts_by_path: dict[KeyPath | None, tuple[Part, ...]] = {}
        self._at: dict[Location, tuple[Part, ...]] = {}

    def copy_page(self) -> etree._Element:
        """Return the html element of a new copy of the page, with a `PART` attribute on the element of each part."""
        return copy.deepcopy(self._root.getroottree()).getroot()

    @cached_property
    def all(self) -> tuple[Part, ...]:
        """The parts, in order."""
        parts = (part for path in self._of_path for part in self._parts_of(path))
        return tuple(sorted(parts, key=lambda part: part.number))

    def with_number(self, number: str) -> Part | None:
        """Return the part with a number, as an address has it; None if there is none."""
        at = int(number) if number.isdecimal() and len(number) < _MOST_DIGITS else -1
        if not 0 <= at < len(self._elements):
            return None
        return next(part for part in self._parts_of(self._elements[at].path) if part.number == at)

    def at(self, location: Location) -> tuple[Part, ...]:
        """Return the parts that show a place of a file: one of the issue, or every one that a template line wrote."""
        if location not in self._at:
            self._at[location] = self._find(location)
        return self._at[location]

    def path_at(self, location: Location) -> KeyPath | None:
        """Return the path of the block of the issue that a place is in, or else of the article; None outside."""
        return next((path for path, lines in self._lines_by_path if lines.contains(location)), None)

    @cached_property
    def _lines_by_path(self) -> Sequence[tuple[KeyPath, LineRange]]:
        return list(paths_of(self.build.issue.file.root))

    def _find(self, location: Location) -> tuple[Part, ...]:
        path = self.path_at(location)
        candidates = [part for each in self._of_path if _belongs(each, path) for part in self._parts_of(each)]
        # Words with a link before them may begin earlier than where they were found.
        for where in (location, replace(location, column=0)):
            if parts := [part for part in candidates if part.lines.contains(where)]:
                return (min(parts, key=lambda part: part.lines.length),)
        if path:
            return tuple(sorted(candidates, key=lambda part: part.number)[:1])
        if not location.line:
            return ()
        line = Location(location.file, location.line)
        return tuple(part for part in self.all if part.template == line)

    @cached_property
    def files(self) -> dict[str, str]:
        """The text of each file that a part can come from, except templates, as it was when the email was built."""
        issue, brand = self.build.issue.file, self.build.brand.file
        texts = {file.name: file.text for file in brand.parts}
        return {**texts, **{snippet.file: snippet.text for snippet in issue.snippets}, issue.name: issue.text}

    @cached_property
    def _editor_lines(self) -> _EditorLines:
        return _EditorLines(self.build)

    def _parts_of(self, path: KeyPath | None) -> tuple[Part, ...]:
        if path not in self._parts_by_path:
            self._parts_by_path[path] = tuple(self._part(number) for number in self._of_path[path])
        return self._parts_by_path[path]

    def _part(self, number: int) -> Part:
        element = self._elements[number]
        kind, words = _NAMES.get(element.tag, "Text"), _shortened(element.text)
        lines = self._editor_lines.lines(element) or LineRange(element.template, element.template)
        return Part(number, kind, words, lines, element.path, element.template)


def _belongs(path: KeyPath | None, around: KeyPath | None) -> bool:
    """Check whether a part is in a block or, outside of its blocks, in an article; without either, outside of all."""
    if path is None or around is None:
        return path is around
    return path[: len(around)] == around and (len(around) > 2 or "content" not in path)


class _PartElement(NamedTuple):
    """The element of a part: its tag, its text or description, the line of its template, and its path in the issue."""

    tag: str
    text: str
    template: Location
    path: KeyPath | None


_latest: deque[Parts] = deque(maxlen=4)


def parts_of(build: PageBuild) -> Parts:
    """Return the parts of an email's page. The last ones are kept: the frame and the page around it both need them."""
    for known in _latest:
        if known.build.inlined is build.inlined:
            _latest.remove(known)
            _latest.append(known)
            return known
    parts = Parts(build)
    _latest.append(parts)
    return parts


def _elements(root: etree._Element, sources: Sequence[TemplateSource]) -> Iterator[_PartElement]:
    """Yield each element that is a part, and number it."""
    paths: dict[etree._Element, KeyPath | None] = {}
    templates: dict[etree._Element, TemplateSource] = {}
    hidden: set[etree._Element] = set()
    blocks: dict[etree._Element, None] = {}
    for element in next(root.iter("body")).iter(etree.Element):
        parent = element.getparent()
        if mark := element.get(SOURCE):
            templates[element] = sources[int(mark)]
        elif parent in templates:
            templates[element] = templates[parent]
        part = templates[element].part if element in templates else None
        paths[element] = path_of(element.get("class", ""), paths.get(parent) if parent is not None else None, part)
        if parent in hidden or hides_from_everybody(element.get("style", "")):
            hidden.add(element)
        elif element in templates and (element.tag == "img" or _has_words(element)):
            block = element
            while block.tag in PHRASING and (above := block.getparent()) is not None and above in templates:
                block = above
            blocks.setdefault(block)
    for number, element in enumerate(blocks):
        element.set(PART, str(number))
        words = "".join(_texts(element)) or element.get("alt", "")
        yield _PartElement(str(element.tag), " ".join(words.split()), templates[element].location, paths[element])


def _has_words(element: etree._Element) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    return any(text and _LETTER_OR_DIGIT.search(text) for text in texts)


def _texts(element: etree._Element) -> Iterator[str]:
    """Yield the texts in an element, with a space where a line ends."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            space = " " if child.tag == "br" or child.tag not in PHRASING else ""
            yield space
            yield from _texts(child)
            yield space
        yield child.tail or ""


def _shortened(text: str) -> str:
    return text if len(text) <= _ONE_LINE else f"{text[:_ONE_LINE].rsplit(' ', 1)[0]}…"


class _EditorLines:
    """Finds the lines of parts: in their block or article, in the rest of the issue, or in the brand."""

    def __init__(self, build: PageBuild) -> None:
        self._root = build.issue.file.root
        titles = [at_path(self._root, ("articles", n, "title")) for n, _ in enumerate(build.issue.articles)]
        outside = [
            *texts_of(self._root, but=("articles", *_NOT_SHOWN)),
            *(text for title in titles for text in texts_of(title)),
        ]
        # Between so many values, a short one could be in any words.
        self._outside = PartValues([*outside, *texts_of(build.brand.file.root)], fewest=8)
        self._inside: dict[KeyPath, PartValues] = {}

    def lines(self, part: _PartElement) -> LineRange | None:
        """Return the lines of the issue or the brand that a part shows; None if only a template has its words."""
        path = part.path
        if path is None:
            return self._outside.find(part.text)
        node = at_path(self._root, path)
        if path not in self._inside:
            self._inside[path] = PartValues(list(texts_of(node, but=("content",) if len(path) == 2 else ())))
        return self._inside[path].find(part.text) or lines_of(node)

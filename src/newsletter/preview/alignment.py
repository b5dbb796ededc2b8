"""Find the words of an email in the values of a file, whatever marks and line breaks are between them there."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsletter.problems import Location
from newsletter.source.nodes import KeyPath, ListNode, MapNode, Node, TextNode

# Of words that are written in another way, such as with a link inside, the beginning or the end is enough. Fewer
# letters may be those of other words.
_ENOUGH_LETTERS = (32, 16)
_FEWEST_INSIDE = 4  # letters of a value with words around it
_ADDRESS = re.compile(r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
"""The address of a link in Markdown, which is none of the words of the email."""


class LineRange(NamedTuple):
    """Lines of a file, from the beginning of something to its end."""

    start: Location
    end: Location

    @property
    def file(self) -> str:
        """The name of the file, as problems have it."""
        return self.start.file

    @property
    def length(self) -> tuple[int, int]:
        """The number of lines after the first, and of columns if there are none."""
        lines = self.end.line - self.start.line
        return lines, 0 if lines else self.end.column - self.start.column

    def contains(self, location: Location) -> bool:
        """Check whether a place is in these lines. A place without a column is in its whole line."""
        if location.file != self.file:
            return False
        if not location.column:
            return self.start.line <= location.line <= self.end.line
        first, last, here = self.start, self.end, (location.line, location.column)
        return (first.line, first.column) <= here <= (last.line, last.column)


def lines_of(node: Node) -> LineRange:
    """Return all lines of a node, those of snippets in it not counted: they are in files of their own."""
    file = node.location.file
    return LineRange(Location(file, node.location.line, 1), Location(file, _last_line(node, file), sys.maxsize))


def _last_line(node: Node, file: str) -> int:
    if node.location.file != file:
        return 0
    if isinstance(node, TextNode):
        return node.last_line
    inner = node.items.values() if isinstance(node, MapNode) else node.items
    return max([node.location.line, *(_last_line(item, file) for item in inner)])


@dataclass(frozen=True)
class _Value:
    node: TextNode
    letters: str
    offsets: tuple[int, ...]
    """For each of the letters, its offset in the text of the node."""

    def lines(self, start: int, end: int) -> LineRange:
        """Return the lines from one letter to before another. At an end of the value, signs such as brackets belong."""
        last = len(self.node.text.rstrip()) - 1 if end == len(self.letters) else self.offsets[end - 1]
        first = self.node.location_of(self.offsets[start] if start else 0)
        return LineRange(first, max(first, self.node.location_of(last)))


class PartValues:
    """The values of a part of a file, in order. Each search begins where the last one ended."""

    def __init__(self, nodes: Sequence[TextNode], fewest: int = 2) -> None:
        """Create it.

        Args:
            nodes: the values.
            fewest: how many letters a value has at least that is searched for in the words, and not the words in it.
        """
        self._fewest = fewest
        self._values = [_Value(node, *_letters_with_offsets(node.text)) for node in nodes]
        self._exact: dict[str, list[int]] = {}
        for number, value in enumerate(self._values):
            self._exact.setdefault(value.letters, []).append(number)
        self._at, self._offset = 0, 0

    def find(self, words: str) -> LineRange | None:
        """Return the lines of the words; None if they are not in any value."""
        letters = _letters(words)
        if not letters:
            return None
        if same := self._exact.get(letters):
            # From the last result on, as values are in the order of the email; the last one itself may be meant again.
            later = (number for number in same if (number, 0) >= (self._at, self._offset))
            self._at, self._offset = next(later, same[0]), len(letters)
            return self._values[self._at].lines(0, len(letters))
        sizes = [size for size in _ENOUGH_LETTERS if size < len(letters)]
        return (
            self._first(letters)
            or next((lines for size in sizes if (lines := self._first(letters, piece=letters[:size]))), None)
            # A label may come before a value, such as "Phone:".
            or self._longest(letters, letters.endswith, self._fewest)
            or self._longest(letters, letters.__contains__, max(self._fewest, _FEWEST_INSIDE))
            or next((lines for size in sizes if (lines := self._first(letters, piece=letters[-size:]))), None)
        )

    def _first(self, letters: str, piece: str = "") -> LineRange | None:
        """Return the lines of the letters in the first value with them; if a piece of them is given, with that one."""
        for number, begin in self._order():
            value = self._values[number]
            if (start := value.letters.find(piece or letters, begin)) >= 0:
                self._at, self._offset = number, self._end(value, start, piece or letters, letters)
                return value.lines(start, self._offset)
        return None

    def _longest(self, letters: str, matches: Callable[[str], bool], fewest: int) -> LineRange | None:
        """Return the lines of the longest of the values that match; None if none does."""
        values = (self._values[number] for number, _ in self._order() if len(self._values[number].letters) >= fewest)
        if longest := max(filter(lambda value: matches(value.letters), values), key=_size, default=None):
            self._at, self._offset = self._values.index(longest), len(longest.letters)
            return longest.lines(0, self._offset)
        return None

    def _order(self) -> Iterator[tuple[int, int]]:
        """Return each value with the offset from which it is searched: from the last result on, then from the top."""
        if self._values:
            yield self._at, self._offset
            yield from (
                (number % len(self._values), 0) for number in range(self._at + 1, self._at + 1 + len(self._values))
            )

    @staticmethod
    def _end(value: _Value, start: int, piece: str, letters: str) -> int:
        end = start + len(piece)
        if letters.startswith(piece) and piece != letters:
            last = letters[-len(piece) :]
            begin = value.letters.find(last, end)
            # What is between may have grown by addresses, but not without limit.
            if 0 <= begin <= start + 4 * len(letters):
                end = begin + len(last)
        return end


def texts_of(node: Node, but: tuple[str, ...] = ()) -> Iterator[TextNode]:
    """Yield each text below a node, in order; also the words that a glossary explains, which are keys.

    Args:
        node: the node.
        but: keys of the node itself to leave out.
    """
    if isinstance(node, TextNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from texts_of(item)
    else:
        for key, value in node.items.items():
            if key == "glossary" and isinstance(value, MapNode):
                for word, explanation in value.items.items():
                    yield TextNode(word, value.keys[word])
                    yield from texts_of(explanation)
            elif key not in but:
                yield from texts_of(value)


def paths_of(root: Node) -> Iterator[tuple[KeyPath, LineRange]]:
    """Yield the path of each block and article of an issue, with its lines. Blocks come before their article."""
    articles = root.items.get("articles") if isinstance(root, MapNode) else None
    for number, article in enumerate(articles.items if isinstance(articles, ListNode) else ()):
        content = article.items.get("content") if isinstance(article, MapNode) else None
        for position, block in enumerate(content.items if isinstance(content, ListNode) else ()):
            yield ("articles", number, "content", position), lines_of(block)
        yield ("articles", number), lines_of(article)


def _size(value: _Value) -> int:
    return len(value.letters)


def _letters(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(filter(str.isalnum, text)).casefold()


def _letters_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the letters and digits of the words of a Markdown text in lower case, and the offset of each in it."""
    words = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
    offsets = [offset for offset, sign in enumerate(words) if sign.isalnum()]
    letters = _letters(words)
    if len(letters) != len(offsets):  # ß becomes ss
        offsets = [offset for offset in offsets for _ in words[offset].casefold()]
    return letters, tuple(offsets)

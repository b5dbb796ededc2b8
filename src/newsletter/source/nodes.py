"""The tree of a YAML file: strings with their location, lists, and keys with values.

YAML itself reads `12:30` as 750, `no` as False and `5.10` as 5.1, and uses the last of two equal keys without a
warning. Here every scalar is the string that the editor typed. The model says what it means (see `issue.model`).
Everything that YAML would change, repeat or drop without a warning is a problem.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from newsletter.problems import Location

# The source of one character between quotes, as a regular expression.
_TOKENS = {
    "'": r"''|.",
    '"': r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.|$)|.",
}

KeyPath = tuple[int | str, ...]
"""The keys and positions, from 0, that lead to a value of a file, such as `("articles", 0, "title")`."""


@dataclass(frozen=True)
class TextNode:
    """One piece of text and its source. The style is `|`, `>`, a quotation mark, or empty for a plain text."""

    text: str
    location: Location
    style: str = ""
    source: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def location_of(self, offset: int) -> Location:
        """Return the location of the character at an offset of the text.

        YAML folds lines, removes their indentation and resolves escapes. But it never drops or moves a character that
        is not white space, so this counts those.
        """
        number = self._characters_before(offset) + 1
        if number >= len(self._edges):
            return self.location
        return Location(self.location.file, self._edges[number][0], self._edges[number][1] + 1)

    def span_of(self, start: int, end: int) -> tuple[int, int, int] | None:
        """Return the line (from 1) and the columns (from 0, without the end) of a piece of the text.

        White space at the start or end of the piece extends to the next character that is not white space. The result
        is None if the piece is in more than one line of the file, or begins with the indentation of a block.
        """
        first, last, edges = self._characters_before(start), self._characters_before(end), self._edges
        if not self.text[start:end] or len(edges) <= last:
            return None
        line, begin = edges[first][::2] if self.text[start].isspace() else edges[first + 1][:2]
        if not self.text[end - 1].isspace():
            until, finish = edges[last][::2]
        elif self.text[end:].strip() or (self.style in _TOKENS and len(edges) > last + 1):
            until, finish = edges[last + 1][:2]
        else:
            until, finish = line, len(self.source[line - 1])
        return (line, begin, finish) if line == until else None

    @property
    def typed(self) -> TextNode:
        """The text as it was typed: this one, unless it is filled."""
        return self

    @property
    def last_line(self) -> int:
        """The line (from 1) of the last character of the text that is not white space."""
        return self._edges[min(self._character_counts[-1], len(self._edges) - 1)][0]

    def _characters_before(self, offset: int) -> int:
        """Return the number of characters before an offset of the text that are not white space."""
        return self._character_counts[min(offset, len(self.text))]

    # These tables are made once, so that a thousand problems of a text find their places as fast as one.
    @cached_property
    def _character_counts(self) -> Sequence[int]:
        return list(itertools.accumulate((not sign.isspace() for sign in self.text), initial=0))

    @cached_property
    def _edges(self) -> Sequence[tuple[int, int, int]]:
        """The `_character_spans` of the text. Before them is its opening quotation mark; after them the closing one."""
        opening = (self.location.line, self.location.column - 1, self.location.column)
        return [opening, *itertools.islice(self._character_spans(), self._character_counts[-1] + 1)]

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def _character_spans(self) -> Iterator[tuple[int, int, int]]:
        """Return the line, start and end of each character of the text that is not white space, in order."""
        tokens = _TOKENS.get(self.style, r".")
        # Outside double quotes a backslash is a character like any other.
        is_space = _is_space if self.style == '"' else str.isspace
        begin = self.location.column - 1 + (self.style in _TOKENS)
        for number, line in enumerate(self.source[self.location.line - 1 :], self.location.line):
            if number > self.location.line or self.style not in ("|", ">"):
                for token in re.finditer(tokens, line[begin:]):
                    if not is_space(token[0]):
                        yield number, begin + token.start(), begin + token.end()
            begin = 0

    def find(self, line: int, *snippets: str) -> Location:
        """Return the location of the first of these snippets that is in the text, from a line (from 0) of it on."""
        start = self._line_starts[min(line, len(self._line_starts) - 1)]
        offsets = (self.text.find(snippet, start) for snippet in snippets if snippet)
        return self.location_of(next((offset for offset in offsets if offset >= 0), start))


class Replacement(NamedTuple):
    """The start and the end of a piece of a text in the file, and the words instead of it, of which there are some."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class FilledTextNode(TextNode):
    """A text with other words instead of pieces of the text in the file. Its locations are in the file."""

    _typed: TextNode = field(kw_only=True)
    _replacements: tuple[Replacement, ...] = field(kw_only=True)

    @classmethod
    def create(cls, typed: TextNode, replacements: Sequence[Replacement]) -> FilledTextNode:
        """Return a text with replacements, which are in order and do not overlap."""
        ends = [0, *(each.end for each in replacements)]
        text = "".join(typed.text[end : each.start] + each.new for end, each in zip(ends, replacements, strict=False))
        text += typed.text[ends[-1] :]
        filled = (text, typed.location, typed.style, typed.source)
        return cls(*filled, _typed=typed, _replacements=tuple(replacements))

    @property
    def typed(self) -> TextNode:
        """The text as it was typed."""
        return self._typed

    def location_of(self, offset: int) -> Location:
        """Return the location of the character at an offset of the text; of a replacement, that of its start."""
        return self._typed.location_of(self._typed_offset(offset))

    def span_of(self, start: int, end: int) -> tuple[int, int, int] | None:
        """Return the line and the columns of a piece of the text; None also if a part of it was not typed like this."""
        if any(begin < end and start < finish for begin, finish in self._new_spans):
            return None
        return self._typed.span_of(self._typed_offset(start), self._typed_offset(end))

    @property
    def last_line(self) -> int:
        """The line (from 1) of the last character of the text that is not white space."""
        return self._typed.last_line

    @cached_property
    def _new_spans(self) -> Sequence[tuple[int, int]]:
        """The start and the end of each replacement in the text."""
        spans, longer = list[tuple[int, int]](), 0
        for start, end, new in self._replacements:
            spans.append((start + longer, start + longer + len(new)))
            longer += len(new) - (end - start)
        return spans

    def _typed_offset(self, offset: int) -> int:
        typed = offset
        for (begin, finish), (start, end, _) in zip(self._new_spans, self._replacements, strict=True):
            if offset < finish:
                return typed if offset < begin else start
            typed = offset - finish + end
        return typed


@dataclass(frozen=True)
class ListNode:
    """A list."""

    items: list[Node]
    location: Location


@dataclass(frozen=True)
class MapNode:
    """Keys with their values and their locations, in the order of the file."""

    items: dict[str, Node]
    keys: dict[str, Location]
    location: Location


Node = TextNode | ListNode | MapNode


def at_path(node: Node, path: KeyPath) -> Node:
    """Return the node at a path of keys and positions, or its nearest ancestor that exists."""
    for step in path:
        if isinstance(node, MapNode) and step in node.items:
            node = node.items[str(step)]
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node


def replace_node(node: Node, path: KeyPath, new: Node) -> Node:
    """Return a tree with another node at a path that exists.

    Args:
        node: the root of the tree, which stays as it is.
        path: the keys and positions from there.
        new: the other node.
    """
    if not path:
        return new
    step, *rest = path
    if isinstance(node, MapNode):
        return replace(node, items={**node.items, str(step): replace_node(node.items[str(step)], tuple(rest), new)})
    assert isinstance(node, ListNode) and isinstance(step, int)
    items = [*node.items]
    items[step] = replace_node(items[step], tuple(rest), new)
    return replace(node, items=items)


def to_plain_data(node: Node) -> Any:
    """Return a node and all below it as dicts, lists and strings."""
    if isinstance(node, MapNode):
        return {key: to_plain_data(value) for key, value in node.items.items()}
    if isinstance(node, ListNode):
        return [to_plain_data(item) for item in node.items]
    return node.text


def last_line(node: Node) -> int:
    """Return the last line (from 1) with a text of a node, or with a key of it."""
    if isinstance(node, TextNode):
        return node.last_line
    inner = node.items.values() if isinstance(node, MapNode) else node.items
    return max([node.location.line, *map(last_line, inner)])


def merge_nodes(node: Node, changes: Node) -> Node:
    """Return a tree with the values of another one instead of its own. Groups of keys are merged, lists replaced."""
    if not isinstance(node, MapNode) or not isinstance(changes, MapNode):
        return changes
    items = {key: merge_nodes(node.items[key], new) if key in node.items else new for key, new in changes.items.items()}
    return MapNode({**node.items, **items}, {**node.keys, **changes.keys}, node.location)


def _is_space(token: str) -> bool:
    if not token.startswith("\\") or len(token) == 1:
        return token.isspace() or token == "\\"
    return chr(int(token[2:], 16)).isspace() if len(token) > 2 else token[1] in "nrtvf_NLP \t"

"""Reads YAML as text: a tree of strings, each of which remembers where it was written.

YAML's own typing turns `12:30` into 750, `no` into False and `5.10` into 5.1, and of two equal keys the last one
wins without a word. Here every scalar stays the string that the editor typed; what it means is the schema's
business (see `model`). Whatever YAML would resolve, repeat or drop in silence is a problem instead.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsletter.problems import Location

# What stands for one character between quotes.
_TOKENS = {
    "'": r"''|.",
    '"': r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.|$)|.",
}


@dataclass(frozen=True)
class TextNode:
    """One piece of text, and how it was written: style is `|`, `>`, a quotation mark, or empty when plain."""

    text: str
    location: Location
    style: str = ""
    source: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def location_of(self, offset: int) -> Location:
        """Give the place of a character of the text.

        YAML folds lines, takes off their indentation and resolves escapes, but signs that are not white space it
        neither drops nor moves: so they are counted.
        """
        before = _count_signs(self.text[:offset])
        sign = next(itertools.islice(self._signs(), before, None), None)
        return Location(self.location.file, sign[0], sign[1] + 1) if sign else self.location

    def span_of(self, start: int, end: int) -> tuple[int, int, int] | None:
        """Give the line (from 1) and the columns (from 0, the end excluded) in which a piece of the text is written.

        White space at an end of the piece reaches as far as the sign beyond it. None when the piece is not written in
        one line, or begins with a block's indentation.
        """
        first = _count_signs(self.text[:start])
        last = first + _count_signs(self.text[start:end])
        # Before the text stands what opens it; beyond it a closing quotation mark, or what does not belong to it.
        opening = (self.location.line, self.location.column - 1, self.location.column)
        edges = [opening, *itertools.islice(self._signs(), last + 1)]
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

    def _signs(self) -> Iterator[tuple[int, int, int]]:
        """Give line, start and end of each of the text's characters that is not white space, in order."""
        tokens = _TOKENS.get(self.style, r".")
        # Elsewhere than in double quotes a backslash is a sign like any other.
        is_space = _is_space if self.style == '"' else str.isspace
        begin = self.location.column - 1 + (self.style in _TOKENS)
        for number, line in enumerate(self.source[self.location.line - 1 :], self.location.line):
            if number > self.location.line or self.style not in ("|", ">"):
                for token in re.finditer(tokens, line[begin:]):
                    if not is_space(token[0]):
                        yield number, begin + token.start(), begin + token.end()
            begin = 0

    def find(self, line: int, *snippets: str) -> Location:
        """Give the place of the first of these snippets that stands at or after a line of the text (from 0)."""
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        start = starts[min(line, len(starts) - 1)]
        found = (self.text.find(snippet, start) for snippet in snippets if snippet)
        return self.location_of(next((offset for offset in found if offset >= 0), start))


@dataclass(frozen=True)
class ListNode:
    """A list, item by item."""

    items: list[Node]
    location: Location


@dataclass(frozen=True)
class MapNode:
    """Keys and their values, in the order in which they were written, and where each key stands."""

    items: dict[str, Node]
    keys: dict[str, Location]
    location: Location


Node = TextNode | ListNode | MapNode


def at_path(node: Node, path: tuple[int | str, ...]) -> Node:
    """Give the node at a path of keys and positions, or the nearest one above it that exists."""
    for step in path:
        if isinstance(node, MapNode) and step in node.items:
            node = node.items[str(step)]
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node


def _count_signs(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _is_space(token: str) -> bool:
    if not token.startswith("\\") or len(token) == 1:
        return token.isspace() or token == "\\"
    return chr(int(token[2:], 16)).isspace() if len(token) > 2 else token[1] in "nrtvf_NLP \t"

"""Writes the nodes of a YAML file as YAML again, with other values and with the comments of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from newsletter.source.nodes import KeyPath, ListNode, MapNode, Node, TextNode, last_line


def quote(text: str) -> str:
    """Return a text as a value between double quotes, which YAML reads as exactly this text."""
    return json.dumps(text, ensure_ascii=False)


def write_yaml(
    root: Node, lines: Sequence[str], values: Mapping[KeyPath, str], omissions: Mapping[KeyPath, str]
) -> str:
    """Return a file with other values.

    Comments on lines of their own stay where they are, and so does one empty line between two parts. Each key and each
    item of a list gets a line of its own.

    Args:
        root: the nodes of the file. Nodes of another file have to be omissions.
        lines: the lines of the file.
        values: new values, by their paths, in the form that YAML has after the colon: a value of several lines begins
            with `|` and a line break.
        omissions: what to write instead of a key or an item with all that is in it, by its path: a comment, a key,
            or nothing if it is empty.
    """
    return "\n".join(_Writer(lines, values, omissions).lines_of(root)) + "\n"


class _Writer:
    """Writes nodes in the order of the file, so that it meets each comment once."""

    def __init__(self, lines: Sequence[str], values: Mapping[KeyPath, str], omissions: Mapping[KeyPath, str]) -> None:
        self._lines, self._values, self._omissions = lines, values, omissions
        self._file = ""
        self._read = 0
        """The number of lines of the file whose content is written or left out."""

    def lines_of(self, root: Node) -> Iterator[str]:
        """Yield the lines of the new file."""
        self._file = root.location.file
        yield from self._inner(root, (), "")
        yield from self._comments(len(self._lines) + 1, "")

    def _inner(self, node: Node, path: KeyPath, indent: str) -> Iterator[str]:
        """Yield the lines of a list or a group of keys."""
        if isinstance(node, MapNode):
            for key, value in node.items.items():
                yield from self._entry(value, (*path, key), node.keys[key].line, indent, f"{key}:")
        elif isinstance(node, ListNode):
            for position, item in enumerate(node.items):
                yield from self._entry(item, (*path, position), item.location.line, indent, "-")

    def _entry(self, node: Node, path: KeyPath, line: int, indent: str, start: str) -> Iterator[str]:
        """Yield the lines of a key or an item; `start` is what is before its value."""
        is_here = node.location.file == self._file
        if is_here:
            yield from self._comments(line, indent)
        if path in self._omissions:
            self._read = max(self._read, last_line(node) if is_here else 0)
            yield from [indent + self._omissions[path]] * bool(self._omissions[path])
        elif isinstance(node, TextNode):
            self._read = max(self._read, node.last_line)
            first, *more = self._value(node, path).split("\n")
            yield f"{indent}{start} {first}".rstrip()
            yield from (f"{indent}  {each}".rstrip() for each in more)
        elif start == "-" and isinstance(node, ListNode) and all(isinstance(item, TextNode) for item in node.items):
            cells = [self._value(item, (*path, position)) for position, item in enumerate(node.items)]
            self._read = max(self._read, last_line(node))
            yield f"{indent}- [{', '.join(cells)}]"
        elif start == "-":
            # The first key of an item is on the line of its hyphen, unless a comment is there.
            first, *more = self._inner(node, path, f"{indent}  ")
            is_comment = first.lstrip().startswith("#")
            yield from [f"{indent}-", first] if is_comment else [f"{indent}- {first.lstrip()}"]
            yield from more
        else:
            yield f"{indent}{start}"
            yield from self._inner(node, path, f"{indent}  ")

    def _comments(self, line: int, indent: str) -> Iterator[str]:
        """Yield the comments before a line of the file that are not written yet."""
        previous = None
        for text in map(str.strip, self._lines[self._read : line - 1]):
            if text.startswith("#") or text == "" != previous:
                yield (indent + text).rstrip()
                previous = text
        self._read = max(self._read, line)

    def _value(self, node: Node, path: KeyPath) -> str:
        """Return what a text has after its colon or hyphen."""
        text = node.typed.text if isinstance(node, TextNode) else ""
        is_plain = isinstance(node, TextNode) and not node.style
        return self._values.get(path, text if is_plain else quote(text))

"""Reads a YAML file into a tree of nodes. Everything that YAML would change or drop without a warning is a problem."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from newsletter.characters import UNPRINTABLE, describe, joins_without_space, quoted
from newsletter.problems import Location, Problem, Problems, raise_if_any
from newsletter.source.messages import explain_yaml_error, unusual_space, wide_colon
from newsletter.source.nodes import ListNode, MapNode, Node, TextNode
from newsletter.source.text_file import MAX_PROBLEMS, read_text, unwanted_characters

# libyaml's C parser is ten times faster. Not every PyYAML has it.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_IF_EMPTY = "Write something in it, or delete it."

# In each, the second group is the unusual space.
_SPACE_AT_KEY = re.compile(r"(\w*:|-|\w+(?=\s\Z)|)([^\S ])")
_SPACE_IN_ITEM = re.compile(r"([a-z_]+:|-|(?=\s *[\"'|>[{]))([^\S ])")
_SPACE_BEFORE_TEXT = re.compile(r"()([^\S ]) *[\"'|>[{]")
_WIDE_COLON = re.compile(r"([a-z_]+)：(?= *[|>])")
# With two spaces before # and one after it, it is a comment. With fewer, it may be meant as part of the text.
_HASH_IN_TEXT = re.compile(r"(?! {2,}# )\s+(#.*)")
_UNWANTED_ESCAPE = re.compile(f"\r|{UNPRINTABLE}")

MAX_DEPTH = 30  # an issue needs 9 levels; libyaml ends the process at 100,000


def read_yaml(path: Path, file: str, if_empty: str = _IF_EMPTY) -> Node:
    """Read one YAML document from its file.

    Args:
        path: the file, in UTF-8.
        file: the name of the file in problems.
        if_empty: the hint if the file is empty.

    Returns:
        The root node, a `MapNode`.

    Raises:
        Problems: as `read_text` and `parse_yaml` do.
    """
    return parse_yaml(read_text(path, file), file, if_empty)


def parse_yaml(text: str, file: str, if_empty: str = _IF_EMPTY) -> Node:
    """Read one YAML document from its text.

    Args:
        text: the whole file.
        file: the name of the file in problems.
        if_empty: the hint if the file is empty.

    Returns:
        The root node, a `MapNode`.

    Raises:
        Problems: for everything that is not one plain YAML document.
    """
    raise_if_any(itertools.islice(unwanted_characters(text, file), MAX_PROBLEMS))
    return _Composer(text, file).compose(if_empty)


class _Composer:
    """Builds the tree from YAML's events, without recursion, so that it can limit the depth while it reads."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.text = text
        self.lines = tuple(text.splitlines())
        self.open: list[_Open] = []
        self.problems: list[Problem] = []

    def compose(self, if_empty: str) -> Node:
        root: Node | None = None
        documents = 0
        for event in self._events():
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                self._problem(event, "A second document begins here.", "Delete the line “---”: one file is one issue.")
                break
            if len(self.open) > MAX_DEPTH:
                self._problem(
                    event,
                    f"Lists and keys are nested more than {MAX_DEPTH} levels deep here.",
                    "Look for a bracket that is not closed.",
                )
                break
            node = self._node(event)
            if node is not None and self.open:
                self._add(self.open[-1], node)
            elif node is not None:
                root = node
        start = Location(self.file, 1, 1)
        if not self.problems and (root is None or (isinstance(root, TextNode) and not root.text)):
            self._report(start, "This file is empty.", if_empty)
        elif not self.problems and not isinstance(root, MapNode):
            self._report(
                start,
                "This file has no keys with values.",
                "Begin it with a line such as “title: My title”, without a hyphen before it.",
            )
        if self.problems or root is None:
            raise Problems(self.problems)
        return root

    def _node(self, event: Any) -> Node | None:
        """Return the node that an event completes; None if it completes no node."""
        if isinstance(event, yaml.NodeEvent):
            self._refuse_anchor(event)
        if isinstance(event, yaml.AliasEvent):
            return TextNode(f"*{event.anchor}", self._location(event), "'")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append(_Open(self._location(event), isinstance(event, yaml.MappingStartEvent)))
        if isinstance(event, yaml.CollectionEndEvent):
            return self.open.pop().close()
        return None

    def _events(self) -> Iterator[Any]:
        latest = None
        try:
            for latest in yaml.parse(self.text, Loader=LOADER):
                yield latest
        except yaml.MarkedYAMLError as error:
            problem = explain_yaml_error(error, self.lines, self.file, latest)
            # A problem of the same line is the reason why the parser could not continue.
            if not any(known.location.line == problem.location.line for known in self.problems):
                self.problems.append(problem)
        except yaml.YAMLError as error:
            self._report(Location(self.file, 1, 1), "This file cannot be read as YAML.", " ".join(str(error).split()))

    def _scalar(self, event: yaml.ScalarEvent) -> TextNode:
        style = event.style or ""
        if not style and (comment := _HASH_IN_TEXT.match(self._rest_of_line(event.end_mark))):
            end = self._location(event.end_mark)
            self._report(
                Location(end.file, end.line, end.column + comment.start(1)),
                f"{quoted(comment[1])} is not read, because “ #” begins a comment.",
                "Put the whole text in quotes. Or, if it is a comment, write two spaces before the # and one after it.",
            )
        if event.tag is not None:
            self._problem(event, f"{quoted(event.tag)} has a special meaning in YAML.", "Put the whole text in quotes.")
        # An item such as `- text：|` would be a text without a key.
        if not style and (key := _WIDE_COLON.match(event.value)):
            start = self._location(event)
            self.problems.append(wide_colon(key[1], Location(start.file, start.line, start.column + key.end(1))))
        scalar = TextNode(event.value, self._location(event), style, self.lines)
        # An escape in double quotes can produce a character that the file itself must not have.
        if unwanted := _UNWANTED_ESCAPE.search(event.value):
            self._report(
                scalar.location_of(unwanted.start()),
                f"A backslash produces a character here that nobody can see: {describe(unwanted[0])}.",
                "Write the backslash twice (\\\\), put single quotes around the text, or delete it.",
            )
        is_folded = (
            style != "|" and scalar.location.line != self._location(event.end_mark).line and not event.value.isascii()
        )
        return replace(scalar, text=self._without_folds(scalar)) if is_folded else scalar

    def _without_folds(self, scalar: TextNode) -> str:
        """Return a text without the spaces that YAML has for the end of a line between Chinese or Japanese signs."""
        text = scalar.text

        def is_fold(space: re.Match[str]) -> bool:
            start, end = space.span()
            if not joins_without_space(text[start - 1], text[end]):
                return False
            line = scalar.location_of(start - 1).line
            return line != scalar.location_of(end).line and not self.lines[line - 1].endswith("\\")

        return re.sub(r"(?<=\S) (?=\S)", lambda space: "" if is_fold(space) else " ", text)

    def _rest_of_line(self, mark: Any) -> str:
        return self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""

    def _refuse_anchor(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._problem(
                event,
                f"{quoted(sign + event.anchor)} has a special meaning in YAML.",
                "Put the whole text in quotes. If it should repeat a part of the file, copy that part.",
            )

    def _add(self, parent: _Open, node: Node) -> None:
        if isinstance(node, TextNode) and not node.style:
            self._refuse_space(parent, node)
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            if isinstance(node, TextNode):
                parent.key = node
            else:
                message, hint = "A list or a group of keys cannot be a key.", "Write the key as one word."
                column = node.location.column - 1
                if value := re.match(r"[ -]*\w+: +[\[{]*([\[{])", self.lines[node.location.line - 1][: column + 1]):
                    message, hint = f"A text cannot begin with “{value[1]}”.", "Put the whole text in double quotes."
                self._report(node.location, message, hint)
                parent.key = TextNode("", node.location)
        else:
            key, parent.key = parent.key, None
            name = unicodedata.normalize("NFC", key.text)
            if name in parent.keys:
                first = parent.keys[name].line
                self._report(
                    key.location,
                    f"{quoted(name)} is written twice; the first is in line {first}.",
                    "Keep one of them.",
                )
                return
            parent.keys[name] = key.location
            parent.values[name] = node

    def _refuse_space(self, parent: _Open, node: TextNode) -> None:
        """Report an unusual space that makes a text of what would be a key, an item or a text in quotes."""
        if parent.is_mapping and parent.key is None:
            pattern = _SPACE_AT_KEY
        elif parent.key and parent.key.location.line == node.location.line:
            pattern = _SPACE_BEFORE_TEXT
        else:
            pattern = _SPACE_IN_ITEM
        if space := pattern.match(node.text):
            location = Location(self.file, node.location.line, node.location.column + len(space[1]))
            self.problems.append(unusual_space(space[2], location))

    def _location(self, where: Any) -> Location:
        mark = getattr(where, "start_mark", where)
        return Location(self.file, mark.line + 1, mark.column + 1)

    def _problem(self, where: Any, message: str, hint: str) -> None:
        self._report(self._location(where), message, hint)

    def _report(self, location: Location, message: str, hint: str) -> None:
        self.problems.append(Problem(location, "yaml", message, hint))


@dataclass
class _Open:
    """A list, or keys with values, whose end is not read yet."""

    location: Location
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    values: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Location] = field(default_factory=dict)
    key: TextNode | None = None

    def close(self) -> Node:
        return (
            MapNode(self.values, self.keys, self.location) if self.is_mapping else ListNode(self.items, self.location)
        )

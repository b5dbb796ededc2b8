"""A version of an issue, taken apart into its articles and their values, whether or not an email could be built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from newsletter.issue.fields import Language
from newsletter.issue.snippets import KEY as SNIPPET
from newsletter.problems import Problems
from newsletter.source.nodes import ListNode, MapNode, Node, TextNode
from newsletter.source.parser import parse_yaml

THE_ISSUE = "The issue itself"
"""The title of the section with what is in no article, such as the subject."""

LINE = "Line"
"""The name of a value that is a line of a version whose YAML cannot be read."""

# The order of keys has no meaning in YAML. Here it is always the same: these, then the others from A to Z.
_FIRST_KEYS = ("subject", "preheader", "title", "label", "date", "time", "language", "summary", "image", "welcome")

_NAMES = {"src": "file", "alt": "description", "url": "address"}
"""Names for editors of keys that are no words."""


@dataclass(frozen=True)
class Version:
    """The YAML of an issue at some moment, and of the snippets in it by their names."""

    label: str
    """What it is, such as "the last commit (1a2b3c4, 3 November 2026)"."""
    source: str
    snippets: Mapping[str, str] = field(default_factory=dict)
    committed_at: datetime | None = None
    """When it was committed, in local time; None if it is no commit."""


@dataclass(frozen=True)
class Value:
    """One value of a section: its name for editors, such as "Summary" or "Person, caption", its text and its line."""

    name: str
    key: str
    """The last key of its path."""
    text: str
    line: int
    item: str = ""
    """Which of several items it is in, such as "“Tea by phone”" or "row “Bus”, column “Fare”"; "" if that has no name.

    It is no part of the name, because a value stays the same one if its item gets another title.
    """
    node: TextNode | None = field(default=None, compare=False, repr=False)
    """Where it is in the file of the issue; None if it is in no such place."""

    def line_at(self, offset: int) -> int:
        """Return the line of the character at an offset of the text; if it is not known, that of the value."""
        return self.node.location_of(offset).line if self.node else self.line


@dataclass(frozen=True)
class Section:
    """An article, or what is in no article: its title, its number (0 if it is no article) and its values in order."""

    title: str
    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Sections:
    """The sections of a version, the issue itself first; and its language."""

    sections: tuple[Section, ...]
    language: str


def read_sections(version: Version) -> Sections | None:
    """Return the sections of a version; None if its YAML cannot be read."""
    try:
        root = parse_yaml(version.source, "")
    except Problems:
        return None
    if not isinstance(root, MapNode):
        return None
    articles = root.items.get("articles")
    own = {key: node for key, node in root.items.items() if node is not articles or not isinstance(articles, ListNode)}
    first = Section(THE_ISSUE, 0, tuple(_values(MapNode(own, root.keys, root.location), (), version)))
    items = articles.items if isinstance(articles, ListNode) else []
    language = root.items.get("language")
    known = isinstance(language, TextNode) and Language.is_known(language.text)
    return Sections(
        (first, *(_article(item, number, version) for number, item in enumerate(items, 1))),
        language.text if known and isinstance(language, TextNode) else "en",
    )


def lines_as_section(version: Version) -> Section:
    """Return a version whose YAML cannot be read as one section, with a value for each line."""
    values = (Value(LINE, "", text, number) for number, text in enumerate(version.source.split("\n"), 1))
    return Section("The file", 0, tuple(value for value in values if value.text.strip()))


def _article(node: Node, number: int, version: Version) -> Section:
    words = _words(node.items.get("title")) if isinstance(node, MapNode) else ""
    return Section(words or f"Article {number}", number, tuple(_values(node, (), version)))


def _values(node: Node, names: tuple[str, ...], version: Version, item: str = "") -> Iterator[Value]:
    if isinstance(node, TextNode):
        yield Value(_name(names), names[-1] if names else "", node.text, node.location.line, item, node)
    elif isinstance(node, ListNode):
        for each in node.items:
            yield from _values(each, names, version, _title_of(each) or item)
    else:
        for key in sorted(node.items, key=_rank):
            child = node.items[key]
            text = version.snippets.get(child.text) if key == SNIPPET and isinstance(child, TextNode) else None
            if key == "rows" and isinstance(child, ListNode):
                yield from _cells(child, node.items.get("columns"), (*names, key), version)
            else:
                yield from _values(child, (*names, key), version, item)
            if text is not None and isinstance(child, TextNode):
                yield from _snippet(text, child, names, version)


def _cells(rows: ListNode, columns: Node | None, names: tuple[str, ...], version: Version) -> Iterator[Value]:
    """Yield the cells of a table. Each is named by its row, which the first cell names, and its column."""
    titles = [_words(each) for each in columns.items] if isinstance(columns, ListNode) else []
    for number, row in enumerate(rows.items, 1):
        cells = row.items if isinstance(row, ListNode) else [row]
        title = _words(cells[0]) if cells else ""
        name = f"row “{title}”" if title else f"row {number}"
        for at, cell in enumerate(cells):
            column = f", column “{titles[at]}”" if at < len(titles) and titles[at] else ""
            yield from _values(cell, names, version, name + column)


def _title_of(node: Node) -> str:
    title = _words(node.items.get("title")) if isinstance(node, MapNode) else ""
    return f"“{title}”" if title else ""


def _words(node: Node | None) -> str:
    return " ".join(node.text.split()) if isinstance(node, TextNode) else ""


def _snippet(text: str, name: TextNode, names: tuple[str, ...], version: Version) -> Iterator[Value]:
    """Yield the values of a snippet, at the line of the issue that names it."""
    try:
        root = parse_yaml(text, "")
    except Problems:
        return
    # A snippet cannot have another one inside, so none is looked up in it.
    plain = Version(version.label, "")
    for value in _values(root, (*names, f"snippet {name.text}"), plain):
        yield replace(value, line=name.location.line, node=None)


def _rank(key: str) -> tuple[int, str]:
    return (_FIRST_KEYS.index(key) if key in _FIRST_KEYS else len(_FIRST_KEYS), key)


def _name(names: tuple[str, ...]) -> str:
    """Return the name of a value, such as "Person, caption" for a caption in the `person` of a content."""
    words = [_NAMES.get(name, name).replace("_", " ") for name in names if name != "content"] or ["value"]
    # Only the block and its key: what is between them, such as `items`, says nothing more.
    ends = words if len(words) <= 2 else [words[0], words[-1]]
    text = ", ".join(ends)
    return text[:1].upper() + text[1:]

"""A version of an issue, taken apart into its articles and their values, whether or not an email could be built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from newsletter.issue.fields import Language
from newsletter.issue.snippets import KEY as SNIPPET
from newsletter.problems import Problems
from newsletter.source.nodes import ListNode, MapNode, Node, TextNode
from newsletter.source.parser import parse_yaml

THE_ISSUE = "The issue itself"
"""The title of the section with what is in no article, such as the subject."""

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


@dataclass(frozen=True)
class Value:
    """One value of a section: its name for editors, such as "Summary" or "Person, caption", its text and its line."""

    name: str
    key: str
    """The last key of its path."""
    text: str
    line: int


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


def lines(version: Version) -> Section:
    """Return a version whose YAML cannot be read as one section, with a value for each line."""
    values = (Value("Line", "", text, number) for number, text in enumerate(version.source.split("\n"), 1))
    return Section("The file", 0, tuple(value for value in values if value.text.strip()))


def _article(node: Node, number: int, version: Version) -> Section:
    title = node.items.get("title") if isinstance(node, MapNode) else None
    words = " ".join(title.text.split()) if isinstance(title, TextNode) else ""
    return Section(words or f"Article {number}", number, tuple(_values(node, (), version)))


def _values(node: Node, names: tuple[str, ...], version: Version) -> Iterator[Value]:
    if isinstance(node, TextNode):
        yield Value(_name(names), names[-1] if names else "", node.text, node.location.line)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _values(item, names, version)
    else:
        for key in sorted(node.items, key=_rank):
            item = node.items[key]
            text = version.snippets.get(item.text) if key == SNIPPET and isinstance(item, TextNode) else None
            yield from _values(item, (*names, key), version)
            if text is not None and isinstance(item, TextNode):
                yield from _snippet(text, item, names, version)


def _snippet(text: str, name: TextNode, names: tuple[str, ...], version: Version) -> Iterator[Value]:
    """Yield the values of a snippet, at the line of the issue that names it."""
    try:
        root = parse_yaml(text, "")
    except Problems:
        return
    # A snippet cannot have another one inside, so none is looked up in it.
    plain = Version(version.label, "")
    for value in _values(root, (*names, f"snippet {name.text}"), plain):
        yield Value(value.name, value.key, value.text, name.location.line)


def _rank(key: str) -> tuple[int, str]:
    return (_FIRST_KEYS.index(key) if key in _FIRST_KEYS else len(_FIRST_KEYS), key)


def _name(names: tuple[str, ...]) -> str:
    """Return the name of a value, such as "Person, caption" for a caption in the `person` of a content."""
    words = [_NAMES.get(name, name).replace("_", " ") for name in names if name != "content"] or ["value"]
    # Only the block and its key: what is between them, such as `items`, says nothing more.
    ends = words if len(words) <= 2 else [words[0], words[-1]]
    text = ", ".join(ends)
    return text[:1].upper() + text[1:]

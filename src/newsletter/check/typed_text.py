"""The values that readers get, as they were typed into the issue and the brand, for rules about single characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.issue_text import IssueText
from newsletter.check.prose import Paragraph
from newsletter.check.rule import Located
from newsletter.issue.fields import Language
from newsletter.issue.text_fields import Text
from newsletter.issue.walk import iter_values
from newsletter.problems import Fix
from newsletter.source.nodes import KeyPath, MapNode, Node, TextNode, at_path


@dataclass(frozen=True)
class TypedText:
    """One value or one term of a glossary, with its language."""

    source: str
    """The value as YAML reads it."""
    path: KeyPath | None
    """The keys that lead to it in the issue; None in the brand."""
    language: Language
    is_markdown: bool
    is_inline: bool
    """Whether it is Markdown without paragraphs, headings and lists."""
    _node: TextNode = field(repr=False)
    _paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)
    _is_key: bool = False

    @cached_property
    def words(self) -> str:
        """The words of its paragraphs, with U+FFFC for each character of code or of an address."""
        return "\n".join(paragraph.words for paragraph in self._paragraphs)

    @property
    def has_quotes_of_yaml(self) -> bool:
        """Whether it is in straight quotes, or below a | or a >."""
        return bool(self._node.style)

    def at(self, offset: int) -> Located:
        """Return the location of an offset of `source`, for a finding."""
        return Located(self._node.location_of(offset), self.path)

    def fix(self, start: int, end: int, new: str) -> Fix | None:
        """Return the fix that replaces a piece of `source`. None in the brand and in a key, which are never fixed.

        Args:
            start: the offset of its first character in `source`.
            end: the offset after its last one.
            new: what takes its place.
        """
        return None if self.path is None or self._is_key else Fix(self.path, start, end, new)

    def deletion(self, start: int, end: int) -> Fix | None:
        """Return the fix that deletes a piece of `source`, and one of two spaces around it."""
        is_between_spaces = self.source[start - 1 : start] in ("", " ") and self.source[end : end + 1] == " "
        return self.fix(start, end + is_between_spaces, "")


@cached_on_argument
def typed_texts(issue: IssueText) -> tuple[TypedText, ...]:
    """Return every text of the issue and of the brand, with the terms of both glossaries."""
    return (*_in_issue(issue), *_in_brand(issue))


def _in_issue(issue: IssueText) -> Iterator[TypedText]:
    root = issue.issue.file.root
    for prose in issue.texts:
        if isinstance(node := at_path(root, prose.path), TextNode):
            yield TypedText(
                prose.source, prose.path, prose.language, prose.is_markdown, prose.is_inline, node, prose.paragraphs
            )
    for term in _terms(at_path(root, ("glossary",))):
        yield TypedText(term.text, ("glossary", term.text), issue.issue.language, False, False, term, _is_key=True)


def _in_brand(issue: IssueText) -> Iterator[TypedText]:
    root, language = issue.brand.file.root, issue.brand.language
    values = [at_path(root, path) for path, value in iter_values(issue.brand) if isinstance(value, Text)]
    for node in (*values, *_terms(at_path(root, ("glossary",)))):
        if isinstance(node, TextNode):
            yield TypedText(node.text, None, language, False, False, node)


def _terms(glossary: Node) -> Iterator[TextNode]:
    """Return the keys of a glossary as texts. Every character of a key has the location of its start."""
    for term, location in glossary.keys.items() if isinstance(glossary, MapNode) else ():
        yield TextNode(term, location, "'")

"""Fill the merge fields of an issue or a brand, such as `{first_name|reader}`, before anything else reads its texts.

What comes after sees plain words, as if they had been typed, and knows where they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated
from urllib.parse import quote

from pydantic import BaseModel, Field

from newsletter.characters import quoted
from newsletter.issue.address_fields import Url
from newsletter.issue.field_syntax import (
    NAME,
    OF_THE_READER,
    FieldProblem,
    FieldUse,
    FilledField,
    find_fields,
    unplain_sign,
)
from newsletter.issue.fields import FieldText, invalid_value
from newsletter.issue.model import IssueModel
from newsletter.issue.schema_types import type_at
from newsletter.issue.text_fields import BareText, Markdown, Reason, Text
from newsletter.problems import Location, Problem
from newsletter.source.nodes import FilledTextNode, KeyPath, ListNode, MapNode, Node, Replacement, TextNode

Fill = Callable[[FieldUse], str]
"""Returns what stands for a field in a text: plain words."""


class PlainWords(BareText):
    """Words that mean the same in every place: no marks of Markdown, no braces."""

    @classmethod
    def check(cls, text: str) -> PlainWords:
        """Accept words without marks.

        Raises:
            PydanticCustomError: if they have a mark or a brace.
        """
        if sign := unplain_sign(text):
            raise invalid_value(f"{quoted(text)} has {quoted(sign)} in it.", "Write plain words, without marks.")
        return cls(super().check(text))


class FieldName(FieldText):
    """The name of a field, as it is written between braces."""

    json_schema = {"pattern": f"^{NAME.pattern}$"}

    @classmethod
    def check(cls, text: str) -> FieldName:
        """Accept a short name that is not already that of something else.

        Raises:
            PydanticCustomError: if the name is taken, or has other characters.
        """
        if text in OF_THE_READER:
            message = f"Each reader has the field {quoted(text)} already."
            raise invalid_value(message, "Delete it here, or give it another name.")
        if not NAME.fullmatch(text):
            hint = "Write up to 40 lower-case letters, digits and _, such as first_name. It begins with a letter."
            raise invalid_value(f"{quoted(text)} cannot be the name of a field.", hint)
        return cls(text)


class MergeField(IssueModel):
    """What is different for each reader: `{first_name|reader}` in a text is the reader's own, or else “reader”."""

    example: Annotated[PlainWords, Field(description="What it may be for a reader. The preview shows it.")]
    fallback: Annotated[PlainWords, Field(description="The words for readers without a value.")]
    longest: Annotated[
        PlainWords | None, Field(description="A long one, for rules about length; the longer of the two unless given.")
    ] = None

    @property
    def longest_words(self) -> str:
        """The longest words that it is reckoned with."""
        return self.longest or max(self.example, self.fallback, key=len)


@dataclass(frozen=True)
class FilledFile:
    """The nodes of a file with words instead of fields; each field once; and what is wrong, with the paths."""

    root: Node
    fields: tuple[FilledField, ...]
    problems: tuple[Problem, ...]
    faulty: frozenset[KeyPath]


@dataclass(frozen=True)
class FieldPlaces:
    """Where fields can be, besides words."""

    in_links: bool = True
    """Whether they can be in the addresses of links."""

    fixed: Collection[str] = ()
    """First keys of words that are the same for every reader."""
    for_reader: Collection[KeyPath] = ()
    """The paths of addresses that can have `{token}` and `{address}`."""


def fill_fields(
    root: Node,
    schema: type[BaseModel],
    fallbacks: Mapping[str, str],
    fill: Fill | None = None,
    places: FieldPlaces = FieldPlaces(),
) -> FilledFile:
    """Return the nodes of a file with words instead of its fields.

    Args:
        root: the nodes.
        schema: the type of the file.
        fallbacks: the fallback of each field that the brand declares, by its name.
        fill: returns the words for a field; None for the fallback, which `{token}` and `{address}` in addresses of
            the brand do not have. So these stay as they are.
        places: where fields can be.
    """
    filler = _Filler(schema, fallbacks, fill or _fallback, places)
    filled = filler.fill(root, ())
    return FilledFile(filled, tuple(filler.fields), tuple(filler.problems), frozenset(filler.faulty))


def _fallback(use: FieldUse) -> str:
    return use.fallback


# What can be an address: in Markdown what is in round brackets after the words of a link, and what begins like one.
_IN_BRACKETS = r"\((?:[^\s()<>]|\([^\s()<>]*+\))*+\)"
_ADDRESS = re.compile(
    rf"\]\(\s*+<?(?P<target>(?:[^\s()<>]|{_IN_BRACKETS})*+)"
    rf"|(?P<bare>(?:https?://|mailto:)(?:[^\s()<>\[\]]|{_IN_BRACKETS})*+)",
    re.IGNORECASE,
)
_BEFORE_FIELD = re.compile(r"https?://[^/?#\s]+[/?#]|mailto:[^?\s]*\?", re.IGNORECASE)
_FOR_READER = re.compile(r"(?<!\{)\{(address|token)\}(?!\})")

_FIXED = FieldProblem("A field cannot be here.", "Write what is the same for every reader.")
_IN_HOST = FieldProblem(
    "A field cannot be in the first part of an address.",
    "Write it after the name of the website and a /, or after a ?, as in https://example.org/?town={town|York}.",
)
_UNQUOTED = FieldProblem(
    "A text that begins with a brace is not read as a text.", "Put the whole text in double quotes."
)
_NOT_OWN = FieldProblem("Only {token} and {address} can be in this address.", "Write one of them instead.")


@dataclass
class _Filler:
    """Fills the texts of a file one after the other, and keeps what it has read."""

    schema: type[BaseModel]
    fallbacks: Mapping[str, str]
    words_for: Fill
    places: FieldPlaces
    fields: dict[FilledField, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[KeyPath] = field(default_factory=set)

    def fill(self, node: Node, path: KeyPath) -> Node:
        """Return a node with words instead of fields."""
        if isinstance(node, TextNode):
            return self._filled(node, path) if "{" in node.text else node
        if isinstance(node, ListNode):
            return replace(node, items=[self.fill(item, (*path, number)) for number, item in enumerate(node.items)])
        self._check_keys(node, path)
        return replace(node, items={key: self.fill(item, (*path, key)) for key, item in node.items.items()})

    def _check_keys(self, node: MapNode, path: KeyPath) -> None:
        for key, location in node.keys.items():
            if "{" in key and any(find_fields(key, self.fallbacks)):
                self._report(_FIXED, location, path)
        (key, value), *others = node.items.items() or [("", node)]
        is_braces = not others and isinstance(value, TextNode) and not value.text
        if is_braces and _is_words(type_at(self.schema, path)) and any(find_fields(f"{{{key}}}", self.fallbacks)):
            self._report(_UNQUOTED, node.location, path)

    def _filled(self, node: TextNode, path: KeyPath) -> TextNode:
        kind = type_at(self.schema, path)
        if path in self.places.for_reader:
            return self._for_reader(node, path)
        is_address = kind is Url
        if isinstance(kind, type) and issubclass(kind, Url) and not self.places.in_links:
            return node  # its own check says what it can have
        fields = list(find_fields(node.text, self.fallbacks)) if kind not in (None, Reason) else []
        if fields and (path[0] in self.places.fixed or not (is_address or _is_words(kind))):
            self._report(_FIXED, node.location_of(fields[0].start), path)
            return node
        # A fallback can have spaces, which would end an address.
        masks = [Replacement(start, end, "x" * (end - start)) for start, end, _ in fields]
        masked = FilledTextNode.create(node, masks).text
        addresses = (
            [(0, len(masked))] if is_address else [each.span(each.lastgroup or 0) for each in _ADDRESS.finditer(masked)]
        )
        replacements: list[Replacement] = []
        for start, end, what in fields:
            begin = next((begin for begin, finish in addresses if begin <= start < finish), None)
            if isinstance(what, FieldProblem):
                self._report(what, node.location_of(start), path)
            elif begin is not None and not _BEFORE_FIELD.match(masked[begin:start]):
                self._report(_IN_HOST, node.location_of(start), path)
            else:
                replacements.append(self._replacement(node.text, start, end, what, begin is not None))
        return FilledTextNode.create(node, replacements) if replacements else node

    def _for_reader(self, node: TextNode, path: KeyPath) -> TextNode:
        """Return an address of the brand with what is different for each reader; without `fill` it stays as it is."""
        if any(isinstance(each.what, FieldUse) for each in find_fields(node.text, self.fallbacks)):
            self._report(_NOT_OWN, node.location, path)
        replacements = [
            self._replacement(node.text, *each.span(), FieldUse(each[1], ""), True)
            for each in _FOR_READER.finditer(node.text)
        ]
        replacements = [each for each in replacements if each.new]
        return FilledTextNode.create(node, replacements) if replacements else node

    def _replacement(self, text: str, start: int, end: int, use: FieldUse, in_address: bool) -> Replacement:
        words = self.words_for(use)
        if words:
            self.fields[FilledField(text[start:end], use, words)] = None
        return Replacement(start, end, quote(words, safe="") if in_address else words)

    def _report(self, fault: FieldProblem, location: Location, path: KeyPath) -> None:
        self.problems.append(Problem(location, "field", *fault))
        self.faulty.add(path)


def _is_words(kind: object) -> bool:
    return kind in (Text, BareText) or (isinstance(kind, type) and issubclass(kind, Markdown))

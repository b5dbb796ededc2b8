"""Read an issue again: each piece of it that a reader must get, and in what order.

PyYAML's own composer reads the YAML, and `verify.markdown` the Markdown. The pipeline's loader and its Markdown
library are not used, because they are checked here, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import yaml

from newsletter.verify.fields import Words, yaml_root
from newsletter.verify.markdown import paragraphs, spoken
from newsletter.verify.moments import is_usual, readings
from newsletter.verify.tokens import address_of, words_of

Stream = Literal["words", "links", "title"]
"""Where a piece must be: among the words of the body or its links, or in the title."""

# Keys that an editor writes for the tool and not for the reader.
_KEYS_FOR_THE_PROGRAM = frozenset(
    ["language", "decorative", "kind", "consent", "src", "file", "allow", "width", "every", "calendar"]
)
# These are never Markdown. For other keys, the author of a template decides.
_PLAIN = frozenset(["subject", "preheader", "title", "alt", "publisher", "year"])
# Choices of how a picture is shown, with their keys: a document has a size, too, which readers get.
_CHOICES = frozenset([("size", "full"), ("size", "half"), ("size", "small"), ("side", "start"), ("side", "end")])
_FIRST_DAY = "first day"
"""The key of a day that readers may get without its year, because a last day in the same year comes after it."""


@dataclass(frozen=True, eq=False, slots=True)
class Scalar:
    """A value of a YAML file: its key, its text, and the YAML node that knows its location."""

    key: str
    text: str
    node: yaml.Node

    @property
    def style(self) -> str:
        """The character before the value in YAML: | or > for a block, or a quotation mark; empty if there is none."""
        return str(getattr(self.node, "style", None) or "")


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """Words that must be side by side, or one link, or (if not `exact`) a number that a word must hold.

    `previous` is the piece before it in the same value. With it, `locate` finds which of two equal words was lost.
    """

    stream: Stream
    tokens: tuple[str, ...]
    scalar: Scalar
    exact: bool = True
    previous: Piece | None = None


@dataclass(frozen=True, eq=False, slots=True)
class InOrder:
    """Parts of which each comes after the one before it."""

    parts: tuple[Expectation, ...]


@dataclass(frozen=True, eq=False, slots=True)
class AnyOrder:
    """Parts that are together, in an order that the template chooses."""

    parts: tuple[Expectation, ...]


@dataclass(frozen=True, eq=False, slots=True)
class OneOf:
    """Possible readings of one value, the likelier first. One of them must be there."""

    parts: tuple[Expectation, ...]


Expectation = Piece | InOrder | AnyOrder | OneOf


@lru_cache(maxsize=4)  # the emails and the web version of an issue have the same text
def expected_text(source: str, fields: Words = ()) -> AnyOrder:
    """Return everything in an issue, or in a snippet of its blocks or articles, that is for readers.

    Args:
        source: its YAML, which `load` has accepted: so it is one document of limited depth, without aliases.
        fields: the words that stand for its fields.
    """
    root = yaml_root(source, fields)
    if not isinstance(root, yaml.MappingNode):
        return AnyOrder(())
    return AnyOrder(tuple(_top(root)))


def subject_values(whole: AnyOrder) -> Iterator[Scalar]:
    """Yield the subject of an issue, if it has one; `whole` is what `expected` returned."""
    for part in whole.parts:
        if isinstance(part, InOrder):
            yield from (piece.scalar for piece in part.parts if isinstance(piece, Piece) and piece.stream == "title")


def _top(root: yaml.MappingNode) -> Iterator[Expectation]:
    for key, node in root.value:
        if key.value == "glossary" and isinstance(node, yaml.MappingNode):
            for term, meaning in node.value:
                yield plain_words(Scalar("term", term.value, term))
                yield _part("meaning", meaning)
        elif key.value == "subject":
            yield plain_words(Scalar(key.value, node.value, node), "title")
        elif key.value == "welcome":
            yield _markdown(Scalar("welcome", node.value, node))
        elif key.value not in ("contents", "layout", "time"):  # its form, and when it is sent
            yield _part(key.value, node)


def _part(key: str, node: yaml.Node) -> Expectation:
    """Return the pieces of a value; `key` is empty for an item of a sequence."""
    if key in _KEYS_FOR_THE_PROGRAM:
        return AnyOrder(())
    if isinstance(node, yaml.MappingNode):
        # The title of a source is Markdown, and that of an article is not.
        names = {"title": "source title"} if key == "source" else {}
        if _is_within_a_year(node):
            names["date"] = _FIRST_DAY
        return AnyOrder(tuple(_part(names.get(name.value, name.value), value) for name, value in node.value))
    if isinstance(node, yaml.SequenceNode):
        items = node.value
        is_ours = key in ("articles", "content")
        return InOrder(tuple(_block_or_article(item) if is_ours else _part("", item) for item in items))
    return _value(Scalar(key, node.value, node))


def _is_within_a_year(node: yaml.MappingNode) -> bool:
    """Check whether a mapping has a first and a last day, both in one year."""
    values = {name.value: value.value for name, value in node.value if isinstance(value, yaml.ScalarNode)}
    first, last = ({numbers[1:2] for numbers in readings(key, values.get(key, ""))} for key in ("date", "until"))
    return bool(first & last)


def _block_or_article(node: yaml.Node) -> Expectation:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == "snippet":
                return AnyOrder(())  # what is in its file is expected for itself
            if name.value == "text" and isinstance(value, yaml.ScalarNode):
                return _markdown(Scalar("text", value.value, value))
    return _part("", node)


def _value(scalar: Scalar) -> Expectation:
    text = scalar.text
    if scalar.key == "url" or re.fullmatch(r"(https?://|mailto:|tel:|sms:)\S+", text.strip(), re.IGNORECASE):
        return Piece("links", (address_of(text),), scalar)
    if scalar.key in ("date", "time") and re.fullmatch(r"\s*(?:tbc|to be confirmed)\.?\s*", text, re.IGNORECASE):
        return AnyOrder(())  # said in the language of the article
    if scalar.key == _FIRST_DAY:
        return OneOf(tuple(_numbers(scalar, numbers[:1]) for numbers in readings("date", text)))
    if moments := tuple(_numbers(scalar, numbers) for numbers in readings(scalar.key, text)):
        return OneOf(moments if is_usual(text) else (*moments, _words(scalar)))
    is_switch = not scalar.style and text.lower() in ("true", "false")
    if scalar.key and (is_switch or (scalar.key, text) in _CHOICES):
        return AnyOrder(())  # a switch for the template
    return _words(scalar)


def _words(scalar: Scalar) -> Expectation:
    return plain_words(scalar) if scalar.key in _PLAIN else plain_or_markdown(scalar)


def _numbers(scalar: Scalar, numbers: Iterable[str]) -> Expectation:
    return AnyOrder(tuple(Piece("words", (number.lstrip("0"),), scalar, exact=False) for number in numbers))


def plain_words(scalar: Scalar, stream: Stream = "words") -> InOrder:
    """Return the words of a value that is not Markdown, as one piece; no piece if there are none."""
    tokens = _tokens(scalar.text)
    return InOrder((Piece(stream, tokens, scalar),) if tokens else ())


def plain_or_markdown(scalar: Scalar) -> Expectation:
    """Return the words and links of a value that may be Markdown."""
    # The author of a template decides which keys of a block are Markdown, so both are tried. In a value of one line, a
    # mark seldom begins a list or a quotation, and "> 50" never does.
    lines = scalar.style in ("|", ">") or "\n" in scalar.text
    plain, markdown = plain_words(scalar), _markdown(scalar)
    # In a line of words, codes are shown as they were typed.
    coded = (_paragraphs(scalar, [scalar.text], decodes=False),) if "&" in scalar.text else ()
    if any(isinstance(part, AnyOrder) for part in markdown.parts):
        return OneOf((markdown, *coded)) if coded else markdown
    if lines:
        return OneOf((markdown, *coded, plain))
    line = _paragraphs(scalar, [scalar.text])
    is_more_than = re.match(r"\s*>\s*[\d.]", scalar.text)
    return OneOf((plain, line, *coded) if is_more_than else (plain, line, *coded, markdown))


def _markdown(scalar: Scalar) -> InOrder:
    return _paragraphs(scalar, paragraphs(scalar.text))


def _paragraphs(scalar: Scalar, texts: Iterable[str], *, decodes: bool = True) -> InOrder:
    parts: list[Expectation] = []
    previous: Piece | None = None
    for text in texts:
        links: list[str] = []
        if tokens := _tokens(spoken(text, links, decodes=decodes)):
            previous = Piece("words", tokens, scalar, previous=previous)
            parts.append(previous)
        # In plain text, each address of a paragraph is below it once, except those that are among its words.
        addresses = dict.fromkeys(map(address_of, links))
        if pieces := [Piece("links", (address,), scalar, previous=previous) for address in addresses]:
            parts.append(AnyOrder(tuple(pieces)))
    return InOrder(tuple(parts))


@lru_cache(maxsize=4096)  # the editions of an issue have the same texts, and a value is read in several ways
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(words_of(text))

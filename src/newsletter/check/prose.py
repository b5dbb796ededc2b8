"""The paragraphs and sentences of an editor's text, with the location of every word.

Markdown's signs are removed. Each character of an address or of code is U+FFFC, so that rules about words ignore it,
and every offset still has its line in the issue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from markdown_it.token import Token

from newsletter.check import sentences
from newsletter.check.rule import Located
from newsletter.issue import markdown
from newsletter.issue.fields import Language
from newsletter.issue.text_fields import Text
from newsletter.issue.to_write import is_to_write
from newsletter.problems import Fix, Location
from newsletter.source.nodes import KeyPath, TextNode
from newsletter.words import count_words

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Replaces each character of an address or of code in `words`."""

_ADDRESS = re.compile(
    r"(?:https?://|mailto:|sms:\+?\d|www\.)[^\s<>]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
    # In "12.5mcg/hour", there is a number before the slash, and no name of a website.
    r"|(?<![\w-])(?<![\w-]\.)[\w-]++(?:\.(?!\d+[a-z]{0,5}/)[\w-]++)++/\S*"
)
_IN_ADDRESSES = ("/", "@", "mailto:", "sms:", "www.")
"""Each address contains one of these. The search for them is fast."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, and its place in its paragraph."""

    words: str
    path: KeyPath
    language: Language
    _paragraph: Paragraph = field(repr=False)
    _start: int

    @cached_property
    def location(self) -> Location:
        """The location of its start, computed only if a rule reports the sentence."""
        return self._paragraph.location_of(self._start)

    @property
    def text(self) -> str:
        """The sentence with its addresses and code, for quoting."""
        return self._paragraph.text[self._start : self._start + len(self.words)]

    def is_linked(self, start: int, end: int) -> bool:
        """Check whether a piece of its words is a link or a part of one."""
        links = ((first - self._start, last - self._start) for first, last in self._paragraph.links)
        return any(first <= start and end <= last for first, last in links)

    @cached_property
    def each(self) -> list[str]:
        """The list of its words."""
        return sentences.words(self.words)

    @property
    def count(self) -> int:
        """The number of its words; in Thai and Lao, of those of its longest phrase."""
        return max(map(count_words, sentences.phrases(self.words)))


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, heading or list item; or a whole value that is not Markdown, such as a title."""

    kind: str
    """In Markdown `paragraph`, `heading`, `item` or `quote`; `lines` if each line stays a line; else the key, such as
    `title`, `alt` or `label`."""
    text: str
    """Its text with addresses and code; LF is a visible line break."""
    path: KeyPath
    language: Language
    level: int = 0
    """Of a heading, 3 to 6; else 0."""
    bold: tuple[tuple[int, int], ...] = ()
    """Start and end of each piece in bold."""
    italic: tuple[tuple[int, int], ...] = ()
    """Start and end of each piece in italics."""
    links: tuple[tuple[int, int], ...] = ()
    """Start and end of each link."""
    code: tuple[tuple[int, int], ...] = ()
    """Start and end of each piece of code."""
    _scalar: TextNode = field(default=TextNode("", Location("")), repr=False)
    _pieces: tuple[tuple[int, int], ...] = field(default=((0, 0),), repr=False)

    @cached_property
    def words(self) -> str:
        """The text with U+FFFC for each character of an address or of code."""
        words = self.text
        addresses = _ADDRESS.finditer(words) if any(sign in words for sign in _IN_ADDRESSES) else ()
        masked = list(words)
        for start, end in (*self.code, *(match.span() for match in addresses)):
            masked[start:end] = MASK * (end - start)
        return "".join(masked)

    @cached_property
    def is_to_write(self) -> bool:
        """Whether it is still to be written."""
        return is_to_write(self.words)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of `words`, as the editor broke them."""
        starts = [offset for offset, line in self._pieces if (offset, line) in self._line_starts]
        return tuple(self.words[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True))

    @cached_property
    def _line_starts(self) -> frozenset[tuple[int, int]]:
        first: dict[int, int] = {}
        for offset, line in self._pieces:
            first.setdefault(line, offset)
        return frozenset((offset, line) for line, offset in first.items())

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences."""
        return tuple(
            Sentence(self.words[start:end], self.path, self.language, self, start)
            for start, end in sentences.spans(self.words)
        )

    @property
    def is_all_bold(self) -> bool:
        """Whether every word is bold: such a paragraph may be meant as a heading."""
        plain = list(self.words) if self.bold else []
        for start, end in self.bold:
            plain[start:end] = " " * (end - start)
        return bool(self.bold) and not sentences.words("".join(plain))

    @property
    def location(self) -> Location:
        """The location of its start."""
        return self.location_of(0)

    def location_of(self, offset: int) -> Location:
        """Return the location of the word at an offset of `words`."""
        following = bisect_right(self._sorted_pieces, offset, key=itemgetter(0))
        line = self._sorted_pieces[following - 1][1] if following else 0
        ends = [start for start, _ in self._sorted_pieces[following : following + 1]]
        rest = self.text[offset : min([*ends, offset + _MOST_TO_FIND])].rstrip()
        return self._scalar.find(line, rest, " ".join(rest.split(" ")[:3]), rest.split(" ")[0])

    @cached_property
    def _sorted_pieces(self) -> Sequence[tuple[int, int]]:
        return sorted(self._pieces)

    def at(self, offset: int) -> Located:
        """Return the location of the word at an offset of `words`, for a finding."""
        return Located(self.location_of(offset), self.path)


def offsets_in(spans: Iterable[tuple[int, int]], length: int) -> Sequence[int]:
    """Return 1 for each offset of a text of this length that is in one of the spans, and 0 for any other."""
    offsets = bytearray(length)
    for start, end in spans:
        offsets[start:end] = b"\1" * (end - start)
    return offsets


_MOST_TRIALS = 50
_MOST_TO_FIND = 500
"""The number of characters that are enough to find a place in a text."""


@dataclass(frozen=True)
class ParsedText:
    """The words of a value's paragraphs, and everything else in it (Markdown's signs, addresses, code)."""

    words: tuple[str, ...]
    structure: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Prose:
    """One value that is text: a line, or Markdown with its paragraphs."""

    path: KeyPath
    location: Location
    language: Language
    paragraphs: tuple[Paragraph, ...]
    source: str
    """The value as YAML reads it."""
    form: markdown.Form | None
    """How Markdown is read in it; None for words without Markdown."""

    @property
    def is_markdown(self) -> bool:
        """Whether it has Markdown."""
        return self.form is not None

    @property
    def is_inline(self) -> bool:
        """Whether it is one line of words in Markdown."""
        return self.form == "inline"

    def parse_with(self, source: str) -> ParsedText:
        """Return the words and the structure that the value would have with another source.

        After `_MOST_TRIALS` other sources they are empty: a text with a thousand problems would take hours. Once the
        first problems are fixed, the next check goes on.
        """
        if source == self.source:
            return self._parsed
        return self._parse(source) if next(self._trials, None) else ParsedText((), ())

    @cached_property
    def _trials(self) -> Iterator[int]:
        return iter(range(1, _MOST_TRIALS))

    @cached_property
    def _parsed(self) -> ParsedText:
        return self._parse(self.source)

    def _parse(self, source: str) -> ParsedText:
        if self.form is None:
            return ParsedText((Text.check(source),), ())
        tokens = markdown.parse_markdown(source, self.form)
        words = tuple(_InlineReader(token).text for token in tokens if token.type == "inline")
        return ParsedText(words, tuple(_structure(tokens)))

    def fix(self, paragraph: Paragraph, start: int, end: int, new: str) -> Fix | None:
        """Return the fix that replaces some words of a paragraph.

        Args:
            paragraph: one of `paragraphs`.
            start: where the words begin in `paragraph.text`.
            end: where they end.
            new: the words instead of them.

        Returns:
            The fix; None unless exactly one change of the source has this effect and no other.
        """
        if not self.source:  # such as a term of the glossary, which is a key
            return None
        now = self.parse_with(self.source)
        number = self.paragraphs.index(paragraph)
        changed = paragraph.text[:start] + new + paragraph.text[end:]
        expected = ParsedText((*now.words[:number], changed, *now.words[number + 1 :]), now.structure)
        fixes = [
            Fix(self.path, match.start(), match.end(), new)
            for match in re.finditer(re.escape(paragraph.text[start:end]), self.source)
            if self.parse_with(self.source[: match.start()] + new + self.source[match.end() :]) == expected
        ]
        return fixes[0] if len(fixes) == 1 else None


def paragraphs(
    tokens: Iterable[Token], path: KeyPath, language: Language, scalar: TextNode, kind: str = ""
) -> Iterator[Paragraph]:
    """Return the paragraphs of a Markdown value from its tokens, its path, its language and its YAML node.

    The tokens say of which kind each paragraph is, unless `kind` does.

    Args:
        tokens: of the value, from markdown-it.
        path: its keys.
        language: of its words.
        scalar: its YAML node.
        kind: the kind of all paragraphs; "" for what the tokens say.
    """
    around: list[str] = []
    for token in tokens:
        if token.type.endswith("_open"):
            around.append(token.type.removesuffix("_open") + token.tag[-1])
        elif token.type.endswith("_close"):
            around.pop()
        elif token.type == "inline":
            reader = _InlineReader(token)
            level = int(around[-1][-1]) if around and around[-1].startswith("heading") else 0
            yield Paragraph(
                kind or _kind(around),
                reader.text,
                path,
                language,
                level,
                tuple(reader.bold),
                tuple(reader.italic),
                tuple(reader.links),
                tuple(reader.code),
                scalar,
                tuple(reader.pieces),
            )


def _structure(tokens: Iterable[Token]) -> Iterator[tuple[Any, ...]]:
    for token in tokens:
        content = "" if token.type in ("inline", "text") else token.content
        yield token.type, token.tag, str(token.attrs), str(token.map), token.markup, token.info, content
        yield from _structure(token.children or ())


def _kind(around: list[str]) -> str:
    kinds = {"heading": "heading", "list_item": "item", "blockquote": "quote"}
    return next((kinds[name[:-1]] for name in reversed(around) if name[:-1] in kinds), "paragraph")


class _InlineReader:
    """Reads the text of one paragraph from its tokens, and the positions of its bold pieces, links and so on."""

    def __init__(self, token: Token) -> None:
        self.text = ""
        self.bold: list[tuple[int, int]] = []
        self.italic: list[tuple[int, int]] = []
        self.links: list[tuple[int, int]] = []
        self.code: list[tuple[int, int]] = []
        self.pieces: list[tuple[int, int]] = []
        line, bold_from, link_from = (token.map or [0])[0], 0, 0
        italic_from: list[int] = []
        for child in token.children or ():
            start = len(self.text)
            if child.type in ("softbreak", "hardbreak"):
                self.text += "\n" if child.type == "hardbreak" else " "
                line += 1
            elif child.type == "strong_open":
                bold_from = start
            elif child.type == "strong_close":
                self.bold.append((bold_from, start))
            elif child.type == "em_open":
                italic_from.append(start)
            elif child.type == "em_close":
                self.italic.append((italic_from.pop(), start))
            elif child.type == "link_open":
                link_from = start
            elif child.type == "link_close":
                self.links.append((link_from, start))
            elif child.content:
                self.text += child.content
                self.pieces.append((start, line))
                if child.type == "code_inline":
                    self.code.append((start, len(self.text)))
        self.pieces = self.pieces or [(0, line)]

"""An issue as its editor wrote it, in pieces that rules can ask for: prose, links, pictures, articles.

Words are Markdown's own words: its marks are gone, and each address and piece of code is one row of U+FFFC, so that no
word rule trips over them and every offset still leads to the line where it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markdown_it.token import Token
from pydantic import BaseModel

from newsletter import markdown
from newsletter.brand import Brand
from newsletter.check import sentences
from newsletter.fields import Language, Markdown, Text, Url
from newsletter.model import Article, Issue
from newsletter.pictures import Picture
from newsletter.problems import Place
from newsletter.rules import At, Fix
from newsletter.values import Path, models, values
from newsletter.yaml_nodes import Node, Scalar, at_path

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in `words` for each character of an address or of code."""

_ADDRESS = re.compile(
    r"(?:https?://|mailto:|www\.)[^\s<>]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)+/\S*"
)
_IN_ADDRESSES = ("/", "@", "mailto:", "www.")
"""One of these is in each address: to look for them is fast."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, and where it begins."""

    words: str
    path: Path
    language: Language
    _paragraph: Paragraph = field(repr=False)
    _start: int

    @cached_property
    def place(self) -> Place:
        """Where it begins. Sought only when it is asked for: most sentences are fine."""
        return self._paragraph.place_of(self._start)

    @property
    def written(self) -> str:
        """Its words with addresses and code, to be quoted."""
        return self._paragraph.written[self._start : self._start + len(self.words)]

    def is_linked(self, start: int, end: int) -> bool:
        """Whether a piece of its words is the words of a link, or a part of them."""
        links = ((first - self._start, last - self._start) for first, last in self._paragraph.links)
        return any(first <= start and end <= last for first, last in links)

    @cached_property
    def each(self) -> list[str]:
        """Its words, one by one."""
        return sentences.words(self.words)

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(self.each)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, heading or list item; or a whole value that is not Markdown, such as a title."""

    kind: str
    """`paragraph`, `heading`, `item` or `quote` in Markdown; elsewhere the key: `title`, `summary`, `alt`, `label`."""
    written: str
    """Its words with addresses and code; LF is a line break that readers see."""
    path: Path
    language: Language
    level: int = 0
    """Of a heading: 3 to 6."""
    bold: tuple[tuple[int, int], ...] = ()
    """Start and end of each bold piece of the words."""
    italic: tuple[tuple[int, int], ...] = ()
    """Start and end of each piece in italics."""
    links: tuple[tuple[int, int], ...] = ()
    """Start and end of the words of each link."""
    code: tuple[tuple[int, int], ...] = ()
    """Start and end of each piece of code."""
    _scalar: Scalar = field(default=Scalar("", Place("")), repr=False)
    _pieces: tuple[tuple[int, int], ...] = field(default=((0, 0),), repr=False)

    @cached_property
    def words(self) -> str:
        """Its words alone; each character of an address or of code is U+FFFC."""
        words = self.written
        addresses = _ADDRESS.finditer(words) if any(sign in words for sign in _IN_ADDRESSES) else ()
        for start, end in (*self.code, *(match.span() for match in addresses)):
            words = f"{words[:start]}{MASK * (end - start)}{words[end:]}"
        return words

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its words, cut where its editor began a new line."""
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
        """Its sentences."""
        return tuple(
            Sentence(self.words[start:end], self.path, self.language, self, start)
            for start, end in sentences.spans(self.words)
        )

    @property
    def is_all_bold(self) -> bool:
        """Whether every word is bold: perhaps a heading that is not one."""
        plain = list(self.words) if self.bold else []
        for start, end in self.bold:
            plain[start:end] = " " * (end - start)
        return bool(self.bold) and not sentences.words("".join(plain))

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.place_of(0)

    def place_of(self, offset: int) -> Place:
        """Where the word at an offset of `words` was written."""
        line = max((piece for piece in self._pieces if piece[0] <= offset), default=(0, 0))[1]
        end = min((start for start, _ in self._pieces if start > offset), default=len(self.written))
        rest = self.written[offset:end].rstrip()
        return self._scalar.find(line, rest, " ".join(rest.split(" ")[:3]), rest.split(" ")[0])

    def at(self, offset: int) -> At:
        """Point a finding at the word at an offset of `words`."""
        return At(self.place_of(offset), self.path)


@dataclass(frozen=True)
class Reading:
    """What a value says: the words of its paragraphs, and all that is not words (Markdown's marks, addresses, code)."""

    words: tuple[str, ...]
    structure: tuple[object, ...]


@dataclass(frozen=True)
class Prose:
    """One value that is words: a line, or Markdown with its paragraphs."""

    path: Path
    place: Place
    language: Language
    is_markdown: bool
    paragraphs: tuple[Paragraph, ...]
    source: str
    """The value as YAML reads it."""

    def reading(self, source: str) -> Reading:
        """Tell what it would say with another source."""
        if not self.is_markdown:
            return Reading((Text.check(source),), ())
        tokens = markdown.parse(source)
        words = tuple(_Inline(token).text for token in tokens if token.type == "inline")
        return Reading(words, tuple(_structure(tokens)))

    def fix(self, paragraph: Paragraph, start: int, end: int, new: str) -> Fix | None:
        """Put other words in place of some of a paragraph's; None unless one place in the source does that alone."""
        if not self.source:  # such as a glossary's word that is a key in another spelling
            return None
        now = self.reading(self.source)
        number = self.paragraphs.index(paragraph)
        changed = paragraph.written[:start] + new + paragraph.written[end:]
        meant = Reading((*now.words[:number], changed, *now.words[number + 1 :]), now.structure)
        fixes = [
            Fix(self.path, found.start(), found.end(), new)
            for found in re.finditer(re.escape(paragraph.written[start:end]), self.source)
            if self.reading(self.source[: found.start()] + new + self.source[found.end() :]) == meant
        ]
        return fixes[0] if len(fixes) == 1 else None


@dataclass(frozen=True)
class LinkUse:
    """A link, from Markdown or from a group of keys that holds a `url`; `words` is what a reader clicks."""

    words: str
    url: Url
    place: Place
    path: Path
    language: Language
    address: Place
    """Where `url` was written."""


@dataclass(frozen=True)
class ImageUse:
    """A picture where it is shown, with the words that stand beside it: its caption, and paragraphs next to it."""

    image: Any
    """A model with `src`; `alt`, `decorative`, `caption` and `credit` as far as its block has them."""
    picture: Picture
    place: Place
    """Of its `alt`, or of `src` when there is none."""
    path: Path
    language: Language
    beside: tuple[str, ...]

    @property
    def alt(self) -> str:
        """Its description, empty when it is decorative."""
        return getattr(self.image, "alt", None) or ""


@dataclass(frozen=True)
class ArticleUse:
    """An article, and which it is (from 0)."""

    index: int
    article: Article
    place: Place
    path: Path
    language: Language


@dataclass(frozen=True)
class WrittenIssue:
    """Everything an editor wrote."""

    issue: Issue
    brand: Brand

    def at(self, *path: int | str) -> At:
        """Point a finding at the value at a path: `written.at("articles", 0, "title")`."""
        return At(self._place(*path), path)

    def source(self, path: Path) -> str:
        """Give the value at a path as YAML reads it; empty where none is written."""
        return self._scalar(path).text

    def at_source(self, path: Path, offset: int) -> At:
        """Point a finding at an offset of `source`."""
        return At(self._scalar(path).place_of(offset), path)

    def language(self, path: Path) -> Language:
        """Give the language of the value at a path."""
        if len(path) > 1 and path[0] == "articles":
            return self.issue.articles[int(path[1])].language
        return self.issue.language

    @cached_property
    def values(self) -> tuple[tuple[Path, Any], ...]:
        """Every single value with its path, in the order in which it stands in the model."""
        return tuple(values(self.issue))

    @cached_property
    def models(self) -> tuple[tuple[Path, BaseModel], ...]:
        """Every group of keys with its path, a group before those inside it."""
        return tuple(models(self.issue))

    @cached_property
    def texts(self) -> tuple[Prose, ...]:
        """Every value that is words, in the order in which it stands in the model."""
        return tuple(self._prose(path, value) for path, value in self.values if isinstance(value, Text | Markdown))

    def paragraphs(self, *kinds: str) -> Iterator[Paragraph]:
        """Give the paragraphs of these kinds, or all of them."""
        return (item for item in self._paragraphs if not kinds or item.kind in kinds)

    def paragraphs_of(self, article: ArticleUse) -> list[Paragraph]:
        """Give the paragraphs of an article."""
        return self._by_article.get(article.path, [])

    def words_of(self, article: ArticleUse) -> str:
        """Give all words of an article, a paragraph on each line."""
        return "\n".join(item.words for item in self.paragraphs_of(article))

    @cached_property
    def _by_article(self) -> dict[Path, list[Paragraph]]:
        found: dict[Path, list[Paragraph]] = {}
        for item in self._paragraphs:
            found.setdefault(item.path[:2], []).append(item)
        return found

    @cached_property
    def _paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(item for prose in self.texts for item in prose.paragraphs)

    @cached_property
    def links(self) -> tuple[LinkUse, ...]:
        """Every link."""
        return (*self._linked_keys(), *self._linked_words())

    def linked(self, address: str, within: Path | None) -> list[LinkUse]:
        """Give the links with an address that were written in a part of the issue; None is all but the articles."""
        return [link for link in self.links if link.url == address and _is_within(link.path, within)]

    def slanted(self, words: str, within: Path | None) -> list[At]:
        """Give where an editor put exactly these words in italics, in a part of the issue."""
        return [
            item.at(start)
            for item in self._paragraphs
            if _is_within(item.path, within)
            for start, end in item.italic
            if _signs(item.written[start:end]) == _signs(words)
        ]

    def headings(self, words: str, level: int, within: Path | None) -> list[Paragraph]:
        """Give the headings of this level that say these words, in a part of the issue."""
        return [
            item
            for item in self.paragraphs("heading")
            if item.level == level and _is_within(item.path, within) and _signs(item.written) == _signs(words)
        ]

    @cached_property
    def images(self) -> tuple[ImageUse, ...]:
        """Every picture of the issue, and not the brand's logo."""
        return tuple(
            self._image(path, model, picture)
            for path, model in self.models
            if isinstance(picture := getattr(model, "src", None), Picture)
        )

    @cached_property
    def articles(self) -> tuple[ArticleUse, ...]:
        """The articles."""
        return tuple(
            ArticleUse(index, article, self._place("articles", index), ("articles", index), article.language)
            for index, article in enumerate(self.issue.articles)
        )

    @cached_property
    def _root(self) -> Node:
        return self.issue.manuscript.root

    def _place(self, *path: int | str) -> Place:
        return at_path(self._root, path).place

    def _scalar(self, path: Path) -> Scalar:
        node = at_path(self._root, path)
        return node if isinstance(node, Scalar) else Scalar("", node.place)

    def _prose(self, path: Path, value: Text | Markdown) -> Prose:
        scalar, language = self._scalar(path), self.language(path)
        if isinstance(value, Markdown):
            paragraphs = tuple(_paragraphs(value.tokens, path, language, scalar))
        else:
            kind = "glossary" if path[0] == "glossary" else next(str(s) for s in reversed(path) if isinstance(s, str))
            paragraphs = (Paragraph(kind, value, path, language, _scalar=scalar),)
        return Prose(path, scalar.place, language, isinstance(value, Markdown), paragraphs, scalar.text)

    def _linked_keys(self) -> Iterator[LinkUse]:
        for path, model in self.models:
            if isinstance(url := getattr(model, "url", None), Url):
                key = next((key for key in ("text", "title") if isinstance(getattr(model, key, None), Text)), "url")
                words = getattr(model, key)
                place, address = self._place(*path, key), self._place(*path, "url")
                yield LinkUse(words, url, place, (*path, key), self.language(path), address)

    def _linked_words(self) -> Iterator[LinkUse]:
        for path, value in self.values:
            if not isinstance(value, Markdown):
                continue
            scalar, language, reached = self._scalar(path), self.language(path), 0
            lines = [0, *(match.end() for match in re.finditer("\n", scalar.text))]
            for words, url, line in _links(value.tokens):
                # Two links of a line can have the same words: each is sought behind the one before it.
                written = _written_link(words, scalar.text, max(reached, lines[line]))
                place = scalar.place_of(written[0]) if written else scalar.find(line, words, url)
                reached = written[1] if written else reached
                yield LinkUse(words, Url(url), place, path, language, place)

    def _image(self, path: Path, model: BaseModel, picture: Picture) -> ImageUse:
        key = "alt" if getattr(model, "alt", None) else "src"
        return ImageUse(model, picture, self._place(*path, key), path, self.language(path), self._beside(path, model))

    def _beside(self, path: Path, model: BaseModel) -> tuple[str, ...]:
        caption: str = getattr(model, "caption", None) or ""
        if path[0] != "articles":
            near: list[str] = []
        elif "content" in path:
            number = path.index("content") + 1
            sides = [(*path[:number], int(path[number]) + step) for step in (-1, 1)]
            near = [words for side in sides for words in self._words_under(side)]
        else:
            article = path[:2]
            near = [words for key in ("title", "summary") for words in self._words_under((*article, key))]
            near += self._words_under((*article, "content", 0))
        return tuple([caption] * bool(caption) + near)

    def _words_under(self, path: Path) -> list[str]:
        return [item.words for item in self._by_article.get(path[:2], []) if item.path[: len(path)] == path]


def _paragraphs(tokens: Iterable[Token], path: Path, language: Language, scalar: Scalar) -> Iterator[Paragraph]:
    around: list[str] = []
    for token in tokens:
        if token.type.endswith("_open"):
            around.append(token.type.removesuffix("_open") + token.tag[-1])
        elif token.type.endswith("_close"):
            around.pop()
        elif token.type == "inline":
            reader = _Inline(token)
            level = int(around[-1][-1]) if around and around[-1].startswith("heading") else 0
            yield Paragraph(
                _kind(around),
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


def _is_within(path: Path, part: Path | None) -> bool:
    return path[: len(part)] == part if part else path[0] != "articles"


def _signs(words: str) -> str:
    """Leave out what templates and Markdown change: spaces that hold numbers together, powers (10⁹ is 10^9)."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words)))


def _structure(tokens: Iterable[Token]) -> Iterator[tuple[object, ...]]:
    for token in tokens:
        content = "" if token.type in ("inline", "text") else token.content
        yield token.type, token.tag, str(token.attrs), str(token.map), token.markup, token.info, content
        yield from _structure(token.children or ())


def _kind(around: list[str]) -> str:
    kinds = {"heading": "heading", "list_item": "item", "blockquote": "quote"}
    return next((kinds[name[:-1]] for name in reversed(around) if name[:-1] in kinds), "paragraph")


class _Inline:
    """Reads the words of one paragraph's tokens, and where each piece of them stands."""

    def __init__(self, token: Token) -> None:
        self.text = ""
        self.bold: list[tuple[int, int]] = []
        self.italic: list[tuple[int, int]] = []
        self.links: list[tuple[int, int]] = []
        self.code: list[tuple[int, int]] = []
        self.pieces: list[tuple[int, int]] = []
        line, bold_from, link_from = (token.map or [0])[0], 0, 0
        slanted: list[int] = []
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
                slanted.append(start)
            elif child.type == "em_close":
                self.italic.append((slanted.pop(), start))
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


def _written_link(words: str, source: str, start: int) -> tuple[int, int] | None:
    """Find start and end of a link by its words, among which may be marks and line breaks; or of an address alone."""
    first = source.find("[", start)
    if source.startswith(f"[{words}]", first):
        return first, first + len(words) + 2
    between = r"(?:\\[\W_]|[^\w\[\]\\]|_)*"
    letters = between.join(map(re.escape, re.findall(r"[^\W_]+", words)))
    found = re.compile(rf"\[{between}{letters}{between}\]|<{re.escape(words)}>").search(source, start)
    return found.span() if found else None


def _links(tokens: Iterable[Token]) -> Iterator[tuple[str, str, int]]:
    """Give words, address and line (from 0) of each link."""
    for token in tokens:
        line, words, url = (token.map or [0])[0], "", ""
        first = line
        for child in token.children or ():
            if child.type == "link_open":
                url, words, first = str(child.attrGet("href")), "", line
            elif child.type == "link_close":
                yield words, url, first
                url = ""
            elif child.type in ("softbreak", "hardbreak"):
                line, words = line + 1, words + " "
            elif url:
                words += child.content

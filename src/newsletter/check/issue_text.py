"""An issue as its editor wrote it, in pieces that rules can ask for: prose, links, pictures, articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markdown_it.token import Token
from pydantic import BaseModel

from newsletter.check.prose import Paragraph, Prose, paragraphs
from newsletter.check.rule import Located
from newsletter.issue.brand import Brand
from newsletter.issue.fields import Language, Markdown, Text, Url
from newsletter.issue.model import Article, Issue
from newsletter.issue.pictures import Picture
from newsletter.issue.walk import KeyPath, iter_models, iter_values
from newsletter.problems import Location
from newsletter.source.nodes import Node, TextNode, at_path


@dataclass(frozen=True)
class LinkRef:
    """A link, from Markdown or from a group of keys that holds a `url`; `words` is what a reader clicks."""

    words: str
    url: Url
    location: Location
    path: KeyPath
    language: Language
    address_location: Location
    """Where `url` was written."""


@dataclass(frozen=True)
class ImageRef:
    """A picture where it is shown, with the words that stand beside it: its caption, and paragraphs next to it."""

    image: Any
    """A model with `src`; `alt`, `decorative`, `caption` and `credit` as far as its block has them."""
    picture: Picture
    location: Location
    """Of its `alt`, or of `src` when there is none."""
    path: KeyPath
    language: Language
    beside: tuple[str, ...]

    @property
    def alt(self) -> str:
        """Its description, empty when it is decorative."""
        return getattr(self.image, "alt", None) or ""


@dataclass(frozen=True)
class ArticleRef:
    """An article, and which it is (from 0)."""

    index: int
    article: Article
    location: Location
    path: KeyPath
    language: Language


@dataclass(frozen=True)
class IssueText:
    """Everything an editor wrote."""

    issue: Issue
    brand: Brand

    def at(self, *path: int | str) -> Located:
        """Point a finding at the value at a path: `written.at("articles", 0, "title")`."""
        return Located(self._place(*path), path)

    def source(self, path: KeyPath) -> str:
        """Give the value at a path as YAML reads it; empty where none is written."""
        return self._scalar(path).text

    def at_source(self, path: KeyPath, offset: int) -> Located:
        """Point a finding at an offset of `source`."""
        return Located(self._scalar(path).location_of(offset), path)

    def language(self, path: KeyPath) -> Language:
        """Give the language of the value at a path."""
        if len(path) > 1 and path[0] == "articles":
            return self.issue.articles[int(path[1])].language
        return self.issue.language

    @cached_property
    def values(self) -> tuple[tuple[KeyPath, Any], ...]:
        """Every single value with its path, in the order in which it stands in the model."""
        return tuple(iter_values(self.issue))

    @cached_property
    def models(self) -> tuple[tuple[KeyPath, BaseModel], ...]:
        """Every group of keys with its path, a group before those inside it."""
        return tuple(iter_models(self.issue))

    @cached_property
    def texts(self) -> tuple[Prose, ...]:
        """Every value that is words, in the order in which it stands in the model."""
        return tuple(self._prose(path, value) for path, value in self.values if isinstance(value, Text | Markdown))

    def paragraphs(self, *kinds: str) -> Iterator[Paragraph]:
        """Give the paragraphs of these kinds, or all of them."""
        return (item for item in self._paragraphs if not kinds or item.kind in kinds)

    def paragraphs_of(self, article: ArticleRef) -> list[Paragraph]:
        """Give the paragraphs of an article."""
        return self._by_article.get(article.path, [])

    def words_of(self, article: ArticleRef) -> str:
        """Give all words of an article, a paragraph on each line."""
        return "\n".join(item.words for item in self.paragraphs_of(article))

    @cached_property
    def _by_article(self) -> dict[KeyPath, list[Paragraph]]:
        found: dict[KeyPath, list[Paragraph]] = {}
        for item in self._paragraphs:
            found.setdefault(item.path[:2], []).append(item)
        return found

    @cached_property
    def _paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(item for prose in self.texts for item in prose.paragraphs)

    @cached_property
    def links(self) -> tuple[LinkRef, ...]:
        """Every link."""
        return (*self._linked_keys(), *self._linked_words())

    def linked(self, address: str, within: KeyPath | None) -> list[LinkRef]:
        """Give the links with an address that were written in a part of the issue; None is all but the articles."""
        return [link for link in self.links if link.url == address and _is_within(link.path, within)]

    def italics_saying(self, words: str, within: KeyPath | None) -> list[Located]:
        """Give where an editor put exactly these words in italics, in a part of the issue."""
        return [
            item.at(start)
            for item in self._paragraphs
            if _is_within(item.path, within)
            for start, end in item.italic
            if _signs(item.written[start:end]) == _signs(words)
        ]

    def headings(self, words: str, level: int, within: KeyPath | None) -> list[Paragraph]:
        """Give the headings of this level that say these words, in a part of the issue."""
        return [
            item
            for item in self.paragraphs("heading")
            if item.level == level and _is_within(item.path, within) and _signs(item.written) == _signs(words)
        ]

    @cached_property
    def images(self) -> tuple[ImageRef, ...]:
        """Every picture of the issue, and not the brand's logo."""
        return tuple(
            self._image(path, model, picture)
            for path, model in self.models
            if isinstance(picture := getattr(model, "src", None), Picture)
        )

    @cached_property
    def articles(self) -> tuple[ArticleRef, ...]:
        """The articles."""
        return tuple(
            ArticleRef(index, article, self._place("articles", index), ("articles", index), article.language)
            for index, article in enumerate(self.issue.articles)
        )

    @cached_property
    def _root(self) -> Node:
        return self.issue.file.root

    def _place(self, *path: int | str) -> Location:
        return at_path(self._root, path).location

    def _scalar(self, path: KeyPath) -> TextNode:
        node = at_path(self._root, path)
        return node if isinstance(node, TextNode) else TextNode("", node.location)

    def _prose(self, path: KeyPath, value: Text | Markdown) -> Prose:
        scalar, language = self._scalar(path), self.language(path)
        if isinstance(value, Markdown):
            parts = tuple(paragraphs(value.tokens, path, language, scalar))
        else:
            kind = "glossary" if path[0] == "glossary" else next(str(s) for s in reversed(path) if isinstance(s, str))
            parts = (Paragraph(kind, value, path, language, _scalar=scalar),)
        return Prose(path, scalar.location, language, isinstance(value, Markdown), parts, scalar.text)

    def _linked_keys(self) -> Iterator[LinkRef]:
        for path, model in self.models:
            if isinstance(url := getattr(model, "url", None), Url):
                key = next((key for key in ("text", "title") if isinstance(getattr(model, key, None), Text)), "url")
                words = getattr(model, key)
                place, address = self._place(*path, key), self._place(*path, "url")
                yield LinkRef(words, url, place, (*path, key), self.language(path), address)

    def _linked_words(self) -> Iterator[LinkRef]:
        for path, value in self.values:
            if not isinstance(value, Markdown):
                continue
            scalar, language, reached = self._scalar(path), self.language(path), 0
            lines = [0, *(match.end() for match in re.finditer("\n", scalar.text))]
            for words, url, line in _links(value.tokens):
                # Two links of a line can have the same words: each is sought behind the one before it.
                written = _written_link(words, scalar.text, max(reached, lines[line]))
                place = scalar.location_of(written[0]) if written else scalar.find(line, words, url)
                reached = written[1] if written else reached
                yield LinkRef(words, Url(url), place, path, language, place)

    def _image(self, path: KeyPath, model: BaseModel, picture: Picture) -> ImageRef:
        key = "alt" if getattr(model, "alt", None) else "src"
        return ImageRef(model, picture, self._place(*path, key), path, self.language(path), self._beside(path, model))

    def _beside(self, path: KeyPath, model: BaseModel) -> tuple[str, ...]:
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

    def _words_under(self, path: KeyPath) -> list[str]:
        return [item.words for item in self._by_article.get(path[:2], []) if item.path[: len(path)] == path]


def _is_within(path: KeyPath, part: KeyPath | None) -> bool:
    return path[: len(part)] == part if part else path[0] != "articles"


def _signs(words: str) -> str:
    """Leave out what templates and Markdown change: spaces that hold numbers together, powers (10⁹ is 10^9)."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words)))


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

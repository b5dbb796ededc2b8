"""The text of an issue as its editor wrote it: prose, links, pictures and articles, for rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from newsletter.check.issue_links import LinkRef, find_links, link_words
from newsletter.check.prose import Paragraph, Prose, paragraphs
from newsletter.check.rule import Located
from newsletter.issue.brand import Brand
from newsletter.issue.field_lengths import longest_text
from newsletter.issue.fields import Language
from newsletter.issue.model import Article, Issue
from newsletter.issue.pictures import Picture
from newsletter.issue.text_fields import Markdown, Text
from newsletter.issue.walk import iter_models, iter_values
from newsletter.problems import Location
from newsletter.source.nodes import KeyPath, MapNode, Node, TextNode, at_path

_BRAND_PROSE = frozenset(["disclaimer", "glossary", "helpline", "tagline", "why_you_get_this"])
"""Keys of a brand with sentences in them. Others have names, numbers and addresses."""
_BRAND_NAMES = frozenset([("helpline", "name")])


@dataclass(frozen=True)
class ImageRef:
    """A picture in the issue, and the words next to it: its caption, and the paragraphs before and after it."""

    image: Any
    """A model with `src`. It has `alt`, `decorative`, `caption` and `credit` if its block has them."""
    picture: Picture
    location: Location
    """Of its `alt`, or of `src` if it has none."""
    path: KeyPath
    language: Language
    beside: tuple[str, ...]
    is_undescribed: bool = False

    @property
    def caption(self) -> str:
        """The words of the caption, empty if there is none."""
        return link_words(getattr(self.image, "caption", None))

    @property
    def alt(self) -> str:
        """The description, empty if the picture is decorative or nobody has described it yet."""
        return "" if self.is_undescribed else getattr(self.image, "alt", None) or ""


@dataclass(frozen=True)
class ArticleRef:
    """An article and its index, from 0."""

    index: int
    article: Article
    location: Location
    path: KeyPath
    language: Language


@dataclass(frozen=True)
class BrandText:
    """A value of the brand: its keys joined by dots, such as `helpline.phone`, and its location in brand.yaml."""

    key: str
    text: str
    location: Location
    path: None = None


@dataclass(frozen=True)
class IssueText:
    """All text that an editor wrote."""

    issue: Issue
    brand: Brand

    def at(self, *path: int | str) -> Located:
        """Return the location of the value at a path, for a finding: `issue.at("articles", 0, "title")`."""
        return Located(self._location(*path), path)

    def source(self, path: KeyPath) -> str:
        """Return the value at a path as YAML reads it; empty if there is none."""
        return self.node(path).text

    def at_source(self, path: KeyPath, offset: int) -> Located:
        """Return the location of an offset of `source`, for a finding."""
        return Located(self.node(path).location_of(offset), path)

    def node(self, path: KeyPath) -> TextNode:
        """Return the YAML node of the value at a path; an empty one if there is none."""
        node = at_path(self._root, path)
        return node if isinstance(node, TextNode) else TextNode("", node.location)

    def longest(self, path: KeyPath) -> str:
        """Return the line at a path with the longest words for each of its fields."""
        return " ".join(longest_text(self.node(path), self.brand.fields).split())

    def language(self, path: KeyPath) -> Language:
        """Return the language of the value at a path."""
        if len(path) > 1 and path[0] == "articles":
            return self.issue.articles[int(path[1])].language
        return self.issue.language

    @cached_property
    def values(self) -> tuple[tuple[KeyPath, Any], ...]:
        """The single values with their paths, in the order of the model, without substitutes for missing texts."""
        return tuple((path, value) for path, value in iter_values(self.issue) if path not in self._substitutes)

    @property
    def _substitutes(self) -> frozenset[KeyPath]:
        return self.issue.file.substitutes.paths

    @cached_property
    def models(self) -> tuple[tuple[KeyPath, BaseModel], ...]:
        """The groups of keys with their paths, each before those inside it."""
        return tuple(iter_models(self.issue))

    @cached_property
    def texts(self) -> tuple[Prose, ...]:
        """The values that are text, in the order of the model."""
        return tuple(self._prose(path, value) for path, value in self.values if isinstance(value, Text | Markdown))

    def paragraphs(self, *kinds: str) -> Iterator[Paragraph]:
        """Return the paragraphs of these kinds; without a kind, all of them."""
        return (item for item in self._paragraphs if not kinds or item.kind in kinds)

    def paragraphs_of(self, article: ArticleRef) -> list[Paragraph]:
        """Return the paragraphs of an article."""
        return self._by_article.get(article.path, [])

    def words_of(self, article: ArticleRef) -> str:
        """Return all words of an article, one paragraph a line."""
        return "\n".join(item.words for item in self.paragraphs_of(article))

    @cached_property
    def _by_article(self) -> dict[KeyPath, list[Paragraph]]:
        articles: dict[KeyPath, list[Paragraph]] = {}
        for item in self._paragraphs:
            articles.setdefault(item.path[:2], []).append(item)
        return articles

    @cached_property
    def _paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(item for prose in self.texts for item in prose.paragraphs)

    @cached_property
    def links(self) -> tuple[LinkRef, ...]:
        """The links."""
        return tuple(find_links(self))

    def links_to(self, address: str, within: KeyPath | None) -> list[LinkRef]:
        """Return the links with an address in a part of the issue. `within=None` is everything except the articles."""
        return [link for link in self.links if link.url == address and _is_within(link.path, within)]

    def italics_with(self, words: str, within: KeyPath | None) -> list[Located]:
        """Return the locations of exactly these words in italics, in a part of the issue (see `links_to`)."""
        return [
            item.at(start)
            for item in self._paragraphs
            if _is_within(item.path, within)
            for start, end in item.italic
            if _signs(item.text[start:end]) == _signs(words)
        ]

    def headings(self, words: str, level: int, within: KeyPath | None) -> list[Paragraph]:
        """Return the headings of this level with these words, in a part of the issue.

        Args:
            words: as they are in the page, without marks.
            level: from 1 to 6.
            within: the path of an article or block; None for everything except the articles.
        """
        return [
            item
            for item in self.paragraphs("heading")
            if item.level == level and _is_within(item.path, within) and _signs(item.text) == _signs(words)
        ]

    @cached_property
    def brand_texts(self) -> tuple[BrandText, ...]:
        """The values of the brand's file, each with the keys that lead to it and its location there."""
        return tuple(brand_texts(self.brand.file.root))

    @cached_property
    def brand_paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the brand that are in words, such as its disclaimer; their paths are keys of the brand.

        Words that the brand of a language takes from another file have the language of that file.
        """
        borrowed = self.brand.borrowed
        return tuple(
            paragraph
            for path, value in iter_values(self.brand)
            if path[0] in _BRAND_PROSE and path not in _BRAND_NAMES and isinstance(value, Text | Markdown)
            if isinstance(node := at_path(self.brand.file.root, path), TextNode)
            for paragraph in _paragraphs_of(value, path, node, borrowed.get(value, self.brand.language))
        )

    @cached_property
    def images(self) -> tuple[ImageRef, ...]:
        """The pictures of the issue, without the brand's logo."""
        return tuple(
            self._image(path, model, picture)
            for path, model in self.models
            if isinstance(picture := getattr(model, "src", None), Picture)
        )

    @cached_property
    def articles(self) -> tuple[ArticleRef, ...]:
        """The articles."""
        return tuple(
            ArticleRef(index, article, self._location("articles", index), ("articles", index), article.language)
            for index, article in enumerate(self.issue.articles)
        )

    @cached_property
    def _root(self) -> Node:
        return self.issue.file.root

    def _location(self, *path: int | str) -> Location:
        return at_path(self._root, path).location

    def _prose(self, path: KeyPath, value: Text | Markdown) -> Prose:
        scalar, language = self.node(path), self.language(path)
        parts = tuple(_paragraphs_of(value, path, scalar, language))
        form = value.form if isinstance(value, Markdown) else None
        return Prose(path, scalar.location, language, parts, scalar.text, form)

    def _image(self, path: KeyPath, model: BaseModel, picture: Picture) -> ImageRef:
        key = "alt" if getattr(model, "alt", None) else "src"
        return ImageRef(
            model,
            picture,
            self._location(*path, key),
            path,
            self.language(path),
            self._beside(path, model),
            is_undescribed=(*path, "alt") in self._substitutes,
        )

    def _beside(self, path: KeyPath, model: BaseModel) -> tuple[str, ...]:
        caption = link_words(getattr(model, "caption", None))
        if path[0] != "articles":
            words: list[str] = []
        elif "content" in path:
            number = path.index("content") + 1
            sides = [(*path[:number], int(path[number]) + step) for step in (-1, 1)]
            words = [*self._words_around(path), *(item for side in sides for item in self._words_under(side))]
        else:
            article = path[:2]
            words = [item for key in ("title", "summary") for item in self._words_under((*article, key))]
            words += self._words_under((*article, "content", 0))
        return tuple([caption] * bool(caption) + words)

    def _words_around(self, path: KeyPath) -> Iterator[str]:
        """Yield the words of the group that a picture is a key of, such as an item, without those of the picture."""
        if isinstance(path[-1], str):
            around = len(path) - 1
            for item in self._by_article.get(path[:2], []):
                if item.path[:around] == path[:around] and item.path[: around + 1] != path:
                    yield item.words

    def _words_under(self, path: KeyPath) -> list[str]:
        return [item.words for item in self._by_article.get(path[:2], []) if item.path[: len(path)] == path]


def brand_texts(node: Node, key: str = "") -> Iterator[BrandText]:
    """Yield the values of a brand from its YAML nodes; `key` is the keys that lead to the node, joined by dots."""
    if isinstance(node, TextNode):
        yield BrandText(key, node.text, node.location)
    elif isinstance(node, MapNode):
        for name, value in node.items.items():
            yield from brand_texts(value, f"{key}.{name}".lstrip("."))
    else:
        for item in node.items:
            yield from brand_texts(item, key)


def _paragraphs_of(value: Text | Markdown, path: KeyPath, scalar: TextNode, language: Language) -> Iterator[Paragraph]:
    """Yield the paragraphs of a value; without Markdown, the value itself."""
    kind = "glossary" if path[0] == "glossary" else next(str(s) for s in reversed(path) if isinstance(s, str))
    if not isinstance(value, Markdown):
        yield Paragraph(kind, value, path, language, _scalar=scalar)
        return
    for part in paragraphs(value.tokens, path, language, scalar, kind if value.form == "inline" else ""):
        yield replace(part, kind="lines") if value.form == "lines" else part


def _is_within(path: KeyPath, part: KeyPath | None) -> bool:
    return path[: len(part)] == part if part else path[0] != "articles"


def _signs(words: str) -> str:
    """Return only letters and digits. Templates and Markdown change other signs, and powers: 10⁹ is 10^9."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words)))

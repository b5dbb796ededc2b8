"""Finds the links of an issue: those in groups of keys, and those in Markdown, each at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from newsletter.issue.address_fields import Url
from newsletter.issue.fields import Language
from newsletter.issue.model import LinkedDocument
from newsletter.issue.text_fields import InlineMarkdown, Markdown, Text
from newsletter.problems import Location
from newsletter.source.nodes import KeyPath
from newsletter.stages.picture_urls import hosted_url

if TYPE_CHECKING:
    from newsletter.check.issue_text import IssueText


@dataclass(frozen=True)
class LinkRef:
    """A link, from Markdown or from a group of keys with a `url`. `words` is the text that a reader clicks."""

    words: str
    url: Url
    location: Location
    path: KeyPath
    language: Language
    address_location: Location
    """The location of `url` in the issue."""


def find_links(issue: IssueText) -> Iterator[LinkRef]:
    """Yield the links of keys, then those of Markdown, each in the order of the file."""
    yield from _linked_keys(issue)
    yield from _linked_words(issue)


def link_words(value: object) -> str:
    """Return the words of a line, with or without Markdown; empty for anything else."""
    if isinstance(value, InlineMarkdown):
        return value.words
    return value if isinstance(value, Text) else ""


def _linked_keys(issue: IssueText) -> Iterator[LinkRef]:
    for path, model in issue.models:
        if isinstance(url := getattr(model, "url", None), Url):
            named = ((key, words) for key in ("text", "title") if (words := link_words(getattr(model, key, None))))
            key, words = next(named, ("url", url))
            # A code that coded-characters reports is no part of the words: “Read&nbsp;more” says no more than that.
            words = unescape(words)
            location, address = issue.at(*path, key).location, issue.at(*path, "url").location
            yield LinkRef(words, url, location, (*path, key), issue.language(path), address)
    for path, model in issue.models:
        if isinstance(model, LinkedDocument) and model.file:
            url, location = Url(hosted_url(model.file, issue.brand)), issue.at(*path, "text").location
            address = issue.at(*path, "file").location
            yield LinkRef(model.text, url, location, (*path, "text"), issue.language(path), address)
    for image in issue.images:
        if url := getattr(image.image, "link", None):
            address = issue.at(*image.path, "link").location
            yield LinkRef(image.alt, url, image.location, (*image.path, "alt"), image.language, address)


def _linked_words(issue: IssueText) -> Iterator[LinkRef]:
    for path, value in issue.values:
        if not isinstance(value, Markdown):
            continue
        scalar, language, last_end = issue.node(path), issue.language(path), 0
        lines = [0, *(match.end() for match in re.finditer("\n", scalar.text))]
        for words, url, line in _links(value.tokens):
            # Two links of a line can have the same words, so each search begins after the link before.
            span = _span_of_link(words, scalar.text, max(last_end, lines[line]))
            location = scalar.location_of(span[0]) if span else scalar.find(line, words, url)
            last_end = span[1] if span else last_end
            yield LinkRef(words, Url(url), location, path, language, location)


def _span_of_link(words: str, source: str, start: int) -> tuple[int, int] | None:
    """Find the start and end of a link by its words, or of an address without words.

    In the source, there may be Markdown's signs and line breaks between the words.
    """
    first = source.find("[", start)
    if source.startswith(f"[{words}]", first):
        return first, first + len(words) + 2
    between = r"(?:\\[\W_]|[^\w\[\]\\]|_)*"
    pattern = between.join(map(re.escape, re.findall(r"[^\W_]+", words)))
    match = re.compile(rf"\[{between}{pattern}{between}\]|<{re.escape(words)}>").search(source, start)
    return match.span() if match else None


def _links(tokens: Iterable[Token]) -> Iterator[tuple[str, str, int]]:
    """Return the words, the address and the line (from 0) of each link."""
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

"""The page as its readers meet it, parsed and walked once: elements with their computed style and template line.

Outlook for Windows sees another page: what stands in conditional comments is there only for it. `PageView.outlook` is
that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from lxml import etree

from newsletter.check.issue_text import IssueText
from newsletter.check.nodes import NodeList, PageElement
from newsletter.check.rule import KeyPath, Located
from newsletter.css.computed import StyleCache
from newsletter.css.parser import StyleRule
from newsletter.css.resolver import StyleResolver, sheet_of
from newsletter.dom.numbering import ATTRIBUTE, number_elements
from newsletter.dom.tree import parse, serialise
from newsletter.edition import SOURCE, Edition
from newsletter.simulations.outlook import as_outlook

__all__ = ["PageElement", "PageSubject"]


@dataclass(frozen=True)
class PageSubject:
    """The HTML part."""

    edition: Edition
    issue: IssueText
    """What the editor wrote, for a rule that found something which may be the editor's, and not a template's."""

    @property
    def root(self) -> PageElement:
        """The html element, as every mail client but Outlook for Windows sees it."""
        return self.nodes[0]

    @property
    def nodes(self) -> tuple[PageElement, ...]:
        """Every element, in order."""
        return self.everyone.nodes

    @property
    def with_text(self) -> tuple[PageElement, ...]:
        """The elements that directly hold words which are seen, in order."""
        return self.everyone.with_text

    def find(self, *tags: str) -> Iterator[PageElement]:
        """Give the elements with one of these tags, in order."""
        return self.everyone.find(*tags)

    def with_attribute(self, *attributes: str) -> Iterator[PageElement]:
        """Give the elements with one of these attributes, in order."""
        return self.everyone.with_attribute(*attributes)

    def style_contains(self, *words: str) -> Iterator[PageElement]:
        """Give the elements whose `style` attribute has one of these words somewhere, in order."""
        return self.everyone.style_contains(*words)

    @cached_property
    def everyone(self) -> NodeList:
        """What every mail program but Outlook for Windows sees."""
        return self._read(self.tree)

    @cached_property
    def outlook(self) -> NodeList:
        """What Outlook for Windows sees: its conditional comments are switched on."""
        tree = deepcopy(self.tree)
        number_elements(tree)
        return self._read(parse(as_outlook(serialise(tree))), self.everyone)

    @property
    def frame(self) -> Iterator[PageElement]:
        """The elements that each have to say their language: html, what body holds, and what the wrapper holds."""
        yield self.root
        for body in self.find("body"):
            for child in body.children:
                yield child
                if child.get("role") == "article":
                    yield from child.children

    @cached_property
    def sheet(self) -> tuple[StyleRule, ...]:
        """The rules that stay in the head, with the media queries that they stand in."""
        return sheet_of(self.tree)

    def at(self, rule: StyleRule) -> Located:
        """Where in which template a rule of `sheet` was written."""
        # The rule was parsed without its comments; in the template they may stand between any two words.
        gap = r"(?:\s|/\*.*?\*/)"
        selectors = f"{gap}+".join(map(re.escape, rule.selectors.split()))
        begin = re.escape(rule.declarations[:9].strip())
        found = re.search(rf"{selectors}{gap}*\{{{gap}*{begin}", self._head, re.DOTALL)
        return self._in_head(found)

    def at_rule(self, name: str) -> Located:
        """Where in which template an at-rule, such as `@import`, was written first."""
        mentioned = re.finditer(rf"/\*.*?\*/|({re.escape(name)}\b)", self._head, re.DOTALL)
        return self._in_head(next((found for found in mentioned if found[1]), None))

    def _in_head(self, found: re.Match[str] | None) -> Located:
        if found is None:  # MJML writes a few rules of its own
            return Located(self.edition.mjml.first("mj-head").location)
        return Located(self.edition.mjml.source(self._head.count("\n", 0, found.start()) + 1).location)

    @cached_property
    def _head(self) -> str:
        return self.edition.mjml.partition("<mj-body")[0]

    @cached_property
    def _style_cache(self) -> StyleCache:
        """Both views share it: nearly all of Outlook's elements look as everybody else's do."""
        return StyleCache()

    @cached_property
    def tree(self) -> etree._Element:
        """The page as lxml parsed it, with its marks. Do not change it."""
        return parse(self.edition.inlined.marked)

    def _read(self, root: etree._Element, known: NodeList | None = None) -> NodeList:
        """Make a view of a tree; `known` is the other view, from whose page a numbered tree was made."""
        items = list(root.iter())  # as long as this list has them, lxml makes no other objects for them
        mirror, mjml = StyleResolver(root, self._style_cache, for_outlook=known is not None), self.edition.mjml
        sources = self.edition.inlined.sources
        made: dict[etree._Element, PageElement] = {}
        words: dict[PageElement, list[str]] = {}
        last = mjml.first("mjml")
        for item in items:
            above = item.getparent()
            parent = made[above] if above is not None else None
            if parent and item.tail and not item.tail.isspace():
                words.setdefault(parent, []).append(item.tail)
            tag = item.tag
            if not isinstance(tag, str):
                continue  # a comment: only the words after it are seen
            if mark := item.get(SOURCE):
                last = sources[int(mark)]
            elif tag == "head":
                last = mjml.first("mj-head")
            number = item.get(ATTRIBUTE)
            if known and number and int(number) < len(known):
                attributes = known.nodes[int(number)].attributes
            else:
                attributes = cast(dict[str, str], dict(item.items()))
                attributes.pop(SOURCE, "")
                attributes.pop(ATTRIBUTE, "")
            looks, in_dark = mirror.styles(item, tag, attributes, parent.styles if parent else None)
            path = _path(_article(attributes.get("class", "")) or (parent.path if parent else None), last.part)
            node = PageElement(len(made), item, attributes, tag, parent, looks, in_dark, last.location, path)
            if item.text and not item.text.isspace():
                words[node] = [item.text]
            if parent:
                parent.children.append(node)
            made[item] = node
        for node, pieces in words.items():
            node.text = " ".join(" ".join(pieces).split())
        return NodeList(tuple(made.values()))


def _path(around: KeyPath | None, part: KeyPath | None) -> KeyPath | None:
    """Give the block that an element was made from, if it stands in that article, and else the article.

    What MJML writes around a section may come after the last block of the article before.
    """
    return part if around and part and part[:2] == around[:2] else around and around[:2]


def _article(classes: str) -> KeyPath | None:
    found = re.search(r"(?:^|\s)article-(\d+)(?:\s|$)", classes) if "article-" in classes else None
    return ("articles", int(found[1]) - 1) if found else None

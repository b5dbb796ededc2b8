"""The page, parsed once: elements with their computed style and template line.

Outlook for Windows shows another page, because only it reads conditional comments. `ParsedPage.outlook` is that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from lxml import etree

from newsletter.check.element_path import path_of
from newsletter.check.issue_text import IssueText
from newsletter.check.nodes import NodeList, PageElement
from newsletter.check.rule import Located
from newsletter.css.parser import StyleRule, rules
from newsletter.css.resolver import StyleResolver, sheet_of
from newsletter.css.written_rules import find_rule
from newsletter.dom.numbering import ATTRIBUTE, number_elements
from newsletter.dom.tree import parse_html, serialise
from newsletter.edition import SOURCE, Edition
from newsletter.simulations.outlook import as_outlook

__all__ = ["PageElement", "ParsedPage"]  # rules import both from here


@dataclass(frozen=True)
class ParsedPage:
    """The HTML part."""

    edition: Edition
    issue: IssueText
    """The editor's text, for a rule that has to know whether the editor or a template wrote something."""

    @property
    def root(self) -> PageElement:
        """The html element, as every mail app except Outlook for Windows shows it."""
        return self.nodes[0]

    @property
    def nodes(self) -> tuple[PageElement, ...]:
        """The elements, in order."""
        return self.everyone.nodes

    @property
    def with_text(self) -> tuple[PageElement, ...]:
        """The elements with visible text directly in them, in order."""
        return self.everyone.with_text

    @property
    def skip_link(self) -> PageElement | None:
        """The link that leads past the header to the main part; None in an email, which has none."""
        return None

    def find(self, *tags: str) -> Iterator[PageElement]:
        """Return the elements with one of these tags, in order."""
        return self.everyone.find(*tags)

    def with_attribute(self, *attributes: str) -> Iterator[PageElement]:
        """Return the elements with one of these attributes, in order."""
        return self.everyone.with_attribute(*attributes)

    def style_contains(self, *words: str) -> Iterator[PageElement]:
        """Return the elements with one of these words in their `style` attribute, in order."""
        return self.everyone.style_contains(*words)

    @cached_property
    def everyone(self) -> NodeList:
        """The elements that every mail app except Outlook for Windows shows."""
        return self._read(self.tree)

    @cached_property
    def outlook(self) -> NodeList:
        """The elements that Outlook for Windows shows, those of its conditional comments included."""
        tree = deepcopy(self.tree)
        number_elements(tree)
        return self._read(parse_html(as_outlook(serialise(tree))), self.everyone)

    @property
    def frame(self) -> Iterator[PageElement]:
        """The elements that need a language each: html, the children of body, and the sections in the wrapper.

        Sections that follow each other are rows of one table (see `stages.slim.frame`), which may have the language of
        its table.
        """
        yield self.root
        for body in self.find("body"):
            for child in body.children:
                yield child
                for part in child.children if child.get("role") == "article" else ():
                    rows = [row for row in part.children if row.tag == "tr" and row.get("aria-hidden") != "true"]
                    yield part
                    yield from rows if part.get("lang") else ()

    @cached_property
    def sheet(self) -> tuple[StyleRule, ...]:
        """The rules in the head, with the media queries around them."""
        return sheet_of(self.tree)

    @property
    def declared(self) -> tuple[StyleRule, ...]:
        """The rules whose declarations are in the elements: those that were inlined."""
        return tuple(rules(self.edition.mjml.inlined_css))

    def _styling(self, root: etree._Element) -> tuple[StyleRule, ...]:
        """Return the rules that style a tree beside its `style` attributes."""
        return sheet_of(root)

    def at(self, rule: StyleRule) -> Located:
        """Return the location of a rule of `sheet` in its template."""
        return self._in_head(find_rule(rule, self._head))

    def at_rule(self, name: str) -> Located:
        """Return the location of the first at-rule or selector with a name, such as `@import`, in its template."""
        matches = re.finditer(rf"/\*.*?(?:\*/|\Z)|({re.escape(name)}\b)", self._head, re.DOTALL)
        return self._in_head(next((match for match in matches if match[1]), None))

    def _in_head(self, match: re.Match[str] | None) -> Located:
        if match is None:  # MJML writes a few rules of its own
            return Located(self.edition.mjml.first("mj-head").location)
        return Located(self.edition.mjml.source(self._head.count("\n", 0, match.start(1)) + 1).location)

    @cached_property
    def _head(self) -> str:
        return self.edition.mjml.head

    @cached_property
    def tree(self) -> etree._Element:
        """The page as lxml parsed it, with its marks. Do not change it."""
        return parse_html(self.edition.inlined.with_marks)

    def _read(self, root: etree._Element, known: NodeList | None = None) -> NodeList:
        """Read the elements of a tree.

        Args:
            root: the html element.
            known: the elements of `everyone`, for a tree whose elements are numbered as they are; else None.
        """
        items = list(root.iter())  # while this list has them, lxml creates no other objects for them
        mjml = self.edition.mjml
        resolver = StyleResolver(root, self._styling(root), for_outlook=known is not None)
        sources = self.edition.inlined.sources
        nodes: dict[etree._Element, PageElement] = {}
        words: dict[PageElement, list[str]] = {}
        last = mjml.first("mjml")
        for item in items:
            above = item.getparent()
            parent = nodes[above] if above is not None else None
            if parent and item.tail and not item.tail.isspace():
                words.setdefault(parent, []).append(item.tail)
            tag = item.tag
            if not isinstance(tag, str):
                continue  # a comment: only the text after it is visible
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
            styles, in_dark = resolver.styles(item, tag, attributes, parent.styles if parent else None)
            path = path_of(attributes.get("class", ""), parent.path if parent else None, last.part)
            node = PageElement(len(nodes), item, attributes, tag, parent, styles, in_dark, last.location, path)
            if item.text and not item.text.isspace():
                words[node] = [item.text]
            if parent:
                parent.children.append(node)
            nodes[item] = node
        for node, pieces in words.items():
            node.text = " ".join(" ".join(pieces).split())
        return NodeList(tuple(nodes.values()))

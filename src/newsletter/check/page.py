"""The page as its readers meet it, parsed and walked once: elements with their computed style and template line.

Outlook for Windows sees another page: what stands in conditional comments is there only for it. `PageView.outlook` is
that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from newsletter.check.style import Style, computed
from newsletter.check.stylesheet import StyleRule, rules, styles
from newsletter.edition import Edition
from newsletter.problems import Place
from newsletter.renderings.outlook import outlook

_NUMBER = "data-element-number"


@dataclass(eq=False)
class Node:
    """One element."""

    element: etree._Element
    tag: str
    parent: Node | None
    style: Style
    dark: Style
    """Its style where a reader prefers dark colours and the mail client takes our rules."""
    place: Place
    """The template line that it comes from."""
    path: tuple[int | str, ...] | None
    """`("articles", n)` inside an article."""
    children: list[Node] = field(default_factory=list)

    def get(self, attribute: str, default: str = "") -> str:
        """Give an attribute."""
        return self.element.get(attribute, default)

    @property
    def classes(self) -> list[str]:
        """The names in its class attribute."""
        return self.get("class").split()

    @cached_property
    def text(self) -> str:
        """The words directly in it, not those of its children; white space as one space."""
        parts = [self.element.text or "", *(child.tail or "" for child in self.element)]
        return " ".join(" ".join(parts).split())

    @cached_property
    def all_text(self) -> str:
        """The words in it and in everything below."""
        return " ".join("".join(str(part) for part in self.element.itertext(etree.Element)).split())

    @property
    def is_hidden(self) -> bool:
        """Whether no eye meets it."""
        return not self.style.visible

    @property
    def is_silent(self) -> bool:
        """Whether no screen reader says it: hidden, or `aria-hidden`."""
        return self.is_hidden or any(node.get("aria-hidden") == "true" for node in (self, *self.parents()))

    def parents(self) -> Iterator[Node]:
        """Give the elements around it, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *tags: str) -> Node | None:
        """Give the nearest element around it with one of these tags."""
        return next((node for node in self.parents() if node.tag in tags), None)

    def walk(self) -> Iterator[Node]:
        """Give itself and everything below, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class PageView:
    """The HTML part."""

    edition: Edition

    @cached_property
    def root(self) -> Node:
        """The html element, as every mail client but Outlook for Windows sees it."""
        return self._read(self._tree)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every element, in order."""
        return tuple(self.root.walk())

    @cached_property
    def outlook(self) -> tuple[Node, ...]:
        """Every element that Outlook for Windows sees, in order: its conditional comments are switched on."""
        for number, element in enumerate(self._tree.iter(etree.Element)):
            element.set(_NUMBER, str(number))
        page = etree.tostring(self._tree, method="html", encoding="unicode")
        for element in self._tree.iter(etree.Element):
            del element.attrib[_NUMBER]
        return tuple(self._read(_parse(outlook(page))).walk())

    @property
    def frame(self) -> Iterator[Node]:
        """The elements that each have to say their language: html, what body holds, and what the wrapper holds."""
        yield self.root
        for body in self.find("body"):
            for child in body.children:
                yield child
                if child.get("role") == "article":
                    yield from child.children

    def find(self, *tags: str) -> Iterator[Node]:
        """Give the elements with one of these tags, in order."""
        return (node for node in self.nodes if node.tag in tags)

    @cached_property
    def sheet(self) -> tuple[StyleRule, ...]:
        """The rules that stay in the head, with the media queries that they stand in."""
        return tuple(
            rule for style in self._tree.iter("style") for rule in rules(style.text or "", style.get("media", ""))
        )

    @cached_property
    def _tree(self) -> etree._Element:
        return _parse(self.edition.inlined)

    @cached_property
    def _places(self) -> dict[int, Place]:
        body = next(self._tree.iter("body"), None)
        first = next((number for number, item in enumerate(self._tree.iter(etree.Element)) if item is body), 0)
        return dict(enumerate(self.edition.page.places, first))

    def _read(self, root: etree._Element) -> Node:
        always = [rule for rule in self.sheet if not rule.media]
        dark = [rule for rule in self.sheet if not rule.media or "prefers-color-scheme: dark" in _spaced(rule.media)]
        in_light, in_dark = styles(root, always), styles(root, dark)
        made: dict[etree._Element, Node] = {}
        last = Place("templates/newsletter.mjml")
        for number, element in enumerate(root.iter(etree.Element)):
            # In Outlook's page, the elements of comments have no number: they come from where the one before does.
            known = int(element.attrib.pop(_NUMBER, str(number if root is self._tree else -1)))
            last = self._places.get(known, last)
            above = element.getparent()
            parent = made[above] if above is not None else None
            node = Node(
                element,
                str(element.tag),
                parent,
                computed(element, in_light.get(element, {}), parent.style if parent else Style()),
                computed(element, in_dark.get(element, {}), parent.dark if parent else Style()),
                last,
                _article(element) or (parent.path if parent else None),
            )
            if parent:
                parent.children.append(node)
            made[element] = node
        return made[root]


def _parse(page: str) -> etree._Element:
    return etree.fromstring(page, etree.HTMLParser())


def _article(element: etree._Element) -> tuple[int | str, ...] | None:
    found = re.search(r"(?:^|\s)article-(\d+)(?:\s|$)", element.get("class", ""))
    return ("articles", int(found[1]) - 1) if found else None


def _spaced(media: str) -> str:
    return re.sub(r"\s*:\s*", ": ", media)

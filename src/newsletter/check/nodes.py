"""The elements of a page as one kind of mail app shows it, with indexes by tag, attribute and style."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from newsletter.css.computed import ComputedStyle
from newsletter.css.media import OTHER_VIEWS
from newsletter.css.resolver import StylesByView, style_in
from newsletter.problems import Location
from newsletter.source.nodes import KeyPath


@dataclass(eq=False)
class PageElement:
    """One element."""

    number: int
    """Its number, from 0, in the order of the document."""
    element: etree._Element
    attributes: dict[str, str]
    tag: str
    parent: PageElement | None
    styles: StylesByView
    in_dark: tuple[str, ...]
    """The declarations of its dark style, its own last."""
    location: Location
    """The template line that wrote it."""
    path: KeyPath | None
    """`("articles", n)` inside an article, `("articles", n, "content", k)` inside one of its blocks."""
    children: list[PageElement] = field(default_factory=list)
    text: str = ""
    """The text directly in it, without that of its children; white space as one space."""
    style: ComputedStyle = field(init=False)
    dark: ComputedStyle = field(init=False)
    """Its style if a reader prefers dark colours, and the mail app uses the email's rules for that."""

    def __post_init__(self) -> None:
        self.style, self.dark = self.styles["light"], self.styles["dark"]

    def style_in(self, view: str) -> ComputedStyle:
        """Return its style in a view."""
        return style_in(self.styles, view)

    @property
    def other_views(self) -> list[tuple[str, ComputedStyle]]:
        """The other views in which it looks different, each with its style there."""
        if len(self.styles) == 2:
            return []
        return [
            (view, style) for view, style in self.styles.items() if style != self.styles[OTHER_VIEWS.get(view, view)]
        ]

    def get(self, attribute: str, default: str = "") -> str:
        """Return an attribute, or the default without it."""
        return self.attributes.get(attribute, default)

    def get_of_frame(self, attribute: str) -> str | None:
        """Return an attribute of a part of the frame, which a row may have from its table; None without both."""
        of_table = self.parent.attributes.get(attribute) if self.tag == "tr" and self.parent else None
        return self.attributes.get(attribute, of_table)

    @property
    def classes(self) -> list[str]:
        """The names in its class attribute."""
        return self.get("class").split()

    @cached_property
    def all_text(self) -> str:
        """The text in it and in all its descendants."""
        return " ".join("".join(str(part) for part in self.element.itertext(etree.Element)).split())

    @property
    def is_hidden(self) -> bool:
        """Whether it is not visible."""
        return not self.style.visible

    @property
    def is_silent(self) -> bool:
        """Whether screen readers skip it: it is not visible, or has `aria-hidden`."""
        return self.is_hidden or self._is_aria_hidden

    @cached_property
    def _is_aria_hidden(self) -> bool:
        above = self.parent
        return self.attributes.get("aria-hidden") == "true" or (above is not None and above._is_aria_hidden)

    @property
    def is_main(self) -> bool:
        """Whether it is the main part of a page of a website."""
        role = self.get("role").strip().lower()
        return role == "main" or (not role and self.tag == "main")

    def parents(self) -> Iterator[PageElement]:
        """Return its ancestors, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *tags: str) -> PageElement | None:
        """Return its nearest ancestor with one of these tags."""
        return next((node for node in self.parents() if node.tag in tags), None)

    def walk(self) -> Iterator[PageElement]:
        """Return itself and all its descendants, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class NodeList:
    """The elements of a page in the order of the document, for rules that need those with a tag, attribute or text."""

    nodes: tuple[PageElement, ...]

    def __iter__(self) -> Iterator[PageElement]:
        """Return every element."""
        return iter(self.nodes)

    def __len__(self) -> int:
        """Return the number of elements."""
        return len(self.nodes)

    @cached_property
    def with_text(self) -> tuple[PageElement, ...]:
        """The elements with visible text directly in them."""
        return tuple(node for node in self.nodes if node.text and node.style.visible)

    def find(self, *tags: str) -> Iterator[PageElement]:
        """Return the elements with one of these tags, in order."""
        return _in_order([self._by_tag[tag] for tag in tags if tag in self._by_tag])

    def with_attribute(self, *attributes: str) -> Iterator[PageElement]:
        """Return the elements with one of these attributes, in order."""
        return _in_order([self._by_attribute[name] for name in attributes if name in self._by_attribute])

    @property
    def attributes(self) -> Iterable[str]:
        """The names of all attributes of all elements."""
        return self._by_attribute.keys()

    def style_contains(self, *words: str) -> Iterator[PageElement]:
        """Return the elements with one of these words in their `style` attribute, in order."""
        return _in_order([nodes for css, nodes in self._by_style.items() if any(word in css for word in words)])

    @cached_property
    def _by_style(self) -> dict[str, list[PageElement]]:
        nodes: defaultdict[str, list[PageElement]] = defaultdict(list)
        for node in self.with_attribute("style"):
            nodes[node.attributes["style"]].append(node)
        return dict(nodes)

    @cached_property
    def _by_tag(self) -> dict[str, list[PageElement]]:
        nodes: defaultdict[str, list[PageElement]] = defaultdict(list)
        for node in self.nodes:
            nodes[node.tag].append(node)
        return dict(nodes)

    @cached_property
    def _by_attribute(self) -> dict[str, list[PageElement]]:
        nodes: defaultdict[str, list[PageElement]] = defaultdict(list)
        for node in self.nodes:
            for name in node.attributes:
                nodes[name].append(node)
        return dict(nodes)


def _in_order(groups: list[list[PageElement]]) -> Iterator[PageElement]:
    if len(groups) == 1:
        return iter(groups[0])
    by_number = {node.number: node for nodes in groups for node in nodes}
    return iter([by_number[number] for number in sorted(by_number)])

"""What one kind of mail program sees of a page: its elements, walked once, in flat lists that rules ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from newsletter.check.rule import KeyPath
from newsletter.css.computed import ComputedStyle
from newsletter.css.media import OTHER_VIEWS
from newsletter.css.resolver import StylesByView, style_in
from newsletter.problems import Location


@dataclass(eq=False)
class PageElement:
    """One element."""

    number: int
    """Which it is, from 0, in the order of the document."""
    element: etree._Element
    attributes: dict[str, str]
    tag: str
    parent: PageElement | None
    styles: StylesByView
    in_dark: tuple[str, ...]
    """The declarations that make its dark look, its own last."""
    location: Location
    """The template line that it comes from."""
    path: KeyPath | None
    """`("articles", n)` inside an article, `("articles", n, "content", k)` inside one of its blocks."""
    children: list[PageElement] = field(default_factory=list)
    text: str = ""
    """The words directly in it, not those of its children; white space as one space."""
    style: ComputedStyle = field(init=False)
    dark: ComputedStyle = field(init=False)
    """Its style where a reader prefers dark colours and the mail client takes our rules."""

    def __post_init__(self) -> None:
        self.style, self.dark = self.styles["light"], self.styles["dark"]

    def style_in(self, view: str) -> ComputedStyle:
        """Give its style in a view."""
        return style_in(self.styles, view)

    @property
    def other_views(self) -> list[tuple[str, ComputedStyle]]:
        """Each other view in which it looks different, and how."""
        if len(self.styles) == 2:
            return []
        return [(view, look) for view, look in self.styles.items() if look != self.styles[OTHER_VIEWS.get(view, view)]]

    def get(self, attribute: str, default: str = "") -> str:
        """Give an attribute."""
        return self.attributes.get(attribute, default)

    @property
    def classes(self) -> list[str]:
        """The names in its class attribute."""
        return self.get("class").split()

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
        return self.is_hidden or self._is_kept_quiet

    @cached_property
    def _is_kept_quiet(self) -> bool:
        above = self.parent
        return self.attributes.get("aria-hidden") == "true" or (above is not None and above._is_kept_quiet)

    def parents(self) -> Iterator[PageElement]:
        """Give the elements around it, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *tags: str) -> PageElement | None:
        """Give the nearest element around it with one of these tags."""
        return next((node for node in self.parents() if node.tag in tags), None)

    def walk(self) -> Iterator[PageElement]:
        """Give itself and everything below, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class NodeList:
    """Every element, in the order of the document; rules ask for those of a tag, an attribute, or with words."""

    nodes: tuple[PageElement, ...]

    def __iter__(self) -> Iterator[PageElement]:
        """Give every element."""
        return iter(self.nodes)

    def __len__(self) -> int:
        """Count them."""
        return len(self.nodes)

    @cached_property
    def with_text(self) -> tuple[PageElement, ...]:
        """The elements that directly hold words which are seen."""
        return tuple(node for node in self.nodes if node.text and node.style.visible)

    def find(self, *tags: str) -> Iterator[PageElement]:
        """Give the elements with one of these tags, in order."""
        return _in_order([self._by_tag[tag] for tag in tags if tag in self._by_tag])

    def with_attribute(self, *attributes: str) -> Iterator[PageElement]:
        """Give the elements with one of these attributes, in order."""
        return _in_order([self._by_attribute[name] for name in attributes if name in self._by_attribute])

    @property
    def attributes(self) -> Iterable[str]:
        """The names of the attributes that stand on any element."""
        return self._by_attribute.keys()

    def style_contains(self, *words: str) -> Iterator[PageElement]:
        """Give the elements whose `style` attribute has one of these words somewhere, in order."""
        return _in_order([nodes for css, nodes in self._by_style.items() if any(word in css for word in words)])

    @cached_property
    def _by_style(self) -> dict[str, list[PageElement]]:
        found: defaultdict[str, list[PageElement]] = defaultdict(list)
        for node in self.with_attribute("style"):
            found[node.attributes["style"]].append(node)
        return dict(found)

    @cached_property
    def _by_tag(self) -> dict[str, list[PageElement]]:
        found: defaultdict[str, list[PageElement]] = defaultdict(list)
        for node in self.nodes:
            found[node.tag].append(node)
        return dict(found)

    @cached_property
    def _by_attribute(self) -> dict[str, list[PageElement]]:
        found: defaultdict[str, list[PageElement]] = defaultdict(list)
        for node in self.nodes:
            for name in node.attributes:
                found[name].append(node)
        return dict(found)


def _in_order(found: list[list[PageElement]]) -> Iterator[PageElement]:
    if len(found) == 1:
        return iter(found[0])
    by_number = {node.number: node for nodes in found for node in nodes}
    return iter([by_number[number] for number in sorted(by_number)])

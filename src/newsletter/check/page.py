"""The page as its readers meet it, parsed and walked once: elements with their computed style and template line.

Outlook for Windows sees another page: what stands in conditional comments is there only for it. `PageView.outlook` is
that page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from newsletter.check import vml
from newsletter.check.style import Style, Wardrobe
from newsletter.check.stylesheet import ELSEWHERE, StyleRule, reached, rules
from newsletter.check.written import WrittenIssue
from newsletter.edition import Edition, Origin
from newsletter.problems import Place
from newsletter.renderings.outlook import outlook
from newsletter.rules import At, Path

NUMBER = "data-element-number"
"""On the elements of `PageView.outlook`: those in its comments count on after all others."""
_TAG = re.compile(r"<[A-Za-z][\w:-]*")


@dataclass(eq=False)
class Node:
    """One element."""

    element: etree._Element
    attributes: dict[str, str]
    tag: str
    parent: Node | None
    looks: Mapping[str, Style]
    """Its style by view: `light`, `dark`, and each of `stylesheet.ELSEWHERE` that may make it look different."""
    in_dark: tuple[str, ...]
    """The declarations that make its dark look, its own last."""
    place: Place
    """The template line that it comes from."""
    path: Path | None
    """`("articles", n)` inside an article, `("articles", n, "content", k)` inside one of its blocks."""
    children: list[Node] = field(default_factory=list)
    style: Style = field(init=False)
    dark: Style = field(init=False)
    """Its style where a reader prefers dark colours and the mail client takes our rules."""

    def __post_init__(self) -> None:
        self.style, self.dark = self.looks["light"], self.looks["dark"]

    def look(self, view: str) -> Style:
        """Give its style in a view."""
        return self.looks.get(view) or self.looks[ELSEWHERE[view]]

    @property
    def elsewhere(self) -> list[tuple[str, Style]]:
        """Each other view in which it looks different, and how."""
        if len(self.looks) == 2:
            return []
        return [(view, look) for view, look in self.looks.items() if look is not self.looks[ELSEWHERE.get(view, view)]]

    def get(self, attribute: str, default: str = "") -> str:
        """Give an attribute."""
        return self.attributes.get(attribute, default)

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
    def worded(self) -> tuple[Node, ...]:
        """The elements that directly hold words which are seen, in order."""
        return tuple(node for node in self.nodes if node.text and not node.is_hidden)

    @cached_property
    def outlook(self) -> tuple[Node, ...]:
        """Every element that Outlook for Windows sees, in order: its conditional comments are switched on."""
        number = itertools.count()
        for element in self._tree.iter(etree.Element):
            element.set(NUMBER, str(next(number)))
        comments = [
            (comment, comment.text or "") for body in self._tree.iter("body") for comment in body.iter(etree.Comment)
        ]
        for comment, text in comments:
            comment.text = _TAG.sub(lambda tag: f'{tag[0]} {NUMBER}="{next(number)}"', text)
        page = etree.tostring(self._tree, method="html", encoding="unicode")
        for element in self._tree.iter(etree.Element):
            del element.attrib[NUMBER]
        for comment, text in comments:
            comment.text = text
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
    def issue(self) -> WrittenIssue:
        """What the editor wrote, for a rule that found something which may be the editor's, and not a template's."""
        return WrittenIssue(self.edition.issue, self.edition.brand)

    @cached_property
    def sheet(self) -> tuple[StyleRule, ...]:
        """The rules that stay in the head, with the media queries that they stand in."""
        return _sheet(self._tree)

    def at(self, rule: StyleRule) -> At:
        """Where in which template a rule of `sheet` was written."""
        selectors = r"\s+".join(map(re.escape, rule.selectors.split()))
        found = re.search(rf"{selectors}\s*\{{\s*{re.escape(rule.declarations[:9].strip())}", self._head)
        return self._in_head(found)

    def at_rule(self, name: str) -> At:
        """Where in which template an at-rule, such as `@import`, was written first."""
        mentioned = re.finditer(rf"/\*.*?\*/|({re.escape(name)}\b)", self._head, re.DOTALL)
        return self._in_head(next((found for found in mentioned if found[1]), None))

    def _in_head(self, found: re.Match[str] | None) -> At:
        if found is None:  # MJML writes a few rules of its own
            return At(self.edition.mjml.first("mj-head").place)
        return At(self.edition.mjml.origin(self._head.count("\n", 0, found.start()) + 1).place)

    @cached_property
    def _head(self) -> str:
        return self.edition.mjml.partition("<mj-body")[0]

    @cached_property
    def _tree(self) -> etree._Element:
        return _parse(self.edition.inlined)

    @cached_property
    def _origins(self) -> dict[int, Origin]:
        """By number: elements count from 0 in the order of the document, and after them those in comments."""
        tags = [element.tag for element in self._tree.iter(etree.Element)]
        page, mjml = self.edition.page, self.edition.mjml
        head = {tags.index("head"): mjml.first("mj-head")} if "head" in tags else {}
        body = dict(enumerate(page.origins, tags.index("body") if "body" in tags else 0))
        return {0: mjml.first("mjml")} | head | body | dict(enumerate(page.in_comments, len(tags)))

    def _read(self, root: etree._Element) -> Node:
        # Outlook for Windows reads nothing inside @media.
        sheet = [rule for rule in _sheet(root) if (rule.views if root is self._tree else "light" in rule.views)]
        ruled = reached(root, sheet)
        more = (view for view, like in ELSEWHERE.items() if any(rule.changes(view, like) for rule in sheet))
        views = ("light", "dark", *more)
        made: dict[etree._Element, Node] = {}
        wardrobe = Wardrobe(for_outlook=root is not self._tree)
        last = self._origins[0]
        for number, element in enumerate(root.iter(etree.Element)):
            attributes = {str(name): str(value) for name, value in element.items()}
            known = int(attributes.pop(NUMBER, str(number if root is self._tree else -1)))
            last = self._origins.get(known, last)
            above = element.getparent()
            parent = made[above] if above is not None else None
            own, matched = attributes.get("style", ""), ruled.get(element, ())
            drawn = (vml.painted(element),) if vml.is_shape(str(element.tag)) else ()
            told = {
                view: (*drawn, *(rule.declarations for rule in matched if view in rule.views), own) for view in views
            }
            tag, looks = str(element.tag), dict[str, Style]()
            for view in views:
                like = ELSEWHERE.get(view, view)
                if view == like or told[view] != told[like] or (parent and view in parent.looks):
                    looks[view] = wardrobe.style(tag, attributes, told[view], parent.look(view) if parent else None)
            node = Node(
                element,
                attributes,
                tag,
                parent,
                looks,
                told["dark"],
                last.place,
                _path(_article(attributes.get("class", "")) or (parent.path if parent else None), last.part),
            )
            if parent:
                parent.children.append(node)
            made[element] = node
        return made[root]


def _sheet(root: etree._Element) -> tuple[StyleRule, ...]:
    return tuple(rule for style in root.iter("style") for rule in rules(str(style.text or ""), style.get("media", "")))


def _parse(page: str) -> etree._Element:
    return etree.fromstring(page, etree.HTMLParser())


def _path(around: Path | None, part: Path | None) -> Path | None:
    """Give the block that an element was made from, if it stands in that article, and else the article.

    What MJML writes around a section may come after the last block of the article before.
    """
    return part if around and part and part[:2] == around[:2] else around and around[:2]


def _article(classes: str) -> Path | None:
    found = re.search(r"(?:^|\s)article-(\d+)(?:\s|$)", classes) if "article-" in classes else None
    return ("articles", int(found[1]) - 1) if found else None

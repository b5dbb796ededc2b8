"""Snippets: blocks or articles in a file of their own, `issues/_snippets/NAME.yaml`, that issues insert by name.

An item `- snippet: NAME` of `content` stands for the blocks under `content:` in that file, and one of `articles` for
the articles under `articles:`. They keep their own file and line, so that each problem is reported where it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from newsletter.characters import quoted
from newsletter.english import did_you_mean
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import KeyPath, ListNode, MapNode, Node, TextNode, at_path
from newsletter.source.parser import parse_yaml
from newsletter.source.text_file import read_text

FOLDER = "_snippets"
"""The folder of the snippets in that of the issues."""

KEY = "snippet"

_List = Literal["articles", "content"]
_ITEMS: dict[_List, str] = {"articles": "articles", "content": "blocks"}
_OTHER_LIST: dict[_List, _List] = {"articles": "content", "content": "articles"}


@dataclass(frozen=True)
class Snippet:
    """A snippet in an issue: the item that names it, the name of its file in problems, and its text."""

    item: MapNode
    file: str
    text: str
    path: KeyPath
    """The path of its first block or article in the issue."""
    length: int
    """The number of its blocks or articles."""

    @property
    def name(self) -> str:
        """The name with which an issue calls it: that of its file without the ending."""
        return PurePosixPath(self.file).stem


def insert_snippets(root: Node, project: Project) -> tuple[Node, tuple[Snippet, ...]]:
    """Return an issue with the blocks and articles of its snippets in their places, and the snippets.

    Args:
        root: the YAML nodes of the issue.
        project: the project that has the snippets.

    Raises:
        Problems: if there is no such snippet, if it cannot be read, or if it is not a list of blocks or articles.
    """
    articles = at_path(root, ("articles",))
    if not isinstance(root, MapNode) or not isinstance(articles, ListNode):
        return root, ()
    snippets: list[Snippet] = []
    whole = _insert_into(articles, "articles", ("articles",), project, snippets)
    items = [_in_article(item, ("articles", n, "content"), project, snippets) for n, item in enumerate(whole.items)]
    return replace(root, items={**root.items, "articles": replace(whole, items=items)}), tuple(snippets)


def _in_article(article: Node, path: KeyPath, project: Project, snippets: list[Snippet]) -> Node:
    """Return an article with the blocks of its snippets, and add these to a list."""
    content = article.items.get("content") if isinstance(article, MapNode) else None
    if not isinstance(article, MapNode) or not isinstance(content, ListNode):
        return article
    whole = _insert_into(content, "content", path, project, snippets)
    return replace(article, items={**article.items, "content": whole})


def _insert_into(node: ListNode, kind: _List, path: KeyPath, project: Project, snippets: list[Snippet]) -> ListNode:
    """Return a list with the items of its snippets, and add these to a list."""
    items: list[Node] = []
    for item in node.items:
        if not isinstance(item, MapNode) or KEY not in item.items:
            items.append(item)
            continue
        file, text = _find(item, project)
        own = list(_items(parse_yaml(text, file), kind, item.items[KEY].location))
        snippets.append(Snippet(item, file, text, (*path, len(items)), len(own)))
        items += own
    return replace(node, items=items)


def _find(item: MapNode, project: Project) -> tuple[str, str]:
    """Return the file of the snippet that an item names, and its text."""
    name, location = item.items[KEY], item.items[KEY].location
    if len(item.items) > 1:
        other = next(key for key in item.items if key != KEY)
        hint = "Begin each item with “- ” in a line of its own."
        raise Problems.one(item.keys[other], KEY, f"{quoted(other)} cannot be beside “{KEY}”.", hint)
    if not isinstance(name, TextNode) or not re.fullmatch(r"[\w-]+", name.text):
        hint = f"Write the name of a file in issues/{FOLDER} without its ending, such as our-shop."
        raise Problems.one(location, KEY, "This is not the name of a snippet.", hint)
    path = project.issues / FOLDER / f"{name.text}.yaml"
    if not path.is_file():
        known = sorted(each.stem for each in path.parent.glob("*.yaml"))
        listed = f"Snippets are: {', '.join(known)}." if known else f"Write issues/{FOLDER}/{path.name}."
        hint = did_you_mean(name.text, known, listed)
        raise Problems.one(location, KEY, f"There is no snippet “{name.text}”.", hint)
    file = project.name_of(path)
    return file, read_text(path, file)


def _items(root: Node, kind: _List, location: Location) -> Iterator[Node]:
    """Yield the blocks or the articles of a snippet that is named at a place in an issue."""
    keys = root.items if isinstance(root, MapNode) else {}
    other = _OTHER_LIST[kind]
    if list(keys) == [other]:
        message = f"This snippet has {_ITEMS[other]}, which are no {_ITEMS[kind]}."
        raise Problems.one(location, KEY, message, f"Name it in “{other}”, or write its words under “{kind}:”.")
    items = keys.get(kind)
    if not isinstance(items, ListNode) or len(keys) > 1 or not items.items:
        around = "an issue" if kind == "articles" else "an article"
        hint = f"Write “{kind}:” and its {_ITEMS[kind]} under it, each after “- ”, as in {around}."
        raise Problems.one(Location(root.location.file, 1, 1), KEY, f"A snippet has only “{kind}”.", hint)
    for item in items.items:
        content = item.items.get("content") if isinstance(item, MapNode) else None
        for each in (item, *(content.items if isinstance(content, ListNode) else ())):
            if isinstance(each, MapNode) and KEY in each.items:
                hint = "Write its words here, or name both snippets in the issue."
                raise Problems.one(each.keys[KEY], KEY, "A snippet cannot contain another one.", hint)
        yield item

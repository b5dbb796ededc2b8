"""Snippets: blocks in a file of their own, `issues/_snippets/NAME.yaml`, that issues put in by name.

An item `- snippet: NAME` of `content` stands for the blocks under `content:` in that file. They keep their own file and
line, so that each problem is reported where it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsletter.characters import quoted
from newsletter.english import did_you_mean
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import KeyPath, ListNode, MapNode, Node, TextNode, at_path
from newsletter.source.parser import parse_yaml, read_text

FOLDER = "_snippets"
"""The folder of the snippets in that of the issues."""

KEY = "snippet"


@dataclass(frozen=True)
class Snippet:
    """A snippet in an issue: its name, the name of its file in problems, and its text."""

    name: str
    file: str
    text: str
    path: KeyPath
    """The path of its first block in the issue."""
    blocks: int
    """The number of its blocks."""


def put_in(root: Node, project: Project) -> tuple[Node, tuple[Snippet, ...]]:
    """Return an issue with the blocks of its snippets in their places, and the snippets in order.

    Args:
        root: the YAML nodes of the issue.
        project: the project whose snippets are put in.

    Raises:
        Problems: if there is no such snippet, if it cannot be read, or if it is not a list of blocks.
    """
    articles = at_path(root, ("articles",))
    if not isinstance(root, MapNode) or not isinstance(articles, ListNode):
        return root, ()
    snippets: list[Snippet] = []
    items = [_in_article(item, ("articles", n, "content"), project, snippets) for n, item in enumerate(articles.items)]
    return replace(root, items={**root.items, "articles": replace(articles, items=items)}), tuple(snippets)


def _in_article(article: Node, path: KeyPath, project: Project, snippets: list[Snippet]) -> Node:
    """Return an article with the blocks of its snippets, and add these to a list."""
    content = article.items.get("content") if isinstance(article, MapNode) else None
    if not isinstance(article, MapNode) or not isinstance(content, ListNode):
        return article
    blocks: list[Node] = []
    for item in content.items:
        if not isinstance(item, MapNode) or KEY not in item.items:
            blocks.append(item)
            continue
        name, file, text, own = _read(item, project)
        snippets.append(Snippet(name, file, text, (*path, len(blocks)), len(own)))
        blocks += own
    return replace(article, items={**article.items, "content": replace(content, items=blocks)})


def _read(item: MapNode, project: Project) -> tuple[str, str, str, list[Node]]:
    """Return the name of the snippet of an item, its file, its text and its blocks."""
    name, place = item.items[KEY], item.items[KEY].location
    if len(item.items) > 1:
        other = next(key for key in item.items if key != KEY)
        hint = "Begin each block with “- ” in a line of its own."
        raise Problems.one(item.keys[other], KEY, f"{quoted(other)} cannot be beside “{KEY}”.", hint)
    if not isinstance(name, TextNode) or not re.fullmatch(r"[\w-]+", name.text):
        hint = f"Write the name of a file in issues/{FOLDER} without its ending, such as our-shop."
        raise Problems.one(place, KEY, "This is not the name of a snippet.", hint)
    path = project.issues / FOLDER / f"{name.text}.yaml"
    if not path.is_file():
        known = sorted(each.stem for each in path.parent.glob("*.yaml"))
        listed = f"Snippets are: {', '.join(known)}." if known else f"Write issues/{FOLDER}/{path.name}."
        hint = did_you_mean(name.text, known, listed)
        raise Problems.one(place, KEY, f"There is no snippet “{name.text}”.", hint)
    file = project.name_of(path)
    text = read_text(path, file)
    return name.text, file, text, list(_blocks(parse_yaml(text, file)))


def _blocks(root: Node) -> Iterator[Node]:
    content = root.items.get("content") if isinstance(root, MapNode) else None
    if not isinstance(root, MapNode) or not isinstance(content, ListNode) or len(root.items) > 1 or not content.items:
        hint = "Write “content:” and its blocks under it, each after “- ”, as in an article."
        raise Problems.one(Location(root.location.file, 1, 1), KEY, "A snippet has only “content”.", hint)
    for item in content.items:
        if isinstance(item, MapNode) and KEY in item.items:
            hint = "Write its blocks here, or name both snippets in the issue."
            raise Problems.one(item.keys[KEY], KEY, "A snippet cannot contain another one.", hint)
        yield item

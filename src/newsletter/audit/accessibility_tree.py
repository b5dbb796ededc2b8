"""What a browser of the Chromium family tells a screen reader of a page: its accessibility tree, to read in a review.

Taken from the browser's own tree, by its debugging protocol. What differs from one version of the browser to the next
is left out: identifiers, boxes of layout, states that no email has. That tree has no languages, although a screen
reader changes its voice by them; they come from the `lang` attributes of the same elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What no screen reader names; what is inside of it counts as its parent's. A group of rows came and went with versions.
_PASSED_BY = {"none", "generic", "rowgroup", "LineBreak"}
# The pieces of a line, which change with the width of the window and the font.
_LEFT_OUT = {"InlineTextBox"}
# The browser's own names for roles, some of which were others in earlier versions.
_ROLES = {
    "RootWebArea": "document",
    "StaticText": "text",
    "ListMarker": "marker",
    "DescriptionList": "list of terms",
    "DescriptionListTerm": "term",
    "DescriptionListDetail": "definition",
    "Section": "paragraph",
    "img": "image",
    "gridcell": "cell",
}

# What can be the whole name of what it lies in: a heading's text, a table's caption.
_NAMING = {"text", "caption"}


@dataclass(frozen=True)
class AxNode:
    """One node of the tree, with what is inside of it."""

    role: str
    name: str
    """Its words, white space collapsed; empty where its words are those inside of it."""
    said_as: str
    """What is said in place of the role, or nothing."""
    level: int
    """A heading's, from 1; 0 for everything else."""
    language: str
    """As its nearest `lang` attribute says; empty if there is none."""
    inside: tuple[AxNode, ...] = ()

    def everything(self) -> Iterator[AxNode]:
        """Itself and all that is inside of it, in the order in which it is heard."""
        yield self
        for node in self.inside:
            yield from node.everything()


def accessibility_tree(page: Page) -> AxNode:
    """Give the accessibility tree of a page that is open in a browser of the Chromium family."""
    session = page.context.new_cdp_session(page)
    try:
        languages = _languages(session.send("DOM.getDocument", {"depth": -1})["root"], "")
        nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    finally:
        session.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    (document,) = _heard(root, nodes, dict(languages), "")
    return document


def in_words(node: AxNode) -> str:
    """Write a tree down, a line for each node, further in for what is inside.

    A name stands in quotation marks: `heading 2 "In this issue"`; text that merely lies inside follows a colon:
    `paragraph: Hello.` A language is named where it changes. What only repeats the name of what it lies in is left out.
    """
    return "\n".join(_lines(node, "", "")) + "\n"


def _languages(node: dict[str, Any], language: str) -> Iterator[tuple[int, str]]:
    """The language of each node of the document, by the number that the tree knows it by."""
    attributes = node.get("attributes", [])
    language = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("lang", language)
    yield node["backendNodeId"], language
    for child in node.get("children", []):
        yield from _languages(child, language)


def _heard(
    node: dict[str, Any], nodes: dict[str, dict[str, Any]], languages: dict[int, str], language: str
) -> Iterator[AxNode]:
    role = node["role"]["value"]
    if role in _LEFT_OUT:
        return
    # What is made by a style, such as a list's marker, is no node of the document: its parent's language holds.
    language = languages.get(node.get("backendDOMNodeId", 0), language)
    children = (nodes[child] for child in node.get("childIds", []) if child in nodes)
    inside = tuple(heard for child in children for heard in _heard(child, nodes, languages, language))
    if node["ignored"] or role in _PASSED_BY:
        yield from inside
        return
    told = {told["name"]: told["value"].get("value", "") for told in node.get("properties", [])}
    yield AxNode(
        role=_ROLES.get(role, role),
        name=" ".join(str(node.get("name", {}).get("value", "")).split()),
        said_as=str(told.get("roledescription", "")),
        level=int(told.get("level", 0)) if role == "heading" else 0,
        language=language,
        inside=inside,
    )


def _lines(node: AxNode, indent: str, language: str) -> Iterator[str]:
    line = f"{indent}{node.role}"
    line += f" {node.level}" if node.level else ""
    line += f", said as {node.said_as}" if node.said_as else ""
    line += f" [{node.language}]" if node.language != language else ""
    inside = [child for child in node.inside if child.role not in _NAMING or _words(child) != node.name]
    if node.role == "text":
        # A space to keep lines apart, at which some screen readers stop and say "blank".
        yield f"{line}: {node.name}" if node.name else f"{line}, blank"
    elif not node.name and [child.role for child in inside] == ["text"] and inside[0].language == node.language:
        yield f"{line}: {inside[0].name}"
    else:
        yield f'{line} "{node.name}"' if node.name else line
        for child in inside:
            yield from _lines(child, f"{indent}  ", node.language)


def _words(node: AxNode) -> str:
    return node.name or " ".join(map(_words, node.inside))

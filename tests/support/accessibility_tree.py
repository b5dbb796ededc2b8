"""The accessibility tree of a page, which Chromium passes to screen readers, as text for a review.

It comes from the browser through its debugging protocol, without what differs between versions of the browser:
identifiers, boxes of layout, states that no email has. The browser's tree has no languages, although a screen reader
changes its voice by them. They come from the `lang` attributes of the same elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Roles that no screen reader announces: their children count as their parent's. Only some versions have `rowgroup`.
_TRANSPARENT = {"none", "generic", "rowgroup", "LineBreak"}
# Parts of a line, which change with the width of the window and the font.
_OMITTED = {"InlineTextBox"}
# The browser's names of roles, some of which differ in earlier versions.
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

# Roles that can be the whole name of their parent, such as the text of a heading or the caption of a table.
_NAMING = {"text", "caption"}


@dataclass(frozen=True)
class AxNode:
    """One node of the tree, with its children."""

    role: str
    name: str
    """Its words, with white space collapsed; empty if its children have the words."""
    role_description: str
    """The words that replace the role (`aria-roledescription`); empty if there are none."""
    level: int
    """The level of a heading, from 1; 0 for everything else."""
    language: str
    """The value of the nearest `lang` attribute; empty if there is none."""
    inside: tuple[AxNode, ...] = ()

    def everything(self) -> Iterator[AxNode]:
        """Return the node and all its descendants, in the order in which they are read."""
        yield self
        for node in self.inside:
            yield from node.everything()


def accessibility_tree(page: Page) -> AxNode:
    """Return the accessibility tree of a page that is open in a browser of the Chromium family."""
    session = page.context.new_cdp_session(page)
    try:
        languages = _languages(session.send("DOM.getDocument", {"depth": -1})["root"], "")
        nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    finally:
        session.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    (document,) = _nodes(root, nodes, dict(languages), "")
    return document


def in_words(node: AxNode) -> str:
    """Return a tree as text, with one line for each node, indented by depth.

    A name is in quotation marks: `heading 2 "In this issue"`. Text that is not a name follows a colon: `paragraph:
    Hello.` A language appears where it changes. A node that only repeats the name of its parent is omitted.
    """
    return "\n".join(_lines(node, "", "")) + "\n"


def _languages(node: dict[str, Any], language: str) -> Iterator[tuple[int, str]]:
    """Return the language of each node of the document, with the number of the node in the accessibility tree."""
    attributes = node.get("attributes", [])
    language = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("lang", language)
    yield node["backendNodeId"], language
    for child in node.get("children", []):
        yield from _languages(child, language)


def _nodes(
    node: dict[str, Any], nodes: dict[str, dict[str, Any]], languages: dict[int, str], language: str
) -> Iterator[AxNode]:
    role = node["role"]["value"]
    if role in _OMITTED:
        return
    # A node that comes from a style, such as the marker of a list, has the language of its parent.
    language = languages.get(node.get("backendDOMNodeId", 0), language)
    children = (nodes[child] for child in node.get("childIds", []) if child in nodes)
    inside = tuple(descendant for child in children for descendant in _nodes(child, nodes, languages, language))
    if node["ignored"] or role in _TRANSPARENT:
        yield from inside
        return
    properties = {item["name"]: item["value"].get("value", "") for item in node.get("properties", [])}
    yield AxNode(
        role=_ROLES.get(role, role),
        name=" ".join(str(node.get("name", {}).get("value", "")).split()),
        role_description=str(properties.get("roledescription", "")),
        level=int(properties.get("level", 0)) if role == "heading" else 0,
        language=language,
        inside=inside,
    )


def _lines(node: AxNode, indent: str, language: str) -> Iterator[str]:
    line = f"{indent}{node.role}"
    line += f" {node.level}" if node.level else ""
    line += f", said as {node.role_description}" if node.role_description else ""
    line += f" [{node.language}]" if node.language != language else ""
    inside = [child for child in node.inside if child.role not in _NAMING or _words(child) != node.name]
    if node.role == "text":
        # A space that separates lines. Some screen readers stop at it and say "blank".
        yield f"{line}: {node.name}" if node.name else f"{line}, blank"
    elif not node.name and [child.role for child in inside] == ["text"] and inside[0].language == node.language:
        yield f"{line}: {inside[0].name}"
    else:
        yield f'{line} "{node.name}"' if node.name else line
        for child in inside:
            yield from _lines(child, f"{indent}  ", node.language)


def _words(node: AxNode) -> str:
    return node.name or " ".join(map(_words, node.inside))

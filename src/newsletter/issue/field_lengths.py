"""How long the texts of an issue can be with the longest words for their fields."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.issue.field_syntax import FieldUse, find_fields
from newsletter.issue.merge_fields import FieldName, MergeField
from newsletter.source.nodes import FilledTextNode, MapNode, Node, Replacement, TextNode


def longer_bytes(node: Node, fields: Mapping[FieldName, MergeField]) -> int:
    """Return how many bytes the texts of a file would gain if each field had its longest words."""
    if isinstance(node, TextNode):
        return len(longest_text(node, fields).encode()) - len(node.text.encode()) if node.typed is not node else 0
    inner = node.items.values() if isinstance(node, MapNode) else node.items
    return sum(longer_bytes(each, fields) for each in inner)


def longest_text(node: TextNode, fields: Mapping[FieldName, MergeField]) -> str:
    """Return a text with the longest words that each of its fields is reckoned to have.

    Args:
        node: the text, filled or not.
        fields: the fields that the brand declares, by their names.
    """
    typed, fallbacks = node.typed, {str(name): each.fallback for name, each in fields.items()}
    replacements: list[Replacement] = []
    for start, end, what in find_fields(typed.text, fallbacks):
        if isinstance(what, FieldUse):
            declared = [each.longest_words for name, each in fields.items() if name == what.name]
            replacements.append(Replacement(start, end, max([what.fallback, *declared], key=len)))
    return FilledTextNode.create(typed, replacements).text

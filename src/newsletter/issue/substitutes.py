"""Substitutes for texts that nobody has written yet, so that the rest of an issue can be looked at and checked.

Only the preview and `newsletter check` ask for them. Each is an error of the issue, which is never handed out with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newsletter.characters import is_blank
from newsletter.issue.key_place import KeyPlace
from newsletter.issue.messages import errors_with_places
from newsletter.issue.text_fields import Markdown, Text
from newsletter.source.nodes import KeyPath, MapNode, Node, TextNode

NO_DESCRIPTION, NO_TEXT = "No description yet", "Not written yet"


def paths_to_fill(error: ValidationError, model: type[BaseModel], root: Node) -> frozenset[KeyPath]:
    """Return the places of all texts that are missing or empty. Return none if the schema reports anything else, too.

    Args:
        error: the errors of the schema.
        model: the schema.
        root: the YAML nodes that were checked.
    """
    paths = [_missing_text(place, each) for place, each in errors_with_places(error, model, root)]
    return frozenset(path for path in paths if path) if all(paths) else frozenset()


def fill_in(values: Any, paths: Iterable[KeyPath]) -> None:
    """Put a substitute at each of these places of an issue's values."""
    for *parents, key in paths:
        group = values
        for step in parents:
            group = group[step]
        group[key] = NO_DESCRIPTION if key == "alt" else NO_TEXT


def _missing_text(place: KeyPlace, error: ErrorDetails) -> KeyPath | None:
    """Return the path of the text whose absence is an error; None if the error is another one."""
    if error.get("ctx", {}).get("id") == "image-alt" and isinstance(place.node, MapNode):
        return None if "alt" in place.node.items else (*place.path, "alt")
    is_text = isinstance(place.kind, type) and issubclass(place.kind, Text | Markdown)
    is_empty = isinstance(place.node, TextNode) and is_blank(place.node.text)
    return place.path if is_text and (error["type"] == "missing" or is_empty) else None

"""A place in an editor's file: what is written there, and what the schema has for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from newsletter.characters import quoted
from newsletter.issue.schema_types import model_or_none, type_at
from newsletter.problems import Location
from newsletter.source.nodes import KeyPath, Node, at_path


@dataclass(frozen=True)
class KeyPlace:
    """A place in a file: the schema of the file, its root node, and the keys and positions that lead to the place."""

    schema: type[BaseModel]
    root: Node
    path: KeyPath

    @property
    def key(self) -> int | str:
        """The last key or position of the path."""
        return self.path[-1]

    @property
    def node(self) -> Node:
        """The node at the place, or the nearest one above that exists."""
        return at_path(self.root, self.path)

    @property
    def location(self) -> Location:
        """The line and column of the node."""
        return self.node.location

    @property
    def holder(self) -> Node:
        """The node of the group of keys or the list that the place is in."""
        return at_path(self.root, self.path[:-1])

    @property
    def kind(self) -> Any:
        """The type that the schema has for the place; None if it has none."""
        return type_at(self.schema, self.path)

    @property
    def model(self) -> type[BaseModel] | None:
        """The type, if it is a group of keys."""
        return model_or_none(self.kind)

    @property
    def owner(self) -> type[BaseModel] | None:
        """The type of the holder, if it is a group of keys."""
        return model_or_none(type_at(self.schema, self.path[:-1]))

    @property
    def name(self) -> str:
        """The name of the place in a sentence."""
        name = quoted(next((str(step) for step in reversed(self.path) if isinstance(step, str)), ""))
        return f"This item of {name}" if isinstance(self.key, int) else name

    @property
    def holder_name(self) -> str:
        """The name of the holder at the beginning of a sentence."""
        *parents, _ = self.path
        if len(parents) == 2 and parents[0] == "articles":
            return "This article"
        return self.sibling().name if parents else "This file"

    def sibling(self, *key: int | str) -> KeyPlace:
        """Return the place of another key of the holder, or without a key that of the holder."""
        return KeyPlace(self.schema, self.root, (*self.path[:-1], *key))


def keys_of(model: type[BaseModel] | None) -> list[str]:
    """Return the keys of a group, as an editor writes them; none without a group."""
    return [field.alias or name for name, field in model.model_fields.items()] if model else []

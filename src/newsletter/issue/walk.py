"""Walk through the values of an issue or a brand."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from newsletter.source.nodes import KeyPath


def iter_values(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield each single value of a model with its path of keys and positions, in the order of the model's fields."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if (item := getattr(value, name)) is not None:
                yield from iter_values(item, (*path, field.alias or name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from iter_values(item, (*path, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from iter_values(item, (*path, key))
    elif value is not None:
        yield path, value


def iter_models(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, BaseModel]]:
    """Yield each group of keys with its path, a group before those inside it."""
    if isinstance(value, BaseModel):
        yield path, value
        for name, field in type(value).model_fields.items():
            yield from iter_models(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from iter_models(item, (*path, position))

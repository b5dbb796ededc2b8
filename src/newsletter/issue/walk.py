"""Walk through the values of an issue or a brand."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from newsletter.source.nodes import KeyPath


def iter_values(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Return each single value of a model with its path of keys and positions, in the order of the model's fields."""
    values: list[tuple[KeyPath, Any]] = []
    _collect(value, path, values)
    return iter(values)


def _collect(value: Any, path: KeyPath, values: list[tuple[KeyPath, Any]]) -> None:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if (item := getattr(value, name)) is not None:
                _collect(item, (*path, field.alias or name), values)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            _collect(item, (*path, position), values)
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect(item, (*path, key), values)
    elif value is not None:
        values.append((path, value))


def iter_models(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, BaseModel]]:
    """Yield each group of keys with its path, a group before those inside it."""
    if isinstance(value, BaseModel):
        yield path, value
        for name, field in type(value).model_fields.items():
            yield from iter_models(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from iter_models(item, (*path, position))

"""Walks through everything that an editor wrote."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

KeyPath = tuple[int | str, ...]


def iter_values(written: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Give each single value of a model with its path of keys and positions, in the order of the model's fields."""
    if isinstance(written, BaseModel):
        for name, field in type(written).model_fields.items():
            yield from iter_values(getattr(written, name), (*path, field.alias or name))
    elif isinstance(written, tuple):
        for position, item in enumerate(written):
            yield from iter_values(item, (*path, position))
    elif isinstance(written, dict):
        for key, item in written.items():
            yield from iter_values(item, (*path, key))
    elif written is not None:
        yield path, written


def iter_models(written: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, BaseModel]]:
    """Give each group of keys with its path, a group before those inside it."""
    if isinstance(written, BaseModel):
        yield path, written
        for name, field in type(written).model_fields.items():
            yield from iter_models(getattr(written, name), (*path, field.alias or name))
    elif isinstance(written, tuple):
        for position, item in enumerate(written):
            yield from iter_models(item, (*path, position))

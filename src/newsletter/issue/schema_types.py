"""Find the type that a schema has for a place in a file."""

import types
import typing
from typing import Any

from pydantic import BaseModel

from newsletter.source.nodes import KeyPath


def type_at(kind: Any, path: KeyPath) -> Any:
    """Return the type at a path of keys and positions below a type; None if there is none."""
    for step in path:
        if isinstance(step, int):
            kind = next(iter(typing.get_args(kind)), None)
        elif typing.get_origin(kind) is dict:
            kind = typing.get_args(kind)[1]
        elif model := model_or_none(kind):
            kind = {field.alias or name: field.annotation for name, field in model.model_fields.items()}.get(step)
        else:
            return None
        kind = _without_wrappers(kind)
    return kind


def model_or_none(kind: Any) -> type[BaseModel] | None:
    """Return a type if it is that of a group of keys."""
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _without_wrappers(kind: Any) -> Any:
    """Return a type without `Annotated` and `| None`."""
    while typing.get_origin(kind) in (typing.Annotated, typing.Union, types.UnionType):
        kind = next(option for option in typing.get_args(kind) if option is not types.NoneType)
    return kind

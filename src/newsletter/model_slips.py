"""Says in an editor's words what the schema found."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newsletter.model import Block
from newsletter.problems import Problem
from newsletter.yaml_nodes import Mapping, Node, Scalar, at_path
from newsletter.yaml_nodes import Sequence as Items

_Path = tuple[int | str, ...]
_Type = type[BaseModel]


def explain(error: ValidationError, model: _Type, root: Node) -> Iterator[Problem]:
    """Turn a schema's errors into problems that an editor can act on.

    Args:
        error: what pydantic raised.
        model: the schema.
        root: the YAML nodes that were checked; they know their places.
    """
    errors = error.errors(include_url=False, include_input=False)
    for found in _without_echoes(model, errors):
        yield from _explain(model, root, found)


def _without_echoes(model: _Type, errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Leave out a missing key where an unknown one is clearly the same key, misspelt, and a list's being empty.

    pydantic calls a list empty when none of its items is valid; what is wrong with them is told by itself.
    """
    meant = {
        (*error["loc"][:-1], near)
        for error in errors
        if error["type"] == "extra_forbidden" and (near := _nearest(model, error["loc"]))
    }
    with_faults_inside = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    echoes = {"missing": meant, "too_short": with_faults_inside}
    yield from (error for error in errors if error["loc"] not in echoes.get(error["type"], ()))


def _explain(model: _Type, root: Node, error: ErrorDetails) -> Iterator[Problem]:
    path, kind = error["loc"], error["type"]
    context = error.get("ctx", {})
    node = at_path(root, path)
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if kind == "newsletter" and "faults" in context and isinstance(node, Scalar):
        for fault in context["faults"]:
            yield Problem(node.place_of(fault.line, fault.snippet), "markdown", fault.message, fault.hint)
    elif kind == "newsletter":
        yield Problem(node.place, context.get("id", "value"), context["message"], context["hint"])
    elif kind == "extra_forbidden":
        yield _unknown_key(model, root, path)
    elif kind == "missing":
        yield Problem(node.place, "missing", f"{_whole(path)} has no '{path[-1]}'.", f"Add a line '{path[-1]}: ...'.")
    else:
        wanted = _WANTED.get(kind)
        if kind == "literal_error":
            wanted = f"one of {context['expected']}".replace("'", "").replace(" or ", ", ")
        message = f"'{name}' should be {wanted or error['msg']}, but it is {_what(node)}."
        if kind == "too_short":
            message = f"'{name}' holds nothing."
        yield Problem(
            node.place,
            "value",
            message,
            _SHAPES.get(wanted or "", "Look at docs/writing-an-issue.md for an example."),
        )


_WANTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "dict_type": "a group of keys",
    "date_type": "a date",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "string_pattern_mismatch": "written in another way",
}
_SHAPES = {
    "a text": "Write it in one line after the key; a text with a colon in it needs quotes around it.",
    "a list": "Begin each item in a line of its own, with '- '.",
    "a group of keys": "Write each key in a line of its own, indented under this one.",
}


def _what(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a group of keys"
    return "a list" if isinstance(node, Items) else f"'{node.text.strip()[:40]}'"


def _whole(path: _Path) -> str:
    names = {"articles": "This article", "content": "This block", "items": "This item"}
    parent = next((step for step in reversed(path[:-1]) if isinstance(step, str)), "")
    return names.get(parent, f"'{parent}'") if parent else "This file"


def _unknown_key(model: _Type, root: Node, path: _Path) -> Problem:
    key, holder = str(path[-1]), at_path(root, path[:-1])
    place = holder.keys[key] if isinstance(holder, Mapping) else holder.place
    near = _nearest(model, path)
    owner = _model_at(model, path[:-1])
    if near:
        hint = f"Did you mean '{near}'?"
    elif (
        owner is not None
        and issubclass(owner, Block)
        and len(path) > 3
        and isinstance(holder, Mapping)
        and len(holder.items) > 1
    ):
        hint = f"If it belongs to '{next(iter(holder.items))}', indent it by two more spaces."
    else:
        hint = f"Keys that can stand here: {', '.join(_keys(owner))}."
    return Problem(place, "unknown-key", f"Unknown key '{key}'.", hint)


def _nearest(model: _Type, path: _Path) -> str:
    known = _keys(_model_at(model, path[:-1]))
    return next(iter(difflib.get_close_matches(str(path[-1]).lower(), known, n=1, cutoff=0.7)), "")


def _keys(model: _Type | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(model: Any, path: _Path) -> _Type | None:
    """Follow a path of keys and positions through the types of the model."""
    for step in path:
        model = _bare(model)
        if isinstance(step, int):
            model = next(iter(typing.get_args(model)), None)
        elif isinstance(model, type) and issubclass(model, BaseModel):
            model = {field.alias or name: field.annotation for name, field in model.model_fields.items()}.get(step)
        else:
            return None
    model = _bare(model)
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _bare(kind: Any) -> Any:
    """Take `Annotated` and `| None` from a type."""
    while typing.get_origin(kind) in (typing.Annotated, typing.Union, types.UnionType):
        kind = next(option for option in typing.get_args(kind) if option is not types.NoneType)
    return kind

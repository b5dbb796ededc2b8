"""Says in an editor's words what the schema found."""

from __future__ import annotations

import datetime
import difflib
import itertools
import types
import typing
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newsletter.characters import quoted
from newsletter.issue.model import Block
from newsletter.problems import Problem
from newsletter.source.nodes import ListNode as Items
from newsletter.source.nodes import MapNode, Node, TextNode, at_path

_Path = tuple[int | str, ...]
_Type = type[BaseModel]


def explain_validation_error(error: ValidationError, model: _Type, root: Node) -> Iterator[Problem]:
    """Turn a schema's errors into problems that an editor can act on.

    Args:
        error: what pydantic raised.
        model: the schema.
        root: the YAML nodes that were checked; they know their places.
    """
    errors = error.errors(include_url=False, include_input=False)
    for found in _without_echoes(model, root, errors):
        yield from _explain(model, root, found)


def _without_echoes(model: _Type, root: Node, errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Leave out what another error has already said."""
    misspelt = {
        (*error["loc"][:-1], near)
        for error in errors
        if error["type"] == "extra_forbidden" and (near := _nearest(model, error["loc"]))
    }
    for error in errors:
        path, node = error["loc"], at_path(root, error["loc"])
        match error["type"]:
            case "missing" if path in misspelt:
                pass
            case kind if kind != "missing" and not _is_written(root, path):
                pass  # what `load` filled in has its fault elsewhere
            case "too_short" if isinstance(node, Items) and node.items:
                pass  # it holds items; pydantic counts those without a fault
            case "extra_forbidden" if _stands_under_empty(model, root, path):
                pass
            case _:
                yield error


def _explain(model: _Type, root: Node, error: ErrorDetails) -> Iterator[Problem]:
    path, kind = error["loc"], error["type"]
    context = error.get("ctx", {})
    node = at_path(root, path)
    if _is_empty(node) and kind != "extra_forbidden":
        yield _empty(model, root, path)
    elif kind == "newsletter" and "faults" in context and isinstance(node, TextNode):
        for fault in context["faults"]:
            yield Problem(node.location_of(fault.offset), "markdown", fault.message, fault.hint)
    elif kind == "newsletter":
        hint = _how_to_fill(model, path) if context.get("is_blank") else context["hint"]
        yield Problem(node.location, context.get("id", "value"), context["message"], hint)
    elif kind == "extra_forbidden":
        yield _unknown_key(model, root, path)
    elif kind == "missing":
        yield Problem(node.location, "missing", f"{_whole(path)} has no “{path[-1]}”.", _how_to_add(model, path))
    elif kind in ("too_short", "string_too_short"):
        hint = "Write one item or more under it, each after '- '." if kind == "too_short" else "Write its name."
        yield Problem(node.location, "value", f"{_name(path)} is empty.", hint)
    else:
        wanted = _wanted(kind, context) or error["msg"]
        message = f"{_name(path)} should be {wanted}, but it is {_what(node)}."
        yield Problem(node.location, "value", message, _how(wanted, _model_at(model, path)))


def _how_to_add(model: _Type, path: _Path) -> str:
    key, kind = path[-1], _type_at(model, path)
    if kind is datetime.date:
        return f"Add a line “{key}: 2026-12-03”, with the right day."
    if typing.get_origin(kind) is tuple:
        return f"Add a line “{key}:”, and its items under it, each after “- ”."
    if keys := _keys(_model_at(model, path)):
        return f"Add a line “{key}:” and, indented under it, {', '.join(keys)}."
    return f"Add a line “{key}: ...”."


def _wanted(kind: str, context: typing.Mapping[str, Any]) -> str:
    match kind:
        case "literal_error":
            return f"one of {context['expected']}".replace("'", "").replace(" or ", ", ")
        case "greater_than_equal":
            return f"{context['ge']} or more"
        case "less_than_equal":
            return f"{context['le']} or less"
    return _WANTED.get(kind, "")


def _how(wanted: str, model: _Type | None) -> str:
    if wanted.startswith("one of"):
        return "Write one of these words."
    if model is not None and issubclass(model, Block):
        return f"Begin it with the name of a block and a colon: {', '.join(_offered(model))}."
    if model is not None:
        return f"Write each key in a line of its own, indented under this one: {', '.join(_offered(model))}."
    return _SHAPES.get(wanted, "Write it after the key.")


def _name(path: _Path) -> str:
    name = quoted(next((str(step) for step in reversed(path) if isinstance(step, str)), ""))
    return f"This item of {name}" if isinstance(path[-1], int) else name


_WANTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "dict_type": "a group of keys",
    "date_type": "a date",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
}
_SHAPES = {
    "a text": "Write it after the key, in quotes if it has a colon; or write | after the key, and the text below it.",
    "a list": "Begin each item in a line of its own, with '- ' (a hyphen and a space).",
    "a group of keys": "Write each key in a line of its own, indented under this one.",
}


def _what(node: Node) -> str:
    if isinstance(node, MapNode):
        return "a group of keys"
    return "a list" if isinstance(node, Items) else quoted(node.text)


def _whole(path: _Path) -> str:
    *parents, _ = path
    if len(parents) == 2 and parents[0] == "articles":
        return "This article"
    return _name(tuple(parents)) if parents else "This file"


def _is_written(root: Node, path: _Path) -> bool:
    holder = at_path(root, path[:-1])
    return not path or not isinstance(holder, MapNode) or path[-1] in holder.items or path[-1] == "[key]"


def _is_empty(node: Node) -> bool:
    return isinstance(node, TextNode) and not node.text and not node.style


def _empty(model: _Type, root: Node, path: _Path) -> Problem:
    hint = _how_to_fill(model, path)
    holder = at_path(root, path[:-1])
    if not isinstance(holder, MapNode):
        return Problem(at_path(root, path).location, "empty", "Nothing is written in this item.", hint)
    names = list(holder.items)
    following = names[names.index(str(path[-1])) + 1 :]
    if following and _stands_under_empty(model, root, (*path[:-1], following[0])):
        hint = "Indent the lines that belong to it by two more spaces; or write it, or delete the line."
    return Problem(at_path(root, path).location, "empty", f"Nothing is written after “{path[-1]}:”.", hint)


def _how_to_fill(model: _Type, path: _Path) -> str:
    match path:
        case (*_, "columns", int()):
            return "Write the heading of this column, such as 'Town': a screen reader says it before each cell."
        case (*_, int(), int()):
            return "Write what belongs in this cell, such as “none”. Every row has as many cells as there are columns."
        case (*_, "alt") if _may_be_left_out(model, path):
            return "Write what the picture shows. If it adds nothing to the words, write 'decorative: true' instead."
    return "Write it, or delete the line." if _may_be_left_out(model, path) else "Write it."


def _may_be_left_out(model: _Type, path: _Path) -> bool:
    owner = _model_at(model, path[:-1])
    fields = owner.model_fields.items() if owner else ()
    return not any(field.is_required() for name, field in fields if path[-1] in (name, field.alias))


def _stands_under_empty(model: _Type, root: Node, path: _Path) -> bool:
    """Tell whether a key follows one that holds nothing, and must be meant to stand in that one."""
    holder = at_path(root, path[:-1])
    if not isinstance(holder, MapNode):
        return False
    before = itertools.takewhile(lambda name: name != path[-1], holder.items)
    empty = [name for name in before if _is_empty(holder.items[name])]
    return bool(empty) and path[-1] in _keys(_model_at(model, (*path[:-1], empty[-1])))


def _unknown_key(model: _Type, root: Node, path: _Path) -> Problem:
    key, holder = str(path[-1]), at_path(root, path[:-1])
    place = holder.keys[key] if isinstance(holder, MapNode) else holder.location
    near = _nearest(model, path)
    owner = _model_at(model, path[:-1])
    is_block = owner is not None and issubclass(owner, Block)
    first = next(iter(holder.items)) if isinstance(holder, MapNode) else key
    if ":" in key:
        name = key.partition(":")[0]
        mend = "one colon" if key == f"{name}:" else "a space after the colon"
        hint = f"Write {mend}: {quoted(name + ': ...')}."
    elif is_block and key != first:
        hint = f"If it belongs to “{first}”, indent it by two more spaces; if it is a block, begin it with “- ”."
    elif near:
        hint = f"Did you mean “{near}”?"
    elif key != first and _is_empty(at_path(root, path)):
        hint = "If it is part of the text before it, put that whole text in quotes."
    else:
        hint = f"Write one of these: {', '.join(_offered(owner))}."
    return Problem(place, "unknown-key", f"There is no {'block' if is_block else 'key'} called {quoted(key)}.", hint)


def _nearest(model: _Type, path: _Path) -> str:
    known = _keys(_model_at(model, path[:-1]))
    return next(iter(difflib.get_close_matches(str(path[-1]).lower(), known, n=1, cutoff=0.6)), "")


def _keys(model: _Type | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _offered(model: _Type | None) -> list[str]:
    """The keys to offer an editor: `allow` is for who knows which rule it silences."""
    return [key for key in _keys(model) if key != "allow"]


def _model_at(model: _Type, path: _Path) -> _Type | None:
    kind = _type_at(model, path)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _type_at(model: Any, path: _Path) -> Any:
    """Follow a path of keys and positions through the types of the model."""
    for step in path:
        if isinstance(step, int):
            model = next(iter(typing.get_args(model)), None)
        elif isinstance(model, type) and issubclass(model, BaseModel):
            model = {field.alias or name: field.annotation for name, field in model.model_fields.items()}.get(step)
        else:
            return None
        model = _bare(model)
    return model


def _bare(kind: Any) -> Any:
    """Take `Annotated` and `| None` from a type."""
    while typing.get_origin(kind) in (typing.Annotated, typing.Union, types.UnionType):
        kind = next(option for option in typing.get_args(kind) if option is not types.NoneType)
    return kind

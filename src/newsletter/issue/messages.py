"""Turn the errors of the schema into problems in an editor's words."""

from __future__ import annotations

import itertools
import re
import typing
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newsletter.characters import quoted
from newsletter.english import nearest
from newsletter.issue import snippets
from newsletter.issue.key_place import KeyPlace, keys_of
from newsletter.issue.missing_key import how_to_add, how_to_describe, is_between_brackets, where_to_add
from newsletter.issue.model import Article, Block
from newsletter.issue.text_fields import InlineMarkdown, Lines, Markdown
from newsletter.problems import Fix, Problem
from newsletter.source.nodes import KeyPath, ListNode, MapNode, Node, TextNode, at_path

_EXAMPLE_LINE = re.compile("a line [a-z ]{0,40}“[^”]{0,80}”")
"""The line to add in a hint of a model, which does not know where its keys are."""


def explain_validation_error(
    error: ValidationError, model: type[BaseModel], root: Node, but: Collection[KeyPath] = ()
) -> Iterator[Problem]:
    """Turn a schema's errors into problems that an editor can fix.

    Args:
        error: the error that pydantic raised.
        model: the schema.
        root: the YAML nodes that were checked, with their locations.
        but: the paths of values whose problems are known already.
    """
    for place, each in errors_with_places(error, model, root, but):
        yield from _explain(place, each)


def errors_with_places(
    error: ValidationError, model: type[BaseModel], root: Node, but: Collection[KeyPath] = ()
) -> Iterator[tuple[KeyPlace, ErrorDetails]]:
    """Yield the errors that `explain_validation_error` explains, each with its place; the arguments are the same."""
    errors = [each for each in error.errors(include_url=False, include_input=False) if each["loc"] not in but]
    places = [KeyPlace(model, root, each["loc"]) for each in errors]
    yield from _without_repetitions(list(zip(places, errors, strict=True)))


def _without_repetitions(
    errors: Sequence[tuple[KeyPlace, ErrorDetails]],
) -> Iterator[tuple[KeyPlace, ErrorDetails]]:
    """Yield the errors, except those that follow from another error."""
    misspelt = {
        place.sibling(match).path
        for place, error in errors
        if error["type"] == "extra_forbidden" and (match := _nearest_key(place))
    }
    for place, error in errors:
        match error["type"]:
            case "missing" if place.path in misspelt:
                pass
            case kind if kind != "missing" and not _is_written(place):
                pass  # `load` added the value; the fault is elsewhere
            case "too_short" if isinstance(place.node, ListNode) and place.node.items:
                pass  # it has items, but pydantic counts only those without a fault
            case "extra_forbidden" if _belongs_to_empty_key(place):
                pass
            case _:
                yield place, error


def _explain(place: KeyPlace, error: ErrorDetails) -> Iterator[Problem]:
    kind, context, node = error["type"], error.get("ctx", {}), place.node
    if _is_empty(node) and kind != "extra_forbidden":
        yield _empty(place)
    elif kind == "newsletter" and "faults" in context and isinstance(node, TextNode):
        for fault in context["faults"]:
            end = fault.offset + len(fault.old)
            fix = Fix(place.path, fault.offset, end, fault.new) if fault.new is not None else None
            yield Problem(node.location_of(fault.offset), "markdown", fault.message, fault.hint, fix=fix)
    elif kind == "newsletter" and "by_path" in context:
        for path, message, hint in context["by_path"]:
            yield Problem(at_path(node, path).location, "value", message, hint)
    elif kind == "newsletter":
        hint = _own_hint(place, context)
        instead = context.get("instead")
        fix = Fix(place.path, 0, len(node.text), instead) if instead and isinstance(node, TextNode) else None
        is_alt = place.path[-1:] == ("alt",) and context.get("is_blank")
        message = "The description of the picture is empty." if is_alt else context["message"]
        yield Problem(node.location, context.get("id", "value"), message, hint, fix=fix)
    elif kind == "extra_forbidden":
        yield _unknown_key(place)
    elif kind == "missing":
        yield Problem(node.location, "missing", f"{place.holder_name} has no “{place.key}”.", how_to_add(place))
    elif kind in ("too_short", "string_too_short"):
        hint = "Write one item or more under it, each after “- ”." if kind == "too_short" else "Write its name."
        yield Problem(node.location, "value", f"{place.name} is empty.", hint)
    else:
        expected = _expected(kind, context) or error["msg"]
        message = f"{place.name} should be {expected}, but it is {_describe(node)}."
        hint = _how_to_write(expected, place)
        if isinstance(node, TextNode) and (bar := re.match(r"(\w+) *:? *([|>])", node.text)):
            hint = f"Write “{bar[1]}: {bar[2]}”, with a colon and a space."
        yield Problem(node.location, "value", message, hint)


def _own_hint(place: KeyPlace, context: typing.Mapping[str, Any]) -> str:
    """Return the hint of a fault that a field or a model of ours reports."""
    if place.path[-1:] == ("consent",):
        return how_to_add(place)
    if context.get("id") == "image-alt" and isinstance(place.node, MapNode) and "alt" not in place.node.items:
        return how_to_describe(place.node)
    if context.get("id") == "missing" and place.path and not is_between_brackets(place.node):
        return _EXAMPLE_LINE.sub(lambda line: f"{line[0]}{where_to_add(place.node)}", context["hint"], count=1)
    return _how_to_fill(place) if context.get("is_blank") else str(context["hint"])


def _expected(kind: str, context: typing.Mapping[str, Any]) -> str:
    match kind:
        case "literal_error":
            return f"one of {context['expected']}".replace("'", "").replace(" or ", ", ")
        case "greater_than_equal":
            return f"{context['ge']} or more"
        case "less_than_equal":
            return f"{context['le']} or less"
    return _EXPECTED.get(kind, "")


def _how_to_write(expected: str, place: KeyPlace) -> str:
    model = place.model
    if expected.startswith("one of"):
        words = expected.removeprefix("one of ").split(", ")
        match = nearest(place.node.text, words, likeness=_LEAST_LIKENESS) if isinstance(place.node, TextNode) else ""
        return f"Did you mean “{match}”?" if match else "Write one of these words."
    if model is not None and issubclass(model, Block):
        return f"Begin it with the name of a block and a colon: {', '.join(_suggested_keys(model))}."
    if model is not None:
        return f"Write each key in a line of its own, indented under this one: {', '.join(_suggested_keys(model))}."
    if place.kind is Lines and isinstance(place.node, ListNode):
        return "Write | after the key, and the lines below it, without hyphens."
    if expected == "a text" and not _has_paragraphs(place.kind):
        return "Write it in one line after the key, in quotes if it has a colon or begins with a bracket."
    if expected.endswith((" or more", " or less")):
        return f"Write a number that is {expected}."
    return _HINTS_BY_KIND.get(expected, "Write it after the key.")


def _has_paragraphs(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Markdown) and not issubclass(kind, InlineMarkdown)


_EXPECTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "dict_type": "a group of keys",
    "date_type": "a date",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
}
_HINTS_BY_KIND = {
    "a text": (
        "Write it after the key, in quotes if it has a colon or begins with a bracket; "
        "or write | after the key, and the text below it."
    ),
    "a whole number": "Write only digits, such as 96, without a unit or other words.",
    "a list": "Begin each item in a line of its own, with “- ” (a hyphen and a space).",
    "a group of keys": "Write each key in a line of its own, indented under this one.",
}


def _describe(node: Node) -> str:
    if isinstance(node, MapNode):
        return "a group of keys"
    return "a list" if isinstance(node, ListNode) else quoted(node.text)


def _is_written(place: KeyPlace) -> bool:
    if not place.path or not isinstance(holder := place.holder, MapNode):
        return True
    return place.key in holder.items or place.key == "[key]"


def _is_empty(node: Node) -> bool:
    return isinstance(node, TextNode) and not node.text and not node.style


def _empty(place: KeyPlace) -> Problem:
    hint, holder = _how_to_fill(place), place.holder
    if not isinstance(holder, MapNode):
        return Problem(place.location, "empty", "Nothing is written in this item.", hint)
    names = list(holder.items)
    following = names[names.index(str(place.key)) + 1 :]
    if following and _belongs_to_empty_key(place.sibling(following[0])):
        hint = "Indent the lines that belong to it by two more spaces; or write it, or delete the line."
    return Problem(place.location, "empty", f"Nothing is written after “{place.key}:”.", hint)


def _how_to_fill(place: KeyPlace) -> str:
    match place.path:
        case (*_, "columns", int()):
            return "Write the heading of this column, such as “Town”: a screen reader says it before each cell."
        case (*_, "alt") if _is_optional(place):
            return "Write what the picture shows. If it adds nothing to the words, write “decorative: true” instead."
    return "Write it, or delete the line." if _is_optional(place) else "Write it."


def _is_optional(place: KeyPlace) -> bool:
    fields = place.owner.model_fields.items() if place.owner else ()
    return not any(field.is_required() for name, field in fields if place.key in (name, field.alias))


def _belongs_to_empty_key(place: KeyPlace) -> bool:
    """Check whether the key before has no value but could have this key in it: it is probably not indented enough."""
    holder = place.holder
    if not isinstance(holder, MapNode):
        return False
    before = itertools.takewhile(lambda name: name != place.key, holder.items)
    empty = [name for name in before if _is_empty(holder.items[name])]
    return bool(empty) and place.key in keys_of(place.sibling(empty[-1]).model)


def _unknown_key(place: KeyPlace) -> Problem:
    key, holder = str(place.key), place.holder
    location = holder.keys[key] if isinstance(holder, MapNode) else holder.location
    first = next(iter(holder.items)) if isinstance(holder, MapNode) else key
    is_block = place.owner is not None and issubclass(place.owner, Block)
    if ":" in key:
        name = key.partition(":")[0]
        colon = "one colon" if key == f"{name}:" else "a space after the colon"
        hint = f"Write {colon}: {quoted(name + ': ...')}."
    elif is_block and key != first:
        hint = f"If it belongs to “{first}”, indent it by two more spaces; if it is a block, begin it with “- ”."
    elif match := _nearest_key(place):
        hint = f"Did you mean “{match}”?"
        if key not in _SYNONYMS and not nearest(key, [match], likeness=_LEAST_LIKENESS):
            hint += f" If not, write one of these: {', '.join(_suggested_keys(place.owner))}."
    elif key != first and _is_empty(place.node):
        hint = "If it is part of the text before it, put that whole text in quotes."
    else:
        hint = f"Write one of these: {', '.join(_suggested_keys(place.owner))}."
    return Problem(location, "unknown-key", f"There is no {'block' if is_block else 'key'} called {quoted(key)}.", hint)


def _nearest_key(place: KeyPlace) -> str:
    can_be_snippet = place.owner is not None and issubclass(place.owner, Article | Block)
    keys = [*keys_of(place.owner), *[snippets.KEY] * can_be_snippet]
    synonym = _SYNONYMS.get(str(place.key))
    return synonym if synonym in keys else nearest(str(place.key), keys)


_LEAST_LIKENESS = 0.75
"""How alike a misspelt name and the right one are at least."""
_SYNONYMS = {
    "price": "cost",
    "fee": "cost",
    "venue": "place",
    "location": "place",
    "where": "place",
    "when": "date",
    "day": "date",
    "heading": "title",
    "accessibility": "access",
    "author": "by",
    "photographer": "credit",
    "opening": "hours",
}
"""The word that an editor may look for, and the key that there is."""


def _suggested_keys(model: type[BaseModel] | None) -> list[str]:
    """Return the keys to suggest to an editor: not `allow`, which is for people who know the rule."""
    return [key for key in keys_of(model) if key != "allow"]

"""How to add a key that is missing: what to write, and in which line."""

from __future__ import annotations

import datetime
import typing

from newsletter.english import count
from newsletter.issue.key_place import KeyPlace, keys_of
from newsletter.source.nodes import MapNode, Node, last_line


def how_to_add(place: KeyPlace) -> str:
    """Return what to do about a key that is missing: what to write, and in which line."""
    if place.key == "consent":
        return (
            "Ask the person, and add the day on which they agreed to this story, such as “consent: 2026-11-12”. "
            "If they have not agreed, leave the story out."
        )
    if place.path == ("colours",):
        return 'Add a line “colours: "#0B4A53"”, with the colour of your charity.'
    if is_between_brackets(place.holder):
        return _how_to_add_between_brackets(place)
    where = where_to_add(place.holder) if len(place.path) > 1 else ""
    if place.kind is datetime.date:
        return f"Add a line “{place.key}: 2026-12-03”{where}, and write the right day."
    if typing.get_origin(place.kind) is tuple:
        return f"Add a line “{place.key}:”{where}, and its items under it, each after “- ”."
    if typing.get_origin(place.kind) is typing.Literal:
        first, *others = typing.get_args(place.kind)
        return f"Add a line “{place.key}: {first}”{where}. Instead of “{first}”, it can be {' or '.join(others)}."
    if keys := keys_of(place.model):
        return f"Add a line “{place.key}:”{where} and, indented under it, {', '.join(keys)}."
    return f"Add a line “{place.key}: ...”{where}."


def _how_to_add_between_brackets(place: KeyPlace) -> str:
    value = "..."
    if place.kind is datetime.date:
        value = "2026-12-03"
    elif typing.get_origin(place.kind) is tuple:
        value = "[...]"
    elif keys := keys_of(place.model):
        value = f"{{{', '.join(f'{key}: ...' for key in keys)}}}"
    return f"Write “, {place.key}: {value}” before the closing bracket."


def how_to_describe(image: MapNode) -> str:
    """Return how to describe a picture, with the spaces that begin the line if its keys have lines of their own."""
    if is_between_brackets(image):
        what = 'Write “, alt: "..."” before the closing bracket, to say what it shows'
        return f"{what}; or “, decorative: true”, if it adds nothing."
    where = where_to_add(image)
    return f"Add “alt: ...”{where}, to say what it shows. Or write “decorative: true” there, if it adds nothing."


def is_between_brackets(node: Node) -> bool:
    """Check whether a node is a group of keys between curly brackets, such as `{src: garden.jpg, alt: A garden}`."""
    return isinstance(node, MapNode) and bool(node.keys) and node.location not in node.keys.values()


def where_to_add(node: Node) -> str:
    """Return where a new key of a group belongs: below a key whose value is in its own line, or else below them all.

    The result begins with a space. It is empty if the group has no key, or if some of it is in another file.
    """
    if not isinstance(node, MapNode) or {key.file for key in node.keys.values()} != {node.location.file}:
        return ""
    lines = {key.line: last_line(node.items[name]) for name, key in node.keys.items() if name in node.items}
    line = next((last for first, last in lines.items() if first == last), last_line(node))
    return f" below line {line}, with {count(node.location.column - 1, 'space')} before it"

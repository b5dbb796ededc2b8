"""Write the derived colours of a brand into the text of its file. Every other character of it stays."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.issue.palette import ROLES, Palette
from newsletter.issue.write_file import write_file
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import MapNode, Node
from newsletter.source.parser import parse_yaml

_Keys: TypeAlias = "Mapping[str, str | _Keys]"
"""Keys with their values, or with keys of their own."""

_Edit = tuple[int, int, str]
"""The start and end of a piece of the text, and its replacement."""


def write_all_colours(project: Project, brand: Brand) -> bool:
    """Write the derived colours of a project's own brand into its file.

    Returns:
        Whether there were any to write.

    Raises:
        Problems: if the project has no brand of its own, or if its file cannot be written.
    """
    location = Location(brand.file.name)
    if not brand.file.is_own:
        message = "This project has no brand of its own yet, so there is no file to write to."
        raise Problems.one(location, "brand", message, "`newsletter new SLUG` creates one.")
    text = with_all_colours(brand)
    if load_brand(project, text).colours != brand.colours:
        hint = "Write each colour in a line of its own under “colours:”, and run the command again."
        raise Problems.one(location, "brand", "The colours cannot be added to this file.", hint)
    path = project.template_file("brand.yaml")
    mark = codecs.BOM_UTF8 if path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    write_file(path, mark + text.encode(), location)
    return text != brand.file.text


def with_all_colours(brand: Brand) -> str:
    """Return the text of a brand's file with every colour of both palettes.

    Args:
        brand: the brand. Its own colours, notes and lines stay; derived colours follow them.
    """
    text = brand.file.text
    root = parse_yaml(text, brand.file.name)
    colours = root.items["colours"] if isinstance(root, MapNode) else root
    here = set(colours.items) if isinstance(colours, MapNode) and _is_block(text, colours) else set()
    light, dark = _roles(brand.colours.light), _roles(brand.colours.dark)
    keys: _Keys = {**light, "dark": dark}
    if "light" in here or not here & set(ROLES):
        keys = {"light": {role: value for role, value in light.items() if role not in here}, "dark": dark}
    result, position = "", 0
    # Sorting keeps the order of edits at one place: those of an inner group come first.
    for start, end, replacement in sorted(_edits(text, colours, keys, 2), key=lambda edit: edit[0]):
        result += text[position:start] + replacement
        position = end
    return result + text[position:]


def _roles(palette: Palette) -> dict[str, str]:
    # Words that cannot be read on the brand's colour would be an error in the file, and are nowhere in the email.
    roles = [role for role in ROLES if role != "on_brand" or palette.has_words_on_brand]
    return {role: str(getattr(palette, role)) for role in roles}


def _edits(text: str, node: Node, keys: _Keys, indent: int) -> Iterator[_Edit]:
    """Yield the edits that add the missing ones of these keys to a group, or write them instead of a single value."""
    start = _offset(text, node)
    if not isinstance(node, MapNode) or not _is_block(text, node):
        end = _end(text, start)
        notes = [f"{' ' * indent}{note}" for note in re.findall(r"(?<=\s)#[^\n\r]*", text[start:end])]
        yield len(text[:start].rstrip(" ")), end, ""
        yield _after_line(text, end, [*notes, *_lines(keys, indent)])
        return
    indent = next(iter(node.keys.values())).column - 1
    for key, inner in node.items.items():
        if isinstance(own := keys.get(key), Mapping):
            yield from _edits(text, inner, own, indent + 2)
    if missing := {key: value for key, value in keys.items() if key not in node.items}:
        yield _after_line(text, _offset(text, _last(node)), _lines(missing, indent))


def _lines(keys: _Keys, indent: int) -> list[str]:
    """Return keys as lines of YAML."""
    lines = []
    for key, value in keys.items():
        if isinstance(value, str):
            lines.append(f'{" " * indent}{key}: "{value}"')
        else:
            lines += [f"{' ' * indent}{key}:", *_lines(value, indent + 2)]
    return lines


def _after_line(text: str, offset: int, lines: list[str]) -> _Edit:
    """Return the edit that adds lines after the line at an offset."""
    end = text.find("\n", offset)
    line_break = "\r\n" if "\r\n" in text else "\n"
    if end < 0:
        return len(text), len(text), line_break + line_break.join(lines)
    return end + 1, end + 1, "".join(line + line_break for line in lines)


def _last(node: Node) -> Node:
    """Return the last value in a group of keys."""
    return _last([*node.items.values()][-1]) if isinstance(node, MapNode) else node


def _is_block(text: str, node: MapNode) -> bool:
    """Check whether a group of keys has a line for each, and no braces."""
    return text[_offset(text, node)] != "{"


def _end(text: str, start: int) -> int:
    """Return where a single colour, or a group of colours in braces, ends."""
    depth = 0
    for token in re.finditer(r"""(?<=\s)#[^\n]*|"[^"]*"|'[^']*'|[{}]|[^\s{}"'#,]+""", text[start:]):
        depth += (token[0] == "{") - (token[0] == "}")
        if not depth and not token[0].startswith("#"):
            return start + token.end()
    return len(text)


def _offset(text: str, node: Node) -> int:
    lines = text.split("\n")[: node.location.line - 1]
    return sum(map(len, lines)) + len(lines) + node.location.column - 1

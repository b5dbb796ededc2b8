"""Read a few texts of a YAML file without reading all of it: for lists of many files, which must not wait for a build.

The answer may be incomplete, and nothing is reported. `parser` reads whole files, and reports what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

import yaml

from newsletter.source.parser import LOADER

_MOST_EVENTS = 20_000
"""A long issue has 2,000. A file of 1 MB may have half a million, for which a list does not wait."""

_LINE = re.compile(
    r"""^([a-z_]++): ++(?:"([^"\\\n]++)"|'([^'\n]++)'|([^\s"'\[\]{}|>&*!%@`#,](?:[^\n# ]| (?!#))*+))""", re.MULTILINE
)
"""A key at the edge with a text in its line: in double quotes, in single quotes, or in none."""


def scan_texts(text: str, top: Collection[str], anywhere: str) -> dict[str, str]:
    """Return the texts of some keys. After the first fault of the file, only those of `top` that have one line.

    Args:
        text: the YAML.
        top: keys of the outermost level.
        anywhere: a key of any level, of which the first text is wanted. Reading ends with the last of them.
    """
    texts: dict[str, str] = {}
    for depth, key, value in _texts(text):
        if key == anywhere or (depth <= 1 and key in top):
            texts.setdefault(key, value)
            if len(texts) > len(top):
                break
    return texts


def all_texts(text: str, key: str) -> list[str]:
    """Return the texts of a key at every level, up to the first fault of the file."""
    return [value for depth, name, value in _texts(text) if depth and name == key]


@dataclass
class _Open:
    """A mapping or a list whose end is not read yet: its last key, and whether a key comes next."""

    is_mapping: bool
    expects_key: bool
    key: str = ""


def _texts(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each text of a file: its depth, counted from 1, its key, and the text. An item of a list has the key "".

    After a fault follow the texts in one line that begin at the edge, with the depth 0. Some may be repeated.
    """
    stack: list[_Open] = []
    try:
        for event in islice(yaml.parse(text, Loader=LOADER), _MOST_EVENTS):
            if isinstance(event, yaml.ScalarEvent):
                if stack and stack[-1].expects_key:
                    stack[-1].key, stack[-1].expects_key = event.value, False
                elif stack:
                    stack[-1].expects_key = stack[-1].is_mapping
                    yield len(stack), stack[-1].key, event.value
            elif isinstance(event, yaml.CollectionStartEvent):
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append(_Open(is_mapping, is_mapping))
            elif isinstance(event, (yaml.CollectionEndEvent, yaml.AliasEvent)):
                if isinstance(event, yaml.CollectionEndEvent):
                    stack.pop()
                if stack:
                    stack[-1].expects_key = stack[-1].is_mapping
    except yaml.YAMLError:
        yield from ((0, line[1], line[2] or line[3] or line[4]) for line in _LINE.finditer(text))

"""Finds a line that begins with too many or too few spaces, for a message that names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from newsletter.english import count
from newsletter.source.lines import indentation

_LINE = re.compile(r"( *)((?:- +)*)(?:(\w+):(?=\s|$) *(.*))?")
_TEXT_BELOW = re.compile(r"[|>][-+\d]* *(?:#.*)?")


class WrongIndent(NamedTuple):
    """What is wrong with the spaces at the beginning of a line, and what to do."""

    message: str
    hint: str
    column: int
    """The column of the first sign of the line, from 1."""


class _Level(NamedTuple):
    """Where the lines of one group of keys, one list, or one text begin."""

    kind: Literal["key", "item", "text"]
    column: int
    line: int
    """The number of its last line, from 1."""
    name: str
    """The key in that line; "" for an item or a text."""


def wrong_indent(lines: Sequence[str]) -> WrongIndent | None:
    """Return what is wrong with the indent of the last of some lines; None if it is right, or something else is wrong.

    Args:
        lines: the lines of a file up to the one that could not be read.
    """
    *above, last = lines
    levels, is_clear = _levels(above)
    spaces = indentation(last)
    parts = _LINE.match(last)
    assert parts is not None, "the pattern matches any text"
    kind = "item" if parts[2] else "key" if parts[3] else "text"
    # What is below a text and no key or item belongs to that text.
    of_text = levels and levels[-1].kind == "text" and spaces > (levels[-2].column if len(levels) > 1 else -1)
    fitting = [level for level in levels if level.kind == ("text" if of_text else kind)]
    # Words that begin where a key may begin may be a key without its colon.
    right = {level.column for level in levels if level in fitting or (kind == "text" and level.kind == "key")}
    if not is_clear or not fitting or spaces in right:
        return None
    nearest = min(reversed(fitting), key=lambda level: abs(level.column - spaces))
    around = {"key": "the keys around it", "item": "the items around it", "text": "the text above it"}[nearest.kind]
    where = f"“{nearest.name}” in line {nearest.line}" if nearest.name else f"line {nearest.line}"
    have = f"{'has' if nearest.kind == 'text' else 'have'} {nearest.column or 'none'}"
    message = f"This line has {count(spaces, 'space')} before it, but {around} {have}."
    begin = f"Begin it with {count(nearest.column, 'space')}" if nearest.column else "Delete the spaces before it"
    return WrongIndent(message, f"{begin}, so that it lines up with {where}.", spaces + 1)


def _levels(lines: Sequence[str]) -> tuple[list[_Level], bool]:
    """Return where a line may begin after some lines, the outermost first, and whether the last of them is understood.

    It is not if it is no key with a value, no item and no line of a text below a key.
    """
    levels: list[_Level] = []
    is_clear = False
    below = -1
    """The column of the key whose text the lines are; -1 outside of such a text."""
    for number, line in enumerate(lines, 1):
        spaces = indentation(line)
        if not line.strip() or (line.lstrip().startswith("#") and below < 0):
            continue
        if 0 <= below < spaces:
            if levels[-1].kind != "text":
                levels.append(_Level("text", spaces, number, ""))
            continue
        below = -1
        parts = _LINE.match(line)
        assert parts is not None, "the pattern matches any text"
        is_clear = bool(parts[3])
        is_item = bool(parts[2])
        # The items of a list may begin where its key does.
        beside = ("key", "item") if is_item else ("key",)
        levels = [
            level
            for level in levels
            if level.kind != "text" and (level.column < spaces or (level.column == spaces and level.kind in beside))
        ]
        for hyphen in re.finditer("-", parts[2]):
            levels.append(_Level("item", spaces + hyphen.start(), number, ""))
        if parts[3]:
            column = parts.start(3)
            levels.append(_Level("key", column, number, parts[3]))
            below = column if _TEXT_BELOW.fullmatch(parts[4]) else -1
            # What is below a key without a value may begin anywhere.
            is_clear = bool(parts[4]) and not parts[4].startswith("#")
    return levels, is_clear

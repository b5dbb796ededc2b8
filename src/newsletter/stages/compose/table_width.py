"""The width that a table needs at least: above that of its column, the table becomes a list."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from markupsafe import escape

_FONT_SIZE = 18  # px, of `.data` in styles.css
_PADDING = 12  # px, beside each cell
_BOLD = 1.14  # times the width of regular letters
# The widths of Verdana's letters, as a share of the font's size.
_NARROW_CHARACTERS = frozenset("fijlrtI.,:;'’!|()[]/- \N{NO-BREAK SPACE}")
_WIDE_CHARACTERS = frozenset("mwMW@%")
_TAG = re.compile(r"<[^<>]*+>")
# A line can end at a space, and after a hyphen.
_BREAK = re.compile(r"[ \t\r\n]+|(?<=-)(?=\w)")


class _Table(Protocol):
    @property
    def columns(self) -> Sequence[str]: ...

    @property
    def rows(self) -> Sequence[Sequence[str]]: ...


def table_width(table: _Table) -> int:
    """Estimate the least width of a table in px: the longest word of each column, and the padding beside it."""
    width = 0.0
    for position, heading in enumerate(table.columns):
        cells = [row[position] for row in table.rows]
        is_bold = position == 0  # the first cell of each row is its heading
        longest = max([_longest(heading) * _BOLD, *(_longest(cell) * (_BOLD if is_bold else 1) for cell in cells)])
        width += longest * _FONT_SIZE + _PADDING
    return round(width)


def _longest(text: str) -> float:
    words = _BREAK.split(html.unescape(_TAG.sub("", escape(text))))
    return max(_width(word) for word in words)


def _width(word: str) -> float:
    # A line can end after each Chinese or Japanese character.
    if any(unicodedata.east_asian_width(character) in "WF" for character in word):
        return 1.0
    return sum(_letter(character) for character in word if not unicodedata.combining(character))


def _letter(character: str) -> float:
    if character in _NARROW_CHARACTERS:
        return 0.42
    if character in _WIDE_CHARACTERS:
        return 1.0
    return 0.75 if character.isupper() else 0.64

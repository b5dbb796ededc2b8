"""Recognises the signs and numbers that people type before the lines of a list, without Markdown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# "•" and similar signs, emoji such as ticks and hands, a dash; "-" and "*" if Markdown does not read them as a list.
_SIGN = re.compile(
    r"[•‣⁃◦∙●○■□▪▫►▶▸➤➢→✓✔✗✘☑☐✅👉🔹🔸·]\ufe0f?(?=\s*\w)|[–—](?=\s*[^\W\d])|[-*](?=[^\W\d])"
    # Word's bullets, as they are pasted: a circle and a square in fonts for signs.
    r"|o(?=\s{2}\s*\w)|§(?=\s+[^\W\d])"
)
_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Za-z]|[ivx]{2,5})(?:[.)/](?!\d)|\ufe0f?\u20e3)\s*(?=\S)")
LARGEST_NUMBER = 99
"""The largest number of a line; letters count from here."""

_ROMAN = ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ENDS = re.compile(r"[.,:;!?…،؛؟]['\"”’»)]*$")


@dataclass(frozen=True)
class ListMark:
    """A mark at the beginning of a line: the sign, its number (0 if it has none), and the index of the line, from 0."""

    sign: str
    number: int
    line: int


def is_next(first: ListMark, second: ListMark) -> bool:
    """Check whether the second mark continues the list of the first."""
    if first.number or second.number:
        return bool(first.number) and second.number == first.number + 1
    return first.sign == second.sign


def marks(lines: Iterable[str]) -> Iterator[ListMark]:
    """Return the marks before the lines of one paragraph."""
    may_begin = True
    for number, line in enumerate(lines):
        sign, order = _SIGN.match(line), _NUMBER.match(line)
        # A dash can also be part of a sentence that continues on a new line.
        if sign and (may_begin or sign[0] not in "–—-*"):
            yield ListMark(sign[0], 0, number)
        elif order:
            yield ListMark(order[0].strip(), _order(order[1]), number)
        may_begin = bool(_ENDS.search(line)) or bool(sign and may_begin)


def _order(number: str) -> int:
    """Return the value of a number or a letter. Letters count from 101, and Roman numbers from ii on from 110.

    So ii follows i, which is also the letter before j.
    """
    if number.isdigit():
        return int(number)
    if number in _ROMAN:
        return _ROMAN.index(number) + LARGEST_NUMBER + 11
    return ord(number[0].lower()) - ord("a") + LARGEST_NUMBER + 2

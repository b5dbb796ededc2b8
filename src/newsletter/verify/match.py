"""Seeks what was written in what came out, for `conserve`.

Words become letters: each different word is given a character. So a page is one string, a paragraph is
another, and Python's own search finds the one in the other in linear time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsletter.verify.expected import AnyOrder, InOrder, OneOf, Part, Piece, Stream
from newsletter.verify.received import Output


class TokenCodec(dict[str, str]):
    """The letter for each word, made when the word is first met."""

    def __missing__(self, word: str) -> str:
        letter = self[word] = chr(min(len(self), sys.maxunicode))
        return letter

    def spell(self, words: Sequence[str]) -> str:
        """Write words as letters."""
        return "".join(map(self.__getitem__, words))

    @cached_property
    def numbered(self) -> dict[str, list[str]]:
        """The letters of the words that hold a number, by the number; asked once all words are known."""
        found: dict[str, list[str]] = {}
        for word, letter in self.items():
            for number in set(re.findall(r"\d+", word)):
                found.setdefault(number.lstrip("0"), []).append(letter)
        return found


@dataclass(frozen=True)
class Loss:
    """A piece that is not where it should be, and which of its words, `first` to `end`, are missing."""

    piece: Piece
    first: int
    end: int


def find_missing(part: Part, output: Output, stream: Stream, most: int) -> list[Loss]:
    """Find the pieces of a stream that do not stand in an output.

    Args:
        part: all that was written.
        output: where it is sought.
        stream: which pieces are sought, and among what.
        most: how many are looked at closely; any further ones count as lost as a whole.

    Returns:
        What is missing, in the order written.
    """
    forwards = _Search(output, stream)
    forwards.seek(part, 0)
    if not forwards.lost:
        return []
    # When a lost sentence stands once more further on, a search runs past all between, and calls that lost
    # instead. A search from the end does not. Whichever has less to complain of tells what really happened.
    backwards = _Search(output, stream, backwards=True)
    backwards.seek(part, 0)
    if _weight(backwards) < _weight(forwards):
        return backwards.losses(most, forwards)
    return forwards.losses(most, backwards)


def _weight(search: _Search) -> int:
    return sum(len(piece.tokens) for piece, _ in search.lost)


class _Search:
    """Seeks each piece at the earliest place it can have, which is never too late for the pieces after it."""

    def __init__(self, output: Output, stream: Stream, *, backwards: bool = False) -> None:
        self.lost: list[tuple[Piece, int]] = []
        self._output, self._stream = output, stream
        self._alphabet = TokenCodec()
        self._turn = -1 if backwards else 1
        self._letters = self._alphabet.spell(output.streams[stream])[:: self._turn]

    def seek(self, part: Part, start: int) -> int:
        """Seek a part from `start` on, note what is lost of it, and return where it ends."""
        match part:
            case Piece():
                return self._piece(part, start) if part.stream == self._stream else start
            case InOrder():
                for each in part.parts[:: self._turn]:
                    start = self.seek(each, start)
                return start
            case AnyOrder():
                return max((self.seek(each, start) for each in part.parts), default=start)
            case OneOf():
                return self._reading(part, start)

    def losses(self, most: int, other: _Search) -> list[Loss]:
        """Say which words of each lost piece are missing; the other search knows where the pieces after it begin."""
        stops = {piece: len(self._letters) - start for piece, start in other.lost}
        found = []
        for number, (piece, start) in enumerate(self.lost[:: self._turn]):
            size = len(piece.tokens)
            stop = stops.get(piece, start)
            # Where the other search ran too far, it knows nothing.
            near = self._letters[start : stop if stop > start else None]
            first, end = _gap(near, self._spell(piece)) if number < most else (0, size)
            found.append(Loss(piece, first, end) if self._turn > 0 else Loss(piece, size - end, size - first))
        return found

    def _spell(self, piece: Piece) -> str:
        return self._alphabet.spell(piece.tokens)[:: self._turn]

    def _piece(self, piece: Piece, start: int) -> int:
        if piece.exact:
            place = self._letters.find(self._spell(piece), start)
        else:
            letters = self._alphabet.numbered.get(piece.tokens[0], ())
            places = (self._letters.find(letter, start) for letter in letters)
            place = min((place for place in places if place >= 0), default=-1)
        if place >= 0:
            return place + len(piece.tokens)
        if not (self._stream == "links" and self._output.says(piece)):
            self.lost.append((piece, start))
        return start

    def _reading(self, part: OneOf, start: int) -> int:
        before, ends = len(self.lost), []
        for each in part.parts:
            end = self.seek(each, start)
            if len(self.lost) == before:
                ends.append(end)
            del self.lost[before:]
        return min(ends) if ends else self.seek(part.parts[0], start)


_SLACK = 8  # words that may stand in the place of lost ones


def _gap(letters: str, needle: str) -> tuple[int, int]:
    """Find which letters of a needle are missing: a gap between parts that are there, or all of it."""
    size = len(needle)
    head = _longest(lambda length: needle[:length] in letters, size)
    place = letters.find(needle[:head])
    near = letters[place + head : place + size + _SLACK]
    tail = _longest(lambda length: needle[size - length :] in near, size - head)
    gap = head, size - tail

    tail = _longest(lambda length: needle[size - length :] in letters, size)
    place = letters.find(needle[size - tail :])
    near = letters[max(0, place - size - _SLACK) : place]
    head = _longest(lambda length: needle[:length] in near, size - tail)
    first, end = min(gap, (head, size - tail), key=lambda gap: gap[1] - gap[0])

    found = size - (end - first)
    if found < 3 and 2 * found <= size:  # so few words may stand there by chance
        return 0, size
    if end == first:  # nothing is missing, but something came between
        return max(first - 1, 0), min(end + 1, size)
    return first, end


def _longest(fits: Callable[[int], bool], most: int) -> int:
    """Find the greatest length up to `most` that fits, when every smaller one fits as well."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if fits(middle) else (least, middle - 1)
    return least

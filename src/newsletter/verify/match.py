"""Search an output for the pieces of an issue.

Each different word is replaced by one character. So a page is one string and a paragraph is another, and Python's own
search finds the one in the other in linear time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsletter.verify.expected import AnyOrder, Expectation, InOrder, OneOf, Piece, Stream
from newsletter.verify.received import Output


class TokenCodec(dict[str, str]):
    """The character for each word. A new word gets the next free character."""

    def __missing__(self, word: str) -> str:
        character = self[word] = chr(min(len(self), sys.maxunicode))
        return character

    def encode(self, words: Sequence[str]) -> str:
        """Return words as a string that has one character for each."""
        return "".join(map(self.__getitem__, words))

    @cached_property
    def numbered(self) -> dict[str, list[str]]:
        """The characters of the words that hold a number, by the number. Read it only after all words are added."""
        characters: dict[str, list[str]] = {}
        for word, character in self.items():
            for number in set(re.findall(r"\d+", word)):
                characters.setdefault(number.lstrip("0"), []).append(character)
        return characters


@dataclass(frozen=True)
class Loss:
    """A piece that is not where it should be. Its words from `first` to before `end` are missing."""

    piece: Piece
    first: int
    end: int


def find_missing(part: Expectation, output: Output, stream: Stream, most: int) -> list[Loss]:
    """Find the pieces of a stream that are not in an output.

    Args:
        part: the pieces of an issue or a brand.
        output: the output to search.
        stream: the stream to search, and whose pieces to look for.
        most: how many lost pieces are examined word by word. Any others count as lost as a whole.

    Returns:
        The losses, in the order of their pieces.
    """
    forwards = _Search(output, stream)
    forwards.find(part, 0)
    if not forwards.missing:
        return []
    # If a lost sentence occurs again later, a forward search skips everything before it and reports that as lost. A
    # backward search does not. Keep the result that reports fewer lost words.
    backwards = _Search(output, stream, backwards=True)
    backwards.find(part, 0)
    if _weight(backwards) < _weight(forwards):
        return backwards.losses(most, forwards)
    return forwards.losses(most, backwards)


def _weight(search: _Search) -> int:
    return sum(len(piece.tokens) for piece, _ in search.missing)


class _Search:
    """A search that takes the earliest place for each piece, so that the pieces after it have the most room."""

    def __init__(self, output: Output, stream: Stream, *, backwards: bool = False) -> None:
        self.missing: list[tuple[Piece, int]] = []
        self._output, self._stream = output, stream
        self._codec = TokenCodec()
        self._step = -1 if backwards else 1
        self._characters = self._codec.encode(output.by_stream[stream])[:: self._step]

    def find(self, part: Expectation, start: int) -> int:
        """Search for a part from `start` on, note its missing pieces, and return where it ends."""
        match part:
            case Piece():
                return self._piece(part, start) if part.stream == self._stream else start
            case InOrder():
                for each in part.parts[:: self._step]:
                    start = self.find(each, start)
                return start
            case AnyOrder():
                return max((self.find(each, start) for each in part.parts), default=start)
            case OneOf():
                return self._reading(part, start)

    def losses(self, most: int, other: _Search) -> list[Loss]:
        """Return the losses. `other` searched in the other direction, and knows where the next pieces begin."""
        stops = {piece: len(self._characters) - start for piece, start in other.missing}
        losses = []
        for number, (piece, start) in enumerate(self.missing[:: self._step]):
            size = len(piece.tokens)
            stop = stops.get(piece, start)
            # If the other search skipped too much, its place is of no use.
            between = self._characters[start : stop if stop > start else None]
            first, end = _gap(between, self._encode(piece)) if number < most else (0, size)
            losses.append(Loss(piece, first, end) if self._step > 0 else Loss(piece, size - end, size - first))
        return losses

    def _encode(self, piece: Piece) -> str:
        return self._codec.encode(piece.tokens)[:: self._step]

    def _piece(self, piece: Piece, start: int) -> int:
        if piece.exact:
            place = self._characters.find(self._encode(piece), start)
        else:
            characters = self._codec.numbered.get(piece.tokens[0], ())
            places = (self._characters.find(character, start) for character in characters)
            place = min((place for place in places if place >= 0), default=-1)
        if place >= 0:
            return place + len(piece.tokens)
        if not (self._stream == "links" and self._output.says(piece)):
            self.missing.append((piece, start))
        return start

    def _reading(self, part: OneOf, start: int) -> int:
        before, ends = len(self.missing), []
        for each in part.parts:
            end = self.find(each, start)
            if len(self.missing) == before:
                ends.append(end)
            del self.missing[before:]
        return min(ends) if ends else self.find(part.parts[0], start)


_MOST_EXTRA_WORDS = 8  # words that there may be instead of lost ones


def _gap(text: str, needle: str) -> tuple[int, int]:
    """Find which characters of a needle a text lacks: a gap between two parts that it has, or the whole needle."""
    size = len(needle)
    head = _longest(lambda length: needle[:length] in text, size)
    place = text.find(needle[:head])
    nearby = text[place + head : place + size + _MOST_EXTRA_WORDS]
    tail = _longest(lambda length: needle[size - length :] in nearby, size - head)
    gap = head, size - tail

    tail = _longest(lambda length: needle[size - length :] in text, size)
    place = text.find(needle[size - tail :])
    nearby = text[max(0, place - size - _MOST_EXTRA_WORDS) : place]
    head = _longest(lambda length: needle[:length] in nearby, size - tail)
    first, end = min(gap, (head, size - tail), key=lambda gap: gap[1] - gap[0])

    present = size - (end - first)
    if present < 3 and 2 * present <= size:  # so few words may be there by chance
        return 0, size
    if end == first:  # no word is missing, but there are others between them
        return max(first - 1, 0), min(end + 1, size)
    return first, end


def _longest(fits: Callable[[int], bool], most: int) -> int:
    """Return the greatest length up to `most` that fits. Every smaller length must fit as well."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if fits(middle) else (least, middle - 1)
    return least

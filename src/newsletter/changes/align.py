"""Find what differs between two sequences, in a time that grows with their length and not with its square.

This is a patience diff: items that occur once in each sequence, in the same order, stay; what is between them is
compared in the same way. `difflib` can take minutes for a long text with many repeated words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

_MAX_DEPTH = 30
"""How often what is between two anchors is compared again. Each level takes one pass over the whole text."""


class Gap(NamedTuple):
    """Where two sequences differ: items from `start` to `end` of the old one, and of the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def find_gaps(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Gap]:
    """Return where two sequences differ, in order. Everything outside the gaps is equal."""
    result: list[Gap] = []
    waiting = [(Gap(0, len(old), 0, len(new)), 0)]
    while waiting:
        whole, depth = waiting.pop()
        gap = _without_equal_ends(old, new, whole)
        if gap.old_start == gap.old_end and gap.new_start == gap.new_end:
            continue
        anchors = list(_anchors(old, new, gap)) if depth < _MAX_DEPTH else []
        if not anchors:
            result.append(gap)
            continue
        ends = [*anchors, (gap.old_end, gap.new_end)]
        begins = [(gap.old_start, gap.new_start), *((left + 1, right + 1) for left, right in anchors)]
        between = [Gap(begin[0], end[0], begin[1], end[1]) for begin, end in zip(begins, ends, strict=True)]
        waiting += [(each, depth + 1) for each in reversed(between)]
    return result


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """Return the positions of a longest part of some different numbers in which each is larger than the one before."""
    ends: list[int] = []
    values: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(values, number)
        before.append(ends[length - 1] if length else -1)
        values[length : length + 1] = [number]
        ends[length : length + 1] = [position]
    result: list[int] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        result.append(position)
        position = before[position]
    return result[::-1]


def _without_equal_ends(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> Gap:
    old_start, old_end, new_start, new_end = gap
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    return Gap(old_start, old_end, new_start, new_end)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> Iterator[tuple[int, int]]:
    """Yield the positions of items that occur once on each side of a gap, in the same order on both."""
    old_counts, new_counts = Counter(old[gap.old_start : gap.old_end]), Counter(new[gap.new_start : gap.new_end])
    places = {new[at]: at for at in range(gap.new_start, gap.new_end) if new_counts[new[at]] == 1}
    pairs = [
        (at, places[old[at]])
        for at in range(gap.old_start, gap.old_end)
        if old_counts[old[at]] == 1 and old[at] in places
    ]
    yield from (pairs[position] for position in longest_increasing([new_at for _, new_at in pairs]))

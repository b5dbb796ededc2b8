"""The islands of a picture: pixels that are alike and touch."""

from __future__ import annotations

PixelRun = tuple[int, int]
"""Visible pixels side by side: the offset of the first one, and the offset after the last one."""


def islands_of(visible: bytes, width: int) -> list[list[PixelRun]]:
    """Group the runs of visible pixels that touch, also at a corner.

    Args:
        visible: one byte for each pixel, 255 or 0.
        width: the number of pixels of a line.

    Returns:
        The runs of each island.
    """
    runs: list[PixelRun] = []
    group: list[int] = []  # for each run, a run of the same island before it, or itself

    def first(run: int) -> int:
        while group[run] != run:
            group[run] = group[group[run]]
            run = group[run]
        return run

    above = 0  # the first run of the line above that can touch the next one
    for line in range(0, len(visible), width):
        begin = len(runs)
        start = visible.find(255, line, line + width)
        while start >= 0:
            end = visible.find(0, start, line + width)
            end = line + width if end < 0 else end
            group.append(len(runs))
            runs.append((start, end))
            while above < begin and runs[above][1] < start - width:
                above += 1
            touching = above
            while touching < begin and runs[touching][0] <= end - width:
                group[first(touching)] = first(len(runs) - 1)
                touching += 1
            start = visible.find(255, end, line + width)
        above = begin
    islands: dict[int, list[PixelRun]] = {}
    for run, span in enumerate(runs):
        islands.setdefault(first(run), []).append(span)
    return list(islands.values())

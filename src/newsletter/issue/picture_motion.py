"""How a picture moves: the seconds of each frame, and the number of rounds.

The formats: GIF89a, with the loops that browsers know, and animated PNG (https://www.w3.org/TR/png-3/#apng-chunks).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from newsletter.issue.picture_segments import (
    GIF_APPLICATION,
    GIF_IMAGE,
    GIF_LOOPS,
    GIF_TIMING,
    PNG_FRAME,
    PNG_MOVES,
    PictureFormat,
    segments,
)

# Browsers show a frame that is shorter than this for a tenth of a second.
_SHORTEST_DELAY = 0.011
_DISPLAYED_DELAY = 0.1


@dataclass(frozen=True)
class Motion:
    """The seconds of each frame of a picture, and the number of rounds (0 if it never stops)."""

    delays: tuple[float, ...]
    rounds: int

    @property
    def is_moving(self) -> bool:
        """Whether there is more than one frame."""
        return len(self.delays) > 1

    @property
    def seconds(self) -> float:
        """The length of one round."""
        return sum(self.delays)


STILL = Motion((), 1)


def motion(data: bytes, kind: PictureFormat) -> Motion:
    """Read how a picture moves from its segments. A file that is cut off ends early.

    Args:
        data: the file.
        kind: its format.
    """
    if kind == "gif":
        return _gif(data)
    return _png(data) if kind == "png" else STILL


def _gif(data: bytes) -> Motion:
    delays, delay, rounds = list[float](), 0.0, 1
    for segment in segments(data, "gif"):
        if segment.name == GIF_IMAGE:
            delays.append(_shown_for(delay))
            delay = 0.0
        elif segment.name == GIF_TIMING:
            delay = int.from_bytes(segment.content[2:4], "little") / 100
        elif segment.name == GIF_APPLICATION and segment.content[1:12] in GIF_LOOPS:
            repeats = int.from_bytes(segment.content[14:16], "little")
            rounds = repeats + 1 if repeats else 0
    return Motion(tuple(delays), rounds)


def _png(data: bytes) -> Motion:
    delays, rounds = list[float](), None
    for segment in segments(data, "png"):
        if segment.name == PNG_MOVES and len(segment.data) >= 16:
            rounds = int.from_bytes(segment.content[4:8])
        elif segment.name == PNG_FRAME and rounds is not None and len(segment.data) >= 34:
            number, of = struct.unpack_from(">HH", segment.content, 20)
            delays.append(_shown_for(number / (of or 100)))
    return STILL if rounds is None else Motion(tuple(delays), rounds)


def _shown_for(delay: float) -> float:
    return delay if delay >= _SHORTEST_DELAY else _DISPLAYED_DELAY

"""A moving picture stops soon.

Readers cannot stop a moving picture in an email. It draws the eyes away from the words again and again. Many people
with ADHD or a brain injury then cannot read at all, and others feel sick. Some mail apps show only the first picture,
so that has to say everything.

Bad:
    - image:
        src: images/balloons.gif    # 2 seconds, for ever
        alt: "Balloons rise over the town hall."

Good:
    - image:
        src: images/balloons.gif    # 2 seconds, twice
        alt: "Balloons rise over the town hall."

WCAG 2.2, 2.2.2 Pause, Stop, Hide (A): movement that begins by itself ends within five seconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"longest_seconds": 5.0, "most_loops": 3}

_HINT = "Save it so that it plays once or twice and then stops, or use a still picture."


@dataclass(frozen=True)
class Animation:
    """The number of frames of a GIF, the seconds of one round, and the number of rounds (0 if it never stops)."""

    frames: int
    seconds: float
    rounds: int


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check how often and how long each GIF moves."""
    for image in issue.images:
        if image.picture.format != "gif":
            continue
        moves, name = animation(image.picture.data), image.picture.src
        where = issue.at(*image.path, "src")
        if moves.frames < 2:
            continue
        if moves.rounds == 0:
            yield Finding(where, f"The picture {quoted(name)} never stops moving.", _HINT)
        elif moves.rounds > options["most_loops"]:
            yield Finding(where, f"The picture {quoted(name)} repeats its movement {moves.rounds} times.", _HINT)
        elif (seconds := moves.seconds * moves.rounds) > options["longest_seconds"]:
            yield Finding(where, f"The picture {quoted(name)} moves for {seconds:.1f} seconds.", _HINT)


def animation(data: bytes) -> Animation:
    """Read how a GIF moves from its blocks (GIF89a specification). A file that is cut off ends early."""
    frames, hundredths, rounds = 0, 0, 1
    at = 13 + _colours(data[10:11])
    while at < len(data) and data[at : at + 1] in (b"\x21", b"\x2c"):
        if data[at] == 0x2C:
            frames += 1
            # Skip position and size, a colour table and the code size; then the pixels.
            at = _after_parts(data, at + 11 + _colours(data[at + 9 : at + 10]))
            continue
        label, parts = data[at + 1 : at + 2], at + 2
        if label == b"\xf9":
            delay = int.from_bytes(data[parts + 2 : parts + 4], "little")
            hundredths += delay if delay > 1 else 10  # as browsers do
        elif label == b"\xff" and data[parts + 1 : parts + 12] in (b"NETSCAPE2.0", b"ANIMEXTS1.0"):
            repeats = int.from_bytes(data[parts + 14 : parts + 16], "little")
            rounds = repeats + 1 if repeats else 0
        at = _after_parts(data, parts)
    return Animation(frames, hundredths / 100, rounds)


def _colours(flags: bytes) -> int:
    """Return the size in bytes of a colour table, from its flags byte."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_parts(data: bytes, at: int) -> int:
    """Return the offset after a row of sub-blocks. Each begins with its length, and an empty one ends the row."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1

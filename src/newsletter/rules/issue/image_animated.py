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
from newsletter.issue.picture_parts import GIF_APPLICATION, GIF_IMAGE, GIF_LOOPS, GIF_TIMING, parts

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
    """Read how a GIF moves from its parts. A file that is cut off ends early."""
    frames, hundredths, rounds = 0, 0, 1
    for part in parts(data, "gif"):
        if part.name == GIF_IMAGE:
            frames += 1
        elif part.name == GIF_TIMING:
            delay = int.from_bytes(part.content[2:4], "little")
            hundredths += delay if delay > 1 else 10  # as browsers do
        elif part.name == GIF_APPLICATION and part.content[1:12] in GIF_LOOPS:
            repeats = int.from_bytes(part.content[14:16], "little")
            rounds = repeats + 1 if repeats else 0
    return Animation(frames, hundredths / 100, rounds)

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
from typing import Any

from newsletter.characters import quoted
from newsletter.check.displayed_pictures import displayed_pictures
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.picture_motion import motion

SEVERITY = "error"
OPTIONS = {"longest_seconds": 5.0, "most_loops": 3}

_HINT = "Save it so that it plays once or twice and then stops, or use a still picture."


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check how often and how long each GIF and each animated PNG moves."""
    for displayed in displayed_pictures(issue):
        moves, name = motion(displayed.picture.data, displayed.picture.format), quoted(displayed.picture.src)
        if not moves.is_moving:
            continue
        if moves.rounds == 0:
            yield Finding(displayed.where, f"The picture {name} never stops moving.", _HINT)
        elif moves.rounds > options["most_loops"]:
            yield Finding(displayed.where, f"The picture {name} repeats its movement {moves.rounds} times.", _HINT)
        elif (seconds := moves.seconds * moves.rounds) > options["longest_seconds"]:
            yield Finding(displayed.where, f"The picture {name} moves for {seconds:.1f} seconds.", _HINT)

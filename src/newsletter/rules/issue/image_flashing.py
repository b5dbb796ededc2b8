"""No picture flashes more than three times in a second.

Flashes can cause a seizure, in people who never had one before, too. Red ones are the worst. A seizure cannot be taken
back, so a picture that flashes for half a second is already too much.

The rule looks at each frame of a GIF and of an animated PNG. A flash is a change of a tenth of the full brightness, or
to and from a strong red, and back. By WCAG, small flashes are safe: a quarter of what one looks at, which is 21,824
pixels. But many readers enlarge the screen or hold the phone near. So a quarter of the picture is too much, too,
however small the picture is.

Bad:
    - image:
        src: images/fireworks.gif    # black and white by turns, 10 frames a second
        alt: "Fireworks over the town hall."

Good:
    - image:
        src: images/fireworks.jpg
        alt: "Fireworks over the town hall."

WCAG 2.2, 2.3.1 Three Flashes or Below Threshold (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.displayed_pictures import displayed_pictures
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.picture_flashes import TooManyFramesError, flashes

SEVERITY = "error"

# 25 % of a field of vision of 10 degrees, 341 by 256 pixels: the estimate of WCAG 2.2.
_SAFE_PIXELS = 21_824
_SAFE_SHARE = 0.25
_HINT = "Use a still picture, or save it with at most three changes in a second."


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Measure the flashes of each picture that moves."""
    for displayed in displayed_pictures(issue):
        name = quoted(displayed.picture.src)
        try:
            light, red = flashes(displayed.picture.data, displayed.picture.format)
        except TooManyFramesError:
            yield Finding(
                displayed.where, f"The picture {name} has too many frames to look for flashes in each.", _HINT
            )
            continue
        share = max(light, red)
        if share >= _SAFE_SHARE or share * displayed.width * displayed.height >= _SAFE_PIXELS:
            flashes_red = "flashes red" if red >= light else "flashes"
            message = f"The picture {name} {flashes_red} more than three times in a second. That can cause seizures."
            yield Finding(displayed.where, message, _HINT)

"""Text stands out from what lies behind it on the screen.

As `contrast`, but measured in each state: the colours that the browser shows, and where a picture, a gradient or
something see-through mixes them, the pixels behind each letter.

Bad:
    <td background="photo.jpg" style="color:#FFFFFF">Come and see us</td>

Good:
    <td style="background-color:#00505B;color:#FFFFFF">Come and see us</td>

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA): 4.5:1, or 3:1 for large text (24 px, or 18.66 px and bold).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"text": 4.5, "large_text": 3.0}
EDITIONS = {"large-print": {"large_text": 4.5}}  # where all text is large, none is less important


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Tell the texts that do not stand out."""
    for text in seen.low_contrast_text(options["text"], options["large_text"]):
        measured = text["measured"] or 1.0  # where the words change no pixel
        shown = f"{int(measured * 100) / 100:g}:1"
        hint = f"Make the text darker or the ground lighter, or the reverse: {text['wanted']}:1."
        message = f"The contrast of {quoted(text['words'])} on the screen is {shown}."
        yield Finding(seen.at(text), message, hint, rank=-measured)

"""A picture that says something has a description, and is not marked as decorative.

A screen reader leaves out a decorative picture. People who cannot see it then do not know that there is anything. So
“decorative” is only for pictures without which nothing is lost.

What a picture says, only a person knows. The rule looks at what can be known: a caption, because it is about something
that listeners have not heard of; more shapes that look like letters in rows than `most_words` have; and, for a picture
of usual size, a file name such as “bus-map” or “treatment-steps”.

Bad:
    - image:
        src: images/bus-map.png
        decorative: true

Good:
    - image:
        src: images/bus-map.png
        alt: "Map: the number 4 bus stops in front of the hall, and the number 9 stops at the church."

WCAG 2.2, 1.1.1 Non-text Content (A), failure F38 (a picture is marked so that it is ignored).
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.picture_contents import contents

SEVERITY = "warning"
OPTIONS = {"most_words": 8}

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SAYS_SOMETHING = frozenset(
    re.findall(
        r"\w+",
        "barchart piechart chart charts graph graphs diagram diagrams flowchart infographic infographics timeline "
        "steps map maps poster posters flyer flyers leaflet invitation invite programme schedule timetable screenshot "
        "screenshots statistics stats results qr qrcode barcode "
        "plakat infografik diagramm schaubild affiche infographie siart ffeithlun",
    )
)
_SMALLEST_SIDE = 200  # pixels: an icon of a map may decorate


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the caption, the letters and the file name of each picture that is marked as decorative."""
    for image in issue.images:
        if not getattr(image.image, "decorative", False):
            continue
        where = issue.at(*image.path, "decorative")
        hint = "Write what it shows in “alt”, and delete “decorative: true”."
        name = PurePosixPath(image.picture.src).stem
        known = [word for word in _WORDS.findall(name) if word.lower() in _SAYS_SOMETHING]
        if image.caption:
            message = "This picture is marked as decorative, but its caption is about something in it."
            yield Finding(where, message, f"{hint} Or delete the caption.")
        elif (number := contents(image.picture.data, image.picture.format).words) > options["most_words"]:
            message = f"This picture is marked as decorative, but there seem to be about {number} words in it."
            yield Finding(
                where, message, "Write them as text, say what it shows in “alt”, and delete “decorative: true”."
            )
        elif known and min(image.picture.width, image.picture.height) >= _SMALLEST_SIDE:
            message = f"This picture is marked as decorative, but its file name says {quoted(known[0])}."
            yield Finding(where, message, hint)

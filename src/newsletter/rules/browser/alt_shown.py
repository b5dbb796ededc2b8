"""Where a picture is missing, its description can be read whole.

Many mail systems hold pictures back until the reader agrees. The words that stand in for one have to fit into its
place, and to be as large and as clear as the text around it.

Bad:
    <img src="map.png" alt="The way from the station" width="40" height="20" style="font-size:10px">

Good:
    <img src="map.png" alt="The way from the station" width="552" style="font-size:18px;line-height:1.5">

WCAG 2.2, 1.1.1 Non-text Content (A) and 1.4.3 Contrast (AA); caniemail.com, "Image alt text styling".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
_TEXT = 4.5  # WCAG 2.2, 1.4.3 (AA)
EDITIONS = {"large-print": {"smallest": 24.0}}
OPTIONS = {"smallest": 16.0}


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at the place of each picture that has a description."""
    for image in seen.found["images"]:
        if not image["alt"] or image["loaded"]:
            continue
        spot = seen.locator.locate(image["number"], image["alt"])
        what = f"The description {quoted(image['alt'])}"
        if not image["isShown"]:
            yield Finding(spot, f"{what} is not shown.", "Do not hide a picture that says something.")
        elif image["isCut"]:
            yield Finding(
                spot, f"{what} is cut off by the box around it.", "Take out the box's size or overflow: hidden."
            )
        elif image["isCrowded"]:
            hint = "Take out the picture's line-height, or write line-height: 1.5."
            yield Finding(spot, f"The lines of {what[0].lower()}{what[1:]} lie on top of each other.", hint)
        elif image["height"] < image["needed"] - 1:
            yield Finding(spot, f"{what} does not fit into its picture's place.", "Take out the picture's height.")
        elif image["size"] < options["smallest"] - 0.05:
            hint = f"Write font-size: {options['smallest']:g}px for the picture."
            yield Finding(spot, f"{what} is {round(image['size'], 1):g} px large.", hint)
        elif image["contrast"] < _TEXT:
            shown = int(image["contrast"] * 100) / 100
            yield Finding(spot, f"The contrast of {what[0].lower()}{what[1:]} is {shown}:1.", "Give it a text colour.")

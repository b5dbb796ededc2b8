"""If a picture is missing, its description can be read in full.

Many mail apps show no pictures until the reader agrees. The description that appears instead has to fit into the
picture's place. It has to be as large and as clear as the text around it.

Bad:
    <img src="map.png" alt="The way from the station" width="40" height="20" style="font-size:10px">

Good:
    <img src="map.png" alt="The way from the station" width="552" style="font-size:18px;line-height:1.5">

WCAG 2.2, 1.1.1 Non-text Content (A) and 1.4.3 Contrast (AA); caniemail.com, "Image alt text styling".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_STATES = ("images off",)
OPTIONS = {"smallest": 16.0}
STRICTER_WHEN_HIGHER = ("smallest",)

_TEXT = 4.5  # WCAG 2.2, 1.4.3 (AA)


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check whether each description is shown, whole, large enough and with enough contrast."""
    images = page.measurements["images"]
    # A logo can have another picture for dark mode, with the same description: one of the two is hidden.
    visible = {image["alt"] for image in images if image["isShown"]}
    for image in images:
        if not image["alt"] or image["loaded"]:
            continue
        where = page.locator.locate(image["number"], image["alt"])
        alt = quoted(image["alt"])
        if not image["isShown"] and image["alt"] in visible:
            continue
        if not image["isShown"]:
            yield Finding(where, f"The description {alt} is hidden.", "Do not hide a picture that has a description.")
        elif image["isCut"]:
            hint = "Remove the box's size, or overflow: hidden."
            yield Finding(where, f"The box around the description {alt} cuts it off.", hint)
        elif image["isCrowded"]:
            hint = "Remove the picture's line-height, or write line-height: 1.5."
            yield Finding(where, f"The lines of the description {alt} overlap.", hint)
        elif image["height"] < image["needed"] - 1:
            hint = "Remove the picture's height."
            yield Finding(where, f"The description {alt} does not fit into the picture's place.", hint)
        elif image["size"] < options["smallest"] - 0.05:
            hint = f"Write font-size: {options['smallest']:g}px for the picture."
            yield Finding(where, f"The description {alt} is only {round(image['size'], 1):g} px large.", hint)
        elif image["contrast"] < _TEXT:
            ratio = int(image["contrast"] * 100) / 100
            hint = f"Give the picture a text colour with a contrast of at least {_TEXT}:1."
            yield Finding(where, f"The contrast of the description {alt} is {ratio}:1.", hint)

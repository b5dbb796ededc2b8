"""Links and buttons are large enough to hit.

With a tremor, or a thumb on a phone, a small target is missed, and another one hit. A link inside a sentence may be as
high as its line.

Bad:
    <a href="..." style="font-size:12px">Unsubscribe</a>

Good:
    <a href="..." style="padding:12px 24px">Unsubscribe</a>

WCAG 2.2, 2.5.8 Target Size (Minimum) (AA): 24 px; buttons as 2.5.5 (AAA): 44 px.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation, quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"link": 24.0, "button": 44.0}


def check(seen: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at links that stand alone, and at buttons."""
    for link in seen.found["links"]:
        if link["inSentence"] and not link["button"]:
            continue
        wanted = options["button"] if link["button"] else options["link"]
        width, height = (round(link[side], 1) for side in ("width", "height"))
        if height < wanted - 0.5 or width < options["link"] - 0.5:
            what = "button" if link["button"] else "link"
            message = f"The {what} {quoted(link['words'])} is {width:g} px wide and {height:g} px high."
            hint = f"Give it padding: {wanted:g} px or more in height."
            yield Finding(seen.at(link), message, hint, rank=-height)

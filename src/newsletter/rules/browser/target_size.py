"""Links and buttons are large enough to hit.

People with a tremor, or with a thumb on a phone, miss a small target and hit another one. A link inside a sentence may
be as high as its line.

Bad:
    <a href="..." style="font-size:12px">Unsubscribe</a>

Good:
    <a href="..." style="padding:12px 24px">Unsubscribe</a>

WCAG 2.2, 2.5.8 Target Size (Minimum) (AA): 24 px; buttons as 2.5.5 (AAA): 44 px.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.audit.observation import Observation
from newsletter.characters import quoted
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"link": 24.0, "button": 44.0}
STRICTER_WHEN_HIGHER = ("link", "button")


def check(page: Observation, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the size of buttons, and of links outside sentences."""
    for link in page.measurements["links"]:
        if link["inSentence"] and not link["button"]:
            continue
        wanted = options["button"] if link["button"] else options["link"]
        width, height = (round(link[side], 1) for side in ("width", "height"))
        if height < wanted - 0.5 or width < options["link"] - 0.5:
            what = "button" if link["button"] else "link"
            message = f"The {what} {quoted(link['words'])} is {width:g} px wide and {height:g} px high."
            hint = f"Add padding, so that it is at least {wanted:g} px high and {options['link']:g} px wide."
            yield Finding(page.at(link), message, hint, rank=-height)

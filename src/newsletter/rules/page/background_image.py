"""No words stand on a background image.

A picture behind words makes some of them hard to read, and no reader can change it: with high contrast or dark mode
the picture stays as it is. Where it does not load, light words may stand on nothing.

Bad:
    <mj-section background-url="https://news.example.org/sky.png"><mj-text>...</mj-text></mj-section>

Good:
    <mj-section background-color="{{ c.panel }}"><mj-text>...</mj-text></mj-section>

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA), failure F83; W3C, Making Content Usable for People with Cognitive and Learning
Disabilities: "Ensure Foreground Content is not Obscured by Background".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"

_HINT = "Put the picture above or below the words, as an mj-image, and give the words a plain background-color."


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what the words stand on, and tell it once for each image."""
    told = set()
    own = {node for node in page.with_attribute("background") if node.get("background")}
    for node in page.with_text:
        for dark, when in ((False, ""), (True, " in dark mode")):
            source = _source(node, dark, own)
            if source is not None and (source not in told):
                told.add(source)
                yield Finding(source, f"Words stand on a background image{when}.", _HINT)
    places = {source.location for source in told}
    own = {node for node in page.outlook.with_attribute("background") if node.get("background")}
    for node in page.outlook.with_text:
        source = _source(node, False, own)
        if source is not None and source.location not in places:
            places.add(source.location)
            yield Finding(source, "Words stand on a background image in Outlook.", _HINT)


def _source(node: PageElement, dark: bool, own: set[PageElement]) -> PageElement | None:
    """Give the element whose image the words stand on; `own` are those that have one as an attribute."""
    image = node.dark.background_image if dark else node.style.background_image
    if not image:
        nearest = next((up for up in (node, *node.parents()) if up in own), None) if own else None
        return nearest if nearest and nearest.style.background == node.style.background else None
    source = node
    for up in node.parents():
        if (up.dark if dark else up.style).background_image != image:
            break
        source = up
    return source

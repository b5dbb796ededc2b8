"""There is no background image behind words.

A picture behind words makes some of them hard to read, and readers cannot change it: with high contrast or in dark
mode, the picture stays the same. If it does not load, light words may be on a light page.

Bad:
    <mj-section background-url="https://news.example.org/sky.png"><mj-text>...</mj-text></mj-section>

Good:
    <mj-section background-color="{{ c.panel }}"><mj-text>...</mj-text></mj-section>

WCAG 2.2, 1.4.3 Contrast (Minimum) (AA), failure F83; W3C, Making Content Usable for People with Cognitive and Learning
Disabilities: "Ensure Foreground Content is not Obscured by Background".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import own_style_at

SEVERITY = "error"
IN_WEB_VERSION = True

_HINT = "Put the picture above or below the words, as an mj-image, and give the words a plain background-color."


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report each background image behind words once, for light and dark mode and for Outlook."""
    reported = set()
    own = {node for node in page.with_attribute("background") if node.get("background")}
    for node in page.with_text:
        for dark, when in ((False, ""), (True, " in dark mode")):
            source = _source(node, dark, own)
            if source is not None and source not in reported:
                reported.add(source)
                at = source if dark else own_style_at(page, source, "background-image", "background")
                yield Finding(at, f"Words are on a background image{when}.", _HINT)
    locations = {source.location for source in reported}
    own = {node for node in page.outlook.with_attribute("background") if node.get("background")}
    for node in page.outlook.with_text:
        source = _source(node, False, own)
        if source is not None and source.location not in locations:
            locations.add(source.location)
            yield Finding(source, "Words are on a background image in Outlook.", _HINT)


def _source(node: PageElement, dark: bool, own: set[PageElement]) -> PageElement | None:
    """Return the element whose image is behind the words. `own` are the elements with a `background` attribute."""
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

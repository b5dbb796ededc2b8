"""Every picture has an alt, even if it is empty.

Without one, a screen reader says the name of the file: "hero final 2 dot p n g". An empty alt says that the picture
adds nothing, and screen readers skip it.

Bad:
    <img src="{{ picture_url(block.src) }}">

Good:
    <img src="{{ picture_url(block.src) }}" alt="{{ block.alt or '' }}">

WCAG 2.2, 1.1.1 Non-text Content (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that each picture has an alt, also those that only Outlook shows."""
    known = {(node.location, node.get("src")) for node in page.find("img")}
    in_outlook = page.outlook.find("img", "input")
    only_outlook = (node for node in in_outlook if (node.location, node.get("src")) not in known)
    for nodes, when in ((page.find("img", "input"), ""), (only_outlook, " in Outlook")):
        for node in nodes:
            is_picture = node.tag == "img" or (node.tag == "input" and node.get("type").lower() == "image")
            if is_picture and node.element.get("alt") is None:
                hint = 'Write alt="{{ block.alt or \'\' }}" in it, or alt="" if it adds nothing to the words.'
                yield Finding(node, f"A picture has no alt{when}.", hint)

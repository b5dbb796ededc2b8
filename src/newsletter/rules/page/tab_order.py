"""The keyboard goes through the page in the order in which it is read.

Who cannot use a mouse goes from link to link with the Tab key. A number in `tabindex` sends them to one place first,
and -1 takes a link away from them. A key of the page's own (`accesskey`) may be one that their screen reader needs.

Bad:
    <a tabindex="3" href="{{ block.url }}">

Good:
    <a href="{{ block.url }}">

WCAG 2.2, 2.4.3 Focus Order (A), failure F44; 2.1.1 Keyboard (A).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at `tabindex` and `accesskey` of each element."""
    for node in page.with_attribute("tabindex", "accesskey"):
        place = node.get("tabindex").strip()
        if re.fullmatch(r"\+?0*[1-9]\d*", place):
            message = f"The Tab key comes to <{node.tag}> before its turn (tabindex=“{place}”)."
            yield Finding(node, message, "Take tabindex out: the order of the page is the right one.")
        elif place.startswith("-") and "href" in node.attributes:
            yield Finding(node, "The Tab key never comes to a link (tabindex=“-1”).", "Take tabindex out.")
        if "accesskey" in node.attributes:
            message = f"<{node.tag}> takes a key for itself (accesskey=“{node.get('accesskey')}”)."
            yield Finding(node, message, "Take accesskey out: screen readers and mail programs need their keys.")

"""The Tab key goes through the page in reading order.

People who cannot use a mouse go from link to link with the Tab key. A number in `tabindex` sends them to one place
first, and with -1 they cannot reach a link at all. With 0, they stop at words where there is nothing to do: only a part
that scrolls needs it. An `accesskey` may be a key that their screen reader needs.

Bad:
    <a tabindex="3" href="{{ block.url }}">

Good:
    <a href="{{ block.url }}">

WCAG 2.2, 2.4.3 Focus Order (A), failure F44; 2.1.1 Keyboard (A).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import ParsedPage
from newsletter.check.rule import Finding
from newsletter.dom.tree import PHRASING

SEVERITY = "error"
IN_WEB_VERSION = True

_OF_WORDS = PHRASING - {"a"} | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "img", "td", "th", "blockquote"}


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the `tabindex` and `accesskey` of each element."""
    for node in page.with_attribute("tabindex", "accesskey"):
        place = node.get("tabindex").strip()
        if re.fullmatch(r"\+?0*[1-9]\d*", place):
            message = f'The Tab key reaches <{node.tag}> too early (tabindex="{place}").'
            yield Finding(node, message, "Remove tabindex: the order of the page is right.")
        elif place.startswith("-") and "href" in node.attributes:
            yield Finding(node, 'The Tab key cannot reach a link (tabindex="-1").', "Remove tabindex.")
        elif re.fullmatch(r"\+?0+", place) and node.tag in _OF_WORDS:
            message = f'The Tab key stops at <{node.tag}>, where there is nothing to do (tabindex="{place}").'
            yield Finding(node, message, "Remove tabindex: a screen reader gets to words by other keys.")
        if "accesskey" in node.attributes:
            key = node.get("accesskey")
            message = f'<{node.tag}> takes a key for itself (accesskey="{key}").'
            yield Finding(node, message, "Remove accesskey: screen readers and mail apps need their keys.")

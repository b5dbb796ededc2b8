"""Make an email safe: nothing in it can run, load anything or open another page, in any view.

The frame's sandbox and policy stop most of it (see `security`), but two things are left. Browsers prepare connections
for some elements before they look at the policy. And the middle mouse button opens a link in a new tab.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from lxml import etree

from newsletter.dom.tree import elements, serialise

LINK = "/link?to="
"""The start of every link's new address: a page of the preview that shows the address of the link."""

# Elements that all mail apps remove. The frame's policy blocks them, but Chromium connects to some servers before it
# looks at the policy: that of a preconnect, and that of a script within `srcdoc`. The last two elements could change
# the address of a link later.
_ACTIVE_CONTENT = re.compile(
    r"<(/?)(?:(?=(?:script|i?frame|frameset|fencedframe|object|embed|link|base|animate\w*|set)\b)|(meta\b[^>]*+))",
    re.IGNORECASE,
)
_ADDRESS_ATTRIBUTES = ("href", "xlink:href")
_REMOVED_ATTRIBUTES = ("target", "ping", "download", "action", "formaction")


def for_sandbox(root: etree._Element) -> str:
    """Return a page without such elements. Its links go to places within it, or to a page of the preview.

    Args:
        root: its html element, whose links are changed.
    """
    _redirect_links(root)
    return _ACTIVE_CONTENT.sub(_renamed, serialise(root))


def _renamed(tag: re.Match[str]) -> str:
    """Return the start of an active tag with another name. Of the meta elements, those that refresh are active."""
    slash, meta = tag.groups()
    return tag[0] if meta and not re.search(r"\brefresh\b", meta, re.IGNORECASE) else f"<{slash}x-{meta or ''}"


def _redirect_links(root: etree._Element) -> None:
    for element in elements(root):
        for name in _ADDRESS_ATTRIBUTES:
            if (address := element.get(name)) is not None and not address.startswith("#"):
                element.set(name, LINK + quote(address, safe=":/@,;"))
        for name in _REMOVED_ATTRIBUTES:
            if name in element.attrib:
                del element.attrib[name]

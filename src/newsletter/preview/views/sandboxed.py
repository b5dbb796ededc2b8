"""The email with nothing in it that could run, load something or lead anywhere, however it is looked at.

The frame's sandbox and policy stop most of it (see `security`). These are what they leave: browsers get ready for some
elements before they ask whether they may, and a link is followed in a new tab with the middle button of the mouse.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from lxml import etree

from newsletter.dom.tree import elements, transform
from newsletter.edition import InlinedPage

LINK = "/link?to="
"""Where every link leads instead: a page of the preview that says where the link would lead."""

# Elements that no mail client keeps. The policy of the frame lets none of them run or load, but for a preconnect, or a
# script within `srcdoc`, Chromium calls on its server before it asks whether it may. The last two could change where a
# link leads while the page is looked at.
_ACTIVE = re.compile(
    r"<(/?)(?=(?:script|i?frame|frameset|fencedframe|object|embed|link|base|meta\b[^>]*\brefresh|animate\w*|set)\b)",
    re.IGNORECASE,
)
_DESTINATIONS = ("href", "xlink:href")
_ELSEWHERE = ("target", "ping", "download", "action", "formaction")


def sandboxed(page: InlinedPage) -> InlinedPage:
    """Give the page without these elements, and with links that lead to places within it, or to the preview."""
    return InlinedPage(_ACTIVE.sub(r"<\1x-", transform(page, _lead_nowhere)))


def _lead_nowhere(root: etree._Element) -> None:
    for element in elements(root):
        for name in _DESTINATIONS:
            if (address := element.get(name)) is not None and not address.startswith("#"):
                element.set(name, LINK + quote(address, safe=":/@,;"))
        for name in _ELSEWHERE:
            if name in element.attrib:
                del element.attrib[name]

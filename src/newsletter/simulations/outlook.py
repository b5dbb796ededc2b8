"""The page as Outlook for Windows (2007 to 2021, and classic Outlook of Microsoft 365) reads it.

Outlook shows the content of conditional comments that name it (`mso`), and ignores what they exclude it from. Outlook
draws pages with Word's engine. No browser can show the result of that.

Source: https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85)
"""

import re

from newsletter.edition import InlinedPage

# <!--[if mso | IE]> or <!--[if gte mso 9]> begin what Outlook shows; <!--[if !mso]><!--> begins what it ignores.
_OPENING = re.compile(r"<!--\[if\s([^\]<]*)\]>(?:<!-->|-->)?")
_ENDING = re.compile(r"(?:<!--)?<!(?:--)?\[endif\]-->")


def as_outlook(page: str) -> InlinedPage:
    """Return the page with the content of Outlook's conditional comments, and without what they exclude."""
    parts: list[str] = []
    position = 0
    for opening in _OPENING.finditer(page):
        if opening.start() < position or not re.search(r"\bmso\b", opening[1]):
            continue
        ending = _ENDING.search(page, opening.end())
        if ending is None:
            break
        parts.append(page[position : opening.start()])
        if not opening[1].lstrip().startswith("!"):
            parts.append(page[opening.end() : ending.start()])
        position = ending.end()
    return InlinedPage("".join(parts) + page[position:])

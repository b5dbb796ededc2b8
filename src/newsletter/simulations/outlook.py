"""The page as Outlook for Windows (2007 to 2021, and classic Outlook of Microsoft 365) reads it.

It shows what stands in conditional comments that name it, and passes over what is marked as not for it. How its
engine, which is Word's, then draws the page is another matter: no browser can show that.

Source: https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85)
"""

import re

from newsletter.edition import InlinedPage

# [if mso], [if mso | IE], [if gte mso 9]: what Outlook shows; [if !mso]: what is marked as not for it.
_FOR_OTHERS = re.compile(r"<!--\[if\s+!\s*mso[^\]]*\]>(?:<!)?-->.*?<!(?:--)?\[endif\]-->", re.DOTALL)
_FOR_OUTLOOK = re.compile(r"<!--\[if\s[^\]]*\bmso\b[^\]]*\]>(.*?)<!\[endif\]-->", re.DOTALL)


def as_outlook(page: str) -> InlinedPage:
    """Give the page with its conditional comments switched on."""
    return InlinedPage(_FOR_OUTLOOK.sub(lambda found: found[1], _FOR_OTHERS.sub("", page)))

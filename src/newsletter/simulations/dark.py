"""The page in the reader's dark mode, as a mail client shows it that takes our own dark colours; and without them.

Apple Mail (Mac, iPhone, iPad), Outlook.com and Samsung Email take `@media (prefers-color-scheme: dark)` from an email;
Gmail, Outlook for Windows, Yahoo and Thunderbird do not (caniemail.com, 2026): for those that make dark colours of
their own, see `inverted`.

Exact: the page gets the same computed colours as in a browser whose reader prefers dark ones
(`tests/simulations/test_renderings.py` compares all of them).
"""

import re

from newsletter.edition import InlinedPage
from newsletter.simulations.media import answered, in_styles

_DECLARED = re.compile(r"((?<![\w-])color-scheme\s*:)([^;}]*)", re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*\bname\s*=\s*[\"']?color-scheme\b[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"(\bcontent\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def dark(page: InlinedPage) -> InlinedPage:
    """Give the page in its own dark colours, whatever the reader prefers."""
    return _in_scheme(page, "dark")


def light(page: InlinedPage) -> InlinedPage:
    """Give the page in its light colours, whatever the reader prefers."""
    return _in_scheme(page, "light")


def _in_scheme(page: InlinedPage, scheme: str) -> InlinedPage:
    # `color-scheme` says for which of the two the page is made: only then do a browser's own colours (of the canvas,
    # of text and links that have none) follow the reader. A page that is made for one of them stays as it is.
    def settle(written: str) -> str:
        return f" {scheme}" if scheme in written.lower().split() else written

    def settle_meta(tag: re.Match[str]) -> str:
        return _CONTENT.sub(lambda found: f'{found[1]}"{settle(found[2][1:-1]).strip()}"', tag[0])

    page = in_styles(page, lambda css: _DECLARED.sub(lambda found: found[1] + settle(found[2]), css))
    return answered(InlinedPage(_META.sub(settle_meta, page)), "prefers-color-scheme", scheme)

"""The page with larger text and nothing else larger: the column stays as wide as it was.

So do Apple Mail ("Bigger"), the text size of iPhones and Android in mail apps that follow it, and Thunderbird when it
zooms text only. Where a browser or Outlook zooms the whole page, that is like a narrower window instead. WCAG 2.2,
1.4.4 Resize Text (AA), asks for 200 %.

Exact for sizes in px, pt and other lengths, in keywords, and in what follows from them (em, %, rem)
(`tests/simulations/test_renderings.py` measures every element in a browser).
"""

import re

from lxml import etree

from newsletter.dom.tree import elements, transform
from newsletter.edition import InlinedPage
from newsletter.simulations.head_style import with_style
from newsletter.simulations.media import in_styles

_SIZE = re.compile(r"(?<![\w-])(font-size|line-height|font)(\s*:\s*)([^;}]+)", re.IGNORECASE)
_LENGTH = re.compile(r"(?<![\w.#-])(\d*\.?\d+)(px|pt|pc|in|cm|mm|q)\b", re.IGNORECASE)
# In px, at the browser's own medium of 16: https://www.w3.org/TR/css-fonts-4/#absolute-size-mapping
_KEYWORDS = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
_KEYWORD = re.compile(rf"(?<![\w-])({'|'.join(_KEYWORDS)})(?![\w-])", re.IGNORECASE)


def larger_text(page: InlinedPage, percent: int) -> InlinedPage:
    """Give the page with its text at so many per cent of its size."""
    if percent == 100:
        return page

    def scaled(css: str) -> str:
        return _SIZE.sub(lambda found: found[1] + found[2] + _scaled(found[3], percent / 100), css)

    def scale(root: etree._Element) -> None:
        for element in elements(root):
            if style := element.get("style"):
                element.set("style", scaled(style))

    # Text that no rule gives a size grows with the page's own.
    return with_style(in_styles(transform(page, scale), scaled), f"html {{ font-size: {percent}%; }}", first=True)


def _scaled(value: str, factor: float) -> str:
    in_lengths = _KEYWORD.sub(lambda found: f"{_KEYWORDS[found[1].lower()]}px", value)
    return _LENGTH.sub(lambda found: f"{float(found[1]) * factor:g}{found[2]}", in_lengths)

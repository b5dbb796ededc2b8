"""The page as it looks before a reader lets the pictures in, or when they do not load.

Outlook, Thunderbird and many offices' mail systems block pictures that lie on the web until the reader agrees; Gmail
and Apple Mail can be told to. In the picture's place stands its alt text, in the style of the picture element, wrapped
to its width. What differs: Outlook draws a frame and a small cross, and puts its own sentence before the alt; older
ones cut a text that is longer than the box.

Source: caniemail.com, "Image alt text styling" and "Image blocking".
"""

import re

from lxml import etree

from newsletter.dom.tree import elements, transform
from newsletter.edition import InlinedPage
from newsletter.simulations.media import in_styles

_PICTURE = re.compile(r"url\(\s*(?:\"[^\"]*\"|'[^']*'|[^)]*)\s*\)", re.IGNORECASE)


def images_off(page: InlinedPage) -> InlinedPage:
    """Give the page with no picture in it, those of backgrounds included."""

    def block(root: etree._Element) -> None:
        for element in elements(root):
            if element.tag in ("img", "source"):
                _take(element, "src", "srcset")
            _take(element, "background")
            if "url(" in (style := element.get("style", "")):
                element.set("style", _without_pictures(style))

    return in_styles(transform(page, block), _without_pictures)


def _take(element: etree._Element, *attributes: str) -> None:
    for name in attributes:
        if name in element.attrib:
            del element.attrib[name]


def _without_pictures(css: str) -> str:
    return _PICTURE.sub("none", css)

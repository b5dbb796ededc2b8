"""The page before a reader allows pictures, or when they do not load.

Outlook, Thunderbird and the mail systems of many offices block pictures from the web until the reader agrees. Gmail and
Apple Mail have a setting for it. The alt text replaces the picture, in the style of the picture's element, wrapped to
its width.

What differs: Outlook draws a frame and a small cross, and puts a sentence of its own before the alt text. Older
versions cut an alt text that is longer than the box.

Source: caniemail.com, "Image alt text styling" and "Image blocking".
"""

from collections.abc import Iterable

from lxml import etree

from newsletter.css.rewrite import CssToken, css_tokens, replace_tokens, rewrite
from newsletter.dom.tree import elements
from newsletter.simulations.style_sheets import change_css


def images_off(root: etree._Element) -> None:
    """Remove the pictures of a page, background pictures included."""
    for element in elements(root):
        names = ("src", "srcset", "background") if element.tag in ("img", "source") else ("background",)
        for name in names:
            if name in element.attrib:
                del element.attrib[name]
    change_css(root, lambda css: rewrite(css, _without_urls) if "url(" in css.lower() else css)


def _without_urls(_: str, value: list[CssToken]) -> Iterable[CssToken]:
    return replace_tokens(value, lambda token: css_tokens("none")[0] if _is_url(token) else None)


def _is_url(token: CssToken) -> bool:
    return bool(token.type == "url" or (token.type == "function" and token.lower_name == "url"))

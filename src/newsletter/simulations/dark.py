"""The page in dark mode in mail apps that use its own dark colours, and the page in light mode.

Apple Mail (Mac, iPhone, iPad), Outlook.com and Samsung Email support `@media (prefers-color-scheme: dark)`. Gmail,
Outlook for Windows, Yahoo and Thunderbird do not (caniemail.com, 2026). `inverted` simulates those that compute dark
colours themselves.

Exact: the page gets the same computed colours as in a browser whose reader prefers dark ones
(`tests/simulations/test_simulations.py` compares all of them).
"""

from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from newsletter.css.rewrite import CssToken, css_tokens, rewrite
from newsletter.simulations.style_sheets import answer_media, change_css


def dark(root: etree._Element) -> None:
    """Show a page in its own dark colours, whatever the reader prefers."""
    _set_scheme(root, "dark")


def light(root: etree._Element) -> None:
    """Show a page in its light colours, whatever the reader prefers."""
    _set_scheme(root, "light")


def _set_scheme(root: etree._Element, scheme: str) -> None:
    for meta in root.iter("meta"):
        if meta.get("name", "").lower() == "color-scheme" and scheme in meta.get("content", "").lower().split():
            meta.set("content", scheme)
    change_css(root, lambda css: _restricted(css, scheme) if "color-scheme" in css.lower() else css)
    answer_media(root, "prefers-color-scheme", scheme)


@lru_cache(maxsize=64)  # all pages of a layout have the same style sheets
def _restricted(css: str, scheme: str) -> str:
    """Return CSS in which `color-scheme` names only one scheme, if it names that one.

    It names the schemes that the page supports. The browser's own colours (of the canvas, and of text and links without
    a colour) follow the reader only if it names both.
    """

    def restrict(name: str, value: list[CssToken]) -> Iterable[CssToken]:
        idents = [token.lower_value for token in value if token.type == "ident"]
        return css_tokens(f" {scheme}") if name == "color-scheme" and scheme in idents else value

    return rewrite(css, restrict)

"""The email as a part of another page, in a shadow tree: its styles count only there, and nothing in it runs.

A shadow tree needs no script (`<template shadowrootmode>`), is as high as its content, and is printed as a whole. A
frame is not. The page around it has each picture once, as a custom property of CSS that all shadow trees inherit.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from newsletter.dom.tree import PHRASING, elements, parse_html, remove_keeping_tail
from newsletter.edition import InlinedPage
from newsletter.issue.pictures import Picture

# Any other element becomes a `div`: it might run, load something, or swallow what follows it.
_ELEMENTS = PHRASING | frozenset(
    re.findall(
        r"\w+",
        """address blockquote body caption center col colgroup dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr html
        img li ol p pre table tbody td tfoot th thead tr ul""",
    )
)
# Without addresses, events, and what a keyboard or a screen reader would use.
_ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        """align alt bgcolor border cellpadding cellspacing class colspan color dir face height id lang rowspan size
        span start style type valign value width""",
    )
)
_URL = re.compile(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)]*)\s*\)?", re.IGNORECASE)
_LOADING = re.compile(r"@import\b[^;]*;?|@font-face\b[^{]*(?:\{[^}]*\}?)?", re.IGNORECASE)
_HTML = re.compile(r"(?<![\w.#-])(?:html|:root)(?![\w-])", re.IGNORECASE)
_BODY = re.compile(r"(?<![\w.#-])body(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True)
class SharedPicture:
    """A picture that several shadow trees share, with the name of its custom property."""

    name: str
    picture: Picture

    @property
    def declaration(self) -> Markup:
        """The custom property with the picture inside."""
        data = base64.b64encode(self.picture.data).decode("ascii")
        return Markup(f'{self.name}:url("data:image/{self.picture.format};base64,{data}");')


def shared_pictures(pictures: Mapping[str, Picture]) -> dict[str, SharedPicture]:
    """Return the pictures of an email by their addresses in it. Equal ones share a name."""
    numbers: dict[bytes, int] = {}
    return {
        address: SharedPicture(f"--picture-{numbers.setdefault(picture.data, len(numbers) + 1)}", picture)
        for address, picture in pictures.items()
    }


def picture_properties(pictures: Iterable[SharedPicture]) -> Markup:
    """Return the custom properties of pictures, each once."""
    return Markup("").join({picture.name: picture.declaration for picture in pictures}.values())


def shadow_tree(page: InlinedPage, pictures: Mapping[str, SharedPicture]) -> Markup:
    """Return the content of a shadow tree that shows an email.

    Args:
        page: the email.
        pictures: its pictures by their addresses. A picture that is not among them is not shown.
    """
    root = parse_html(page)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    styles = []
    for sheet in list(root.iter("style")):
        css = _css(sheet.text or "", pictures)
        css = _BODY.sub(".newsletter-body", _HTML.sub(".newsletter-html", _LOADING.sub("", css)))
        styles.append(f"@media {media} {{{css}}}" if (media := sheet.get("media")) else css)
        remove_keeping_tail(sheet)
    for head in list(root.iter("head")):
        root.remove(head)
    for element in elements(root):
        _clean(element, pictures)
    # A template can have no html and no body of its own.
    for element, name in [(root, "newsletter-html"), *((body, "newsletter-body") for body in root.iter("body"))]:
        element.tag = "div"
        element.set("class", f"{element.get('class', '')} {name}".strip())
    # For everybody who listens, each email is one picture: its words follow once, and not four times.
    root.set("aria-hidden", "true")
    css = "\n".join(styles).replace("</", "<\\/")
    return Markup(f"<style>{css}</style>{etree.tostring(root, method='html', encoding='unicode')}")


def _clean(element: etree._Element, pictures: Mapping[str, SharedPicture]) -> None:
    """Remove everything that could run, load, lead away, or be focused."""
    picture = pictures.get(element.get("src", "")) if element.tag == "img" else None
    for name in element.attrib:
        if name not in _ATTRIBUTES:
            del element.attrib[name]
    if style := element.get("style"):
        element.set("style", _css(style, pictures))
    if element.tag not in _ELEMENTS:
        element.tag = "div"
    if picture:
        # An empty picture of the same size, with the picture as its background.
        width, height = picture.picture.width, picture.picture.height
        svg = f"%3Csvg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'/%3E"
        element.set("src", f"data:image/svg+xml,{svg}")
        background = (
            f"background-image:var({picture.name})!important;background-size:100% 100%!important;"
            "background-repeat:no-repeat!important;background-origin:content-box!important"
        )
        element.set("style", f"{element.get('style', '').rstrip('; ')};{background}".lstrip(";"))


def _css(css: str, pictures: Mapping[str, SharedPicture]) -> str:
    """Return CSS whose addresses are custom properties of pictures. Any other address becomes `none`."""

    def replace(match: re.Match[str]) -> str:
        picture = pictures.get(match[1].strip().strip("\"'"))
        return f"var({picture.name})" if picture else "none"

    return _URL.sub(replace, css)

"""Changes to the CSS of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from lxml import etree

from newsletter.dom.tree import elements

# Widths are never negative, so the first is always true and the second never. Both are media features, as
# `prefers-color-scheme` is, so they can follow `not`, `and` and `or`.
ALWAYS, NEVER = "(min-width: -1px)", "(max-width: -1px)"


def change_css(root: etree._Element, change: Callable[[str], str]) -> None:
    """Change the text of each style sheet and of each `style` attribute of a page."""
    change = cache(change)  # most elements share their style with others
    for element in elements(root):
        if element.tag == "style":
            element.text = change(element.text or "")
        if style := element.get("style"):
            element.set("style", change(style))


def answer_media(root: etree._Element, feature: str, value: str) -> None:
    """Change each media query about a feature to one that is always true or never, whatever the reader's device.

    Args:
        root: the html element.
        feature: the media feature, such as `prefers-color-scheme`.
        value: the value for which queries are true, such as `dark`; those for other values are false.
    """
    query = re.compile(rf"\(\s*{re.escape(feature)}\s*(?::\s*([\w-]+)\s*)?\)", re.IGNORECASE)
    change_media(
        root, lambda css: query.sub(lambda match: ALWAYS if (match[1] or value).lower() == value else NEVER, css)
    )


def change_media(root: etree._Element, change: Callable[[str], str]) -> None:
    """Change the text of each style sheet and of each `media` attribute of a page."""
    for element in elements(root):
        if element.tag == "style":
            element.text = change(element.text or "")
        if media := element.get("media"):
            element.set("media", change(media))


def add_style(root: etree._Element, css: str, *, first: bool = False) -> None:
    """Add one more style sheet to the head of a page.

    Args:
        root: the html element.
        css: the style sheet, without `</style>` in it.
        first: whether it precedes the page's own style sheets, which then override it; otherwise it follows them.
    """
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    style = etree.Element("style")
    style.text = css
    head.insert(0 if first else len(head), style)

"""The part of the issue that an element of a page shows."""

from __future__ import annotations

import re

from newsletter.source.nodes import KeyPath


def path_of(classes: str, around: KeyPath | None, part: KeyPath | None) -> KeyPath | None:
    """Return the path of an element: that of its block if the block is in the same article, else the article's.

    MJML writes elements around a section, and these may have the last block of the article before as their source.

    Args:
        classes: the `class` attribute of the element.
        around: the path of its parent.
        part: the part of the issue that its template shows.
    """
    around = _article(classes) or around
    return part if around and part and part[:2] == around[:2] else around and around[:2]


def _article(classes: str) -> KeyPath | None:
    match = re.search(r"(?:^|\s)article-(\d+)(?:\s|$)", classes) if "article-" in classes else None
    return ("articles", int(match[1]) - 1) if match else None

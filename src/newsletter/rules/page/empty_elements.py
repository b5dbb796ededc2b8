"""Space is made with margins, not with empty paragraphs.

A screen reader stops at an empty paragraph and says "blank"; a list of headings has a line without words; an empty item
counts as one of the list. Two line breaks look like a new paragraph, and are not one.

Bad:
    <p>&#160;</p>

Good:
    p { margin: 0 0 16px; }

WCAG 2.2, 1.3.1 Info and Relationships (A); failure F43 for structure that is only for looks.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True

_TAGS_WITH_MEANING = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "figcaption"),
    *("caption", "strong", "em", "b", "i", "pre"),
)
_CONTENT = ("img", "svg", "hr", "input", "video", "audio", "table")
_MARGIN = "Remove it, and write a margin or padding in styles.css."
# What nobody sees: spaces of every kind and joiners. MJML's own spacers hold a hair space and a zero-width joiner.
_INVISIBLE_TEXT = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*")


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report elements with a meaning and nothing in them, no-break spaces alone, and line breaks in a row."""
    for node in page.find(*_TAGS_WITH_MEANING):
        is_inside = node.parent is not None and node.parent.tag in _TAGS_WITH_MEANING and _is_empty(node.parent)
        # A divider of MJML is a paragraph with a line above it.
        if _is_empty(node) and not is_inside and "border" not in node.get("style"):
            yield Finding(node, f"<{node.tag}> is empty: a screen reader says “blank”.", _MARGIN)
    for node in page.find("div", "span"):
        if node.is_silent:
            continue
        words = "".join(str(text) for text in node.element.itertext())
        if "\N{NO-BREAK SPACE}" in words and _is_empty(node) and not node.children:
            yield Finding(node, f"<{node.tag}> has nothing but a space: a screen reader says “blank”.", _MARGIN)
    for node in page.find("br"):
        after = node.element.getnext()
        if after is not None and after.tag == "br" and not (node.element.tail or "").strip():
            yield Finding(node, "There are several line breaks in a row.", "Write two paragraphs, or one line break.")


def _is_empty(node: PageElement) -> bool:
    if not _INVISIBLE_TEXT.fullmatch(node.text):
        return False
    if node.is_silent or any(part.tag in _CONTENT for part in node.walk()):
        return False
    return _INVISIBLE_TEXT.fullmatch(node.all_text) is not None

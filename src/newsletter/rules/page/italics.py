"""No whole paragraph is in italics.

Slanted letters are harder to distinguish, above all with dyslexia or blurred sight, and on screens with few pixels. A
word or the title of a book may be in italics. Screen readers do not say so, so italics must not be the only sign of
anything.

Bad:
    blockquote { font-style: italic; }

Good:
    blockquote { border-left: 5px solid {{ c.strong }}; }

UKAAF, Creating clear print and large print documents (G003); British Dyslexia Association, Dyslexia Style Guide 2023.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding
from newsletter.check.style_location import own_style_at

SEVERITY = "error"
IN_WEB_VERSION = True
OPTIONS = {"longest": 10}

_EDITOR_HINT = "Remove the * or _ before and after them. One word or the title of a book may keep them."
_HINT = "Remove font-style: italic (or <em>, <i>, <cite>, <address>), here or in styles.css."

_ITALIC = ("address", "cite", "dfn", "em", "i", "var")
"""The elements that are in italics without any style."""


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the outermost element of each longer text in italics."""
    for node in page.nodes:
        if not _is_italic(node) or node.is_hidden or (node.parent and _is_italic(node.parent)):
            continue
        is_block = node.style.display not in ("inline", "none")
        if node.all_text and (is_block or len(node.all_text.split()) > options["longest"]):
            if places := page.issue.italics_with(node.all_text, node.path) if node.tag == "em" else []:
                message = f"Many words are in italics: {quoted(node.all_text)}."
                yield from (Finding(where, message, _EDITOR_HINT) for where in places)
            else:
                at = node if node.tag in _ITALIC else own_style_at(page, node, "font-style")
                yield Finding(at, f"All words of a <{node.tag}> are in italics.", _HINT)


def _is_italic(node: PageElement) -> bool:
    return node.style.font_style.startswith(("italic", "oblique"))

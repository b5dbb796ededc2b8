"""No whole paragraph is in italics.

Slanted letters are harder to tell apart, above all with dyslexia or blurred sight, and on screens of few dots. A word
or a book's title may be in italics; the screen reader does not say so, so it must not be the only sign of anything.

Bad:
    blockquote { font-style: italic; }

Good:
    blockquote { border-left: 5px solid {{ c.brand }}; }

UKAAF, Creating clear print and large print documents (G003); British Dyslexia Association, Dyslexia Style Guide 2023.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"
OPTIONS = {"longest": 10}

_WRITTEN = "Take the * or _ before and after them away; one word or a book's title may keep them."
_HINT = "Take font-style: italic (or <em>, <i>, <cite>, <address>) away from it, here or in styles.css."


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each element whose words are slanted, where the slant begins."""
    for node in page.nodes:
        if not _is_slanted(node) or node.is_hidden or (node.parent and _is_slanted(node.parent)):
            continue
        is_block = node.style.display not in ("inline", "none")
        if node.all_text and (is_block or len(node.all_text.split()) > options["longest"]):
            quote = f"“{node.all_text[:30]}…”" if len(node.all_text) > 30 else f"“{node.all_text}”"
            if written := page.issue.italics_saying(node.all_text, node.path) if node.tag == "em" else []:
                yield from (Finding(where, f"Many words are in italics: {quote}.", _WRITTEN) for where in written)
            else:
                yield Finding(node, f"All words of a <{node.tag}> are in italics.", _HINT)


def _is_slanted(node: PageElement) -> bool:
    return node.style.font_style.startswith(("italic", "oblique"))

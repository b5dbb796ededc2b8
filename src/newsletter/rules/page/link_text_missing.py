"""Every link has words, or a picture whose alt is words.

A link without them is read out as its address, letter by letter, or as "link" alone. Voice control cannot press what
has no name.

Bad:
    <a href="{{ block.url }}"><img src="arrow.png" alt=""></a>

Good:
    <a href="{{ block.url }}">{{ block.text }}</a>

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A) and 4.1.2 Name, Role, Value (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.check.page import Node, PageView
from newsletter.rules import Finding

SEVERITY = "error"


def check(page: PageView, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for what each link is called."""
    for node in page.find("a", "area"):
        if node.element.get("href") is None or node.is_hidden:
            continue
        if not _name(node):
            hint = "Write words between <a> and </a>; if it holds a picture, say in its alt where the link goes."
            yield Finding(node, "A link has no words.", hint)


def _name(node: Node) -> str:
    told = [node.get("aria-label"), node.get("alt") if node.tag == "area" else ""]
    for part in node.walk():
        if not part.is_silent:
            told += [part.text, part.get("alt") if part.tag == "img" else ""]
    return "".join(told).strip()

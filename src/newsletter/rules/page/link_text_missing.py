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

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding

SEVERITY = "error"


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for what each link is called, and then at those that only Outlook shows."""
    links = [node for node in page.find("a", "area") if _is_link(node)]
    everywhere = {_key(node) for node in links}
    for node in (
        *links,
        *(node for node in page.outlook.find("a", "area") if _is_link(node) and _key(node) not in everywhere),
    ):
        if not _name(node):
            hint = "Write words between <a> and </a>; if it holds a picture, say in its alt where the link goes."
            yield Finding(node, "A link has no words.", hint)
        elif (label := node.get("aria-label")) and _heard(node.all_text) not in _heard(label):
            hint = "Take the aria-label out, or begin it with the link's own words: voice control listens for these."
            yield Finding(node, f"A link is called “{label}”, which is not what stands on it.", hint)


def _is_link(node: PageElement) -> bool:
    return "href" in node.attributes and not node.is_hidden


def _key(node: PageElement) -> tuple[str, str, str]:
    return node.tag, node.get("href"), _name(node)


def _heard(words: str) -> str:
    return " ".join(words.casefold().split())


def _name(node: PageElement) -> str:
    told = [node.get("aria-label"), node.get("alt") if node.tag == "area" else ""]
    for part in node.walk():
        if not part.is_silent:
            told += [part.text, part.get("alt") if part.tag == "img" else ""]
    return "".join(told).strip()

"""Every link has words, or a picture whose alt is words.

Screen readers read out a link without words as its address, letter by letter, or only as "link". Voice control cannot
press a link without a name.

Bad:
    <a href="{{ block.url }}"><img src="arrow.png" alt=""></a>

Good:
    <a href="{{ block.url }}">{{ block.text }}</a>

WCAG 2.2, 2.4.4 Link Purpose (In Context) (A) and 4.1.2 Name, Role, Value (A).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.characters import quoted
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding

SEVERITY = "error"
IN_WEB_VERSION = True


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the name of each link, also of those that only Outlook shows."""
    links = [node for node in page.find("a", "area") if _is_link(node)]
    everywhere = {_key(node) for node in links}
    for node in (
        *links,
        *(node for node in page.outlook.find("a", "area") if _is_link(node) and _key(node) not in everywhere),
    ):
        if not _name(node):
            hint = "Write words between <a> and </a>. If it has a picture, say in the alt where the link goes."
            yield Finding(node, "A link has no words.", hint)
        elif (label := node.get("aria-label")) and _spoken(node.all_text) not in _spoken(label):
            hint = "Remove the aria-label, or begin it with the words of the link: voice control listens for these."
            yield Finding(node, f"A link is called {quoted(label)}, but its words are {quoted(node.all_text)}.", hint)


def _is_link(node: PageElement) -> bool:
    # Words that `aria-hidden` silences around a link are a problem of their own: see the rule `hidden-text`.
    return "href" in node.attributes and not node.is_hidden and not (node.parent and node.parent.is_silent)


def _key(node: PageElement) -> tuple[str, str, str]:
    return node.tag, node.get("href"), _name(node)


def _spoken(words: str) -> str:
    return " ".join(words.casefold().split())


def _name(node: PageElement) -> str:
    texts = [node.get("aria-label"), node.get("alt") if node.tag == "area" else ""]
    for part in node.walk():
        if not part.is_silent:
            texts += [part.text, part.get("alt") if part.tag == "img" else ""]
    return "".join(texts).strip()

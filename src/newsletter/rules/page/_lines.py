"""The lines of a page's paragraphs, for rules about words that look like a heading or a list but are not."""

from collections.abc import Iterator

from newsletter.check.page import PageElement, ParsedPage
from newsletter.dom.tree import PHRASING

_BLOCKS = ("p", "div", "td", "center")

Line = list[tuple[str, PageElement]]
"""Pieces of text, each with the element that styles it."""


def paragraphs(page: ParsedPage) -> Iterator[PageElement]:
    """Return each visible element that has only text in it."""
    for node in page.find(*_BLOCKS):
        if node.is_hidden or any(part.tag not in PHRASING for part in node.walk() if part is not node):
            continue
        if node.all_text and not node.inside("th", "caption"):
            yield node


def is_written(node: PageElement, page: ParsedPage) -> bool:
    """Check whether an editor wrote exactly these words as a paragraph or an item, which rules for editors check."""
    text = _alphanumeric(node.all_text)
    return any(
        text == _alphanumeric(item.text) for item in page.issue.paragraphs("paragraph", "item", "quote", "lines")
    )


def lines(node: PageElement) -> list[Line]:
    """Return the lines of an element, separated by <br>, without empty ones."""
    result: list[Line] = [[]]
    for words, part in _pieces(node):
        if part.tag == "br":
            result.append([])
        elif words.strip():
            result[-1].append((words, part))
    return [line for line in result if line]


def words(line: Line) -> str:
    """Return the words of a line."""
    return " ".join("".join(piece for piece, _ in line).split())


def _pieces(node: PageElement) -> Iterator[tuple[str, PageElement]]:
    yield str(node.element.text or ""), node
    for child in node.children:
        yield from _pieces(child)
        yield str(child.element.tail or ""), node


def _alphanumeric(text: str) -> str:
    return "".join(filter(str.isalnum, text))

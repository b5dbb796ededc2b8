"""The lines of a page's paragraphs, for rules about words that only look like something."""

from collections.abc import Iterator

from newsletter.check.page import PageElement, PageSubject

_BLOCKS = ("p", "div", "td", "center")
_INLINE = frozenset([
    "a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
])  # fmt: skip

Line = list[tuple[str, PageElement]]
"""Pieces of words, each with the element that gives it its look."""


def paragraphs(page: PageSubject) -> Iterator[PageElement]:
    """Give each element that is seen and holds words and nothing but words."""
    for node in page.find(*_BLOCKS):
        if node.is_hidden or any(part.tag not in _INLINE for part in node.walk() if part is not node):
            continue
        if node.all_text and not node.inside("th", "caption"):
            yield node


def is_written(node: PageElement, page: PageSubject) -> bool:
    """Whether an editor wrote exactly these words as a paragraph or an item, which rules for editors judge."""
    said = _letters(node.all_text)
    return any(said == _letters(item.written) for item in page.issue.paragraphs("paragraph", "item", "quote"))


def lines(node: PageElement) -> list[Line]:
    """Give its lines as <br> parts them, without empty ones."""
    found: list[Line] = [[]]
    for words, part in _pieces(node):
        if part.tag == "br":
            found.append([])
        elif words.strip():
            found[-1].append((words, part))
    return [line for line in found if line]


def words(line: Line) -> str:
    """Give the words of a line."""
    return " ".join("".join(piece for piece, _ in line).split())


def _pieces(node: PageElement) -> Iterator[tuple[str, PageElement]]:
    yield str(node.element.text or ""), node
    for child in node.children:
        yield from _pieces(child)
        yield str(child.element.tail or ""), node


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))

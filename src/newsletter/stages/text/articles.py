"""Number the articles as in the contents list, and mark where each one begins and ends."""

from collections.abc import Iterator
from itertools import chain

from lxml import etree

from newsletter.dom.tree import first_number
from newsletter.edition import TextMarks
from newsletter.stages.linearise import LABEL
from newsletter.stages.text.paragraph import LABEL_START, paragraph


def mark_articles(root: etree._Element, marks: TextMarks) -> None:
    """Write "1. " before an article's heading and "[Article 1 ends]" after its last block.

    An article begins with an h2 to which an item of an ordered list links; its number is that of the item. It ends
    before the next h1 or h2. A label that is directly before an h2 belongs to it, and gets `LABEL_START`.
    """
    numbers: dict[str, int] = {}
    for name, number in _contents(root):
        numbers.setdefault(name, number)
    headings: dict[etree._Element, int] = {}
    for element in root.iter():
        if element.get("id") in numbers:
            # The link may lead to the heading, to an element around it, or to one inside it.
            heading = next(chain(element.iter("h2"), element.iterancestors("h2")), None)
            if heading is not None:
                headings.setdefault(heading, numbers[element.get("id", "")])

    running: list[int] = []
    for edge in list(root.iter("h1", "h2")):
        label = edge.getprevious()
        first = label if label is not None and label.get("class") == LABEL else edge
        if running:
            first.addprevious(_end_mark(running.pop(), marks))
        if first is not edge:
            first.text = LABEL_START + (first.text or "")
        if edge in headings:
            running.append(headings[edge])
            edge.text = f"{headings[edge]}. {edge.text or ''}"
    if running:
        root.append(_end_mark(running.pop(), marks))


def _contents(root: etree._Element) -> Iterator[tuple[str, int]]:
    for contents in root.iter("ol"):
        for number, item in enumerate(contents.iterchildren("li"), first_number(contents)):
            link = next(item.iter("a"), None)
            if link is not None and link.get("href", "").startswith("#"):
                yield link.get("href", "")[1:], number


def _end_mark(number: int, marks: TextMarks) -> etree._Element:
    return paragraph(f"[{marks.article_ends.replace('{number}', str(number))}]")

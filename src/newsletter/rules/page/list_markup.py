"""A list in a template is a real list, with its items in it.

A screen reader says "list, 3 items", and people can skip to its end. Lines that begin with typed signs are not a list.
Items outside a list are read as one long paragraph. The rule `fake-list` is the same for editors' texts.

Bad:
    <p>• {{ block.first }}<br />• {{ block.second }}</p>

Good:
    <ul><li>{{ block.first }}</li><li>{{ block.second }}</li></ul>

WCAG 2.2, 1.3.1 Info and Relationships (A); technique H48.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding
from newsletter.rules.issue import fake_list
from newsletter.rules.page._lines import is_written, lines, paragraphs, words

SEVERITY = "error"

_HINT = "Write <ul><li>...</li></ul>, or <ol> for numbers, without the signs."


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report items outside a list, and lines of neighbouring paragraphs that begin with signs."""
    for node in page.find("li"):
        if node.parent and node.parent.tag not in ("ul", "ol", "menu") and node.parent.get("role") != "list":
            yield Finding(node, "An item is not in a list.", "Write <ul> or <ol> around all items of the list.")
    for group in _groups(page):
        rows = [(words(line), node) for node in group for line in lines(node)]
        marks = list(fake_list.marks(row for row, _ in rows))
        goes_on = False
        for first, second in pairwise(marks):
            was, goes_on = goes_on, second.line == first.line + 1 and fake_list.goes_on(first, second)
            node = rows[first.line][1]
            if goes_on and not was and not is_written(node, page):
                message = f"These lines begin with “{first.sign}”, but are not a list for screen readers."
                yield Finding(node, message, _HINT)


def _groups(page: PageSubject) -> Iterator[list[PageElement]]:
    """Return groups of paragraphs that follow each other directly."""
    group: list[PageElement] = []
    for node in paragraphs(page):
        if group and not _are_neighbours(group[-1], node):
            yield group
            group = []
        group.append(node)
    yield group


def _are_neighbours(one: PageElement, other: PageElement) -> bool:
    around = one.parent
    if around is None or other.parent is not around:
        return False
    return around.children.index(other) == around.children.index(one) + 1

"""Pages that a test edits or writes, with the marks that lead from their elements to templates."""

import itertools
import re

from newsletter.edition import SOURCE, InlinedPage, TemplateSource

_TAG = re.compile(rf'(<[A-Za-z][\w:-]*)((?: {SOURCE}="\d+")?)')


def edited_page(page: InlinedPage, text: str) -> InlinedPage:
    """Return a page with another text. Unchanged parts keep their marks; new ones have the mark before them."""
    marks = [tag[2] for tag in _TAG.finditer(page.with_marks)]
    first = len(_TAG.findall(page[: _same(page, text)]))
    last = len(_TAG.findall(page[len(page) - _same(page[::-1], text[::-1]) :]))
    new = len(_TAG.findall(text)) - first - last
    between = marks[first : len(marks) - last] if new == len(marks) - first - last else [marks[first - 1]] * new
    following = itertools.chain(marks[:first], between, marks[len(marks) - last :])
    return InlinedPage(_TAG.sub(lambda tag: tag[1] + next(following), text), page.sources)


def _same(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def page_of(html: str, source: TemplateSource) -> InlinedPage:
    """Return a page all of whose elements have one source."""
    return InlinedPage(_TAG.sub(rf'\1 {SOURCE}="0"', html), (source,))

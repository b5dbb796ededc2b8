"""Finds the hidden elements whose words no screen reader says: a cause of lost words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsletter.characters import quoted
from newsletter.dom.tree import parse
from newsletter.edition import SOURCE, InlinedPage, Reading
from newsletter.problems import Problem
from newsletter.stages.linearise import is_hidden

_HINT = (
    "Remove aria-hidden, hidden or display:none from this element, or from its rule in styles.css. If nobody needs\n"
    "the words, remove them."
)
_WORD = re.compile(r"\w+")
_NO_WORDS = ("head", "script", "style", "template")


def find_hidden_words(page: InlinedPage, reading: Reading) -> Iterator[Problem]:
    """Find the hidden elements with words that are nowhere else, each at its line of a template.

    Args:
        page: the page, with its marks.
        reading: what a screen reader reads of it.
    """
    read = _words(_text(parse(reading)))
    reported = set()
    walk = etree.iterwalk(parse(page.with_marks), events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or not is_hidden(element):
            continue
        walk.skip_subtree()
        text = _text(element)
        words = _words(text)
        location = page.sources[int(element.get(SOURCE, "0"))].location
        if words.strip() and element.tag not in _NO_WORDS and words not in read and location not in reported:
            reported.add(location)
            message = f"The words {quoted(text)} are hidden from screen readers and from the plain text."
            yield Problem(location, "words-hidden", message, _HINT)


def _text(element: etree._Element) -> str:
    text = " ".join(str(text) for text in element.itertext(etree.Element))
    return " ".join((text, *(image.get("alt", "") for image in element.iter("img")))).strip()


def _words(text: str) -> str:
    """Return the words of a text without its signs, which may be elsewhere if the words are."""
    return f" {' '.join(_WORD.findall(text))} "

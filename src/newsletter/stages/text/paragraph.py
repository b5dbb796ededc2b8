"""Paragraphs of plain lines: the form of words in every step of the text stage, before html2text."""

import regex
from lxml import etree

PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "line")
"""The elements that hold words in the text stage. `line` holds the bare words of an item or a cell: html2text does not
know this element, so it writes no blank line around it."""

LABEL_START = "\U0010f001"
"""What is before the words of a label, for the blank lines around it: a private-use character."""


def paragraph(*lines: str) -> etree._Element:
    """Return a `<p>` of these lines."""
    element = etree.Element("p")
    element.text = lines[0]
    add_lines(element, *lines[1:])
    return element


def add_lines(element: etree._Element, *lines: str) -> None:
    """Add lines at the end of a paragraph."""
    for line in lines:
        etree.SubElement(element, "br").tail = line


def lines_of(element: etree._Element) -> list[str]:
    """Return the lines of a paragraph that holds only text and `<br>`."""
    return [squeeze(text) for text in (element.text, *(line_break.tail for line_break in element))]


def element_words(element: etree._Element) -> str:
    """Return the words of an element as one line."""
    return squeeze("".join(str(text) for text in element.itertext()))


def squeeze(text: str | None) -> str:
    """Return a text with one space for each run of spaces and newlines. No-break spaces stay."""
    return " ".join(piece for piece in (text or "").replace("\n", " ").split(" ") if piece)


def with_colon(words: str) -> str:
    """Return words that introduce something with a colon at the end, unless they end with a sign."""
    return words if regex.search(r"[\p{STerm}:：…]$", words) else words + ":"

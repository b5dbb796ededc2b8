"""Paragraphs made of plain lines: the form in which every step of the text stage hands words to html2text."""

from lxml import etree

PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "line")
"""What holds words while the plain text is made. `line` stands for the bare words of an item or a cell:
html2text does not know the element, so it puts no blank line around it."""


def paragraph(*lines: str) -> etree._Element:
    """Make a `<p>` of these lines."""
    element = etree.Element("p")
    element.text = lines[0]
    add_lines(element, *lines[1:])
    return element


def add_lines(element: etree._Element, *lines: str) -> None:
    """Add lines to what a paragraph says already."""
    for line in lines:
        etree.SubElement(element, "br").tail = line


def lines_of(element: etree._Element) -> list[str]:
    """Give the lines of a paragraph that holds only text and `<br>`."""
    return [squeeze(text) for text in (element.text, *(line_break.tail for line_break in element))]


def words_of(element: etree._Element) -> str:
    """Give the words of an element on one line, whatever stands around them."""
    return squeeze("".join(str(text) for text in element.itertext()))


def squeeze(text: str | None) -> str:
    """Make each run of plain white space one space. No-break spaces are words' own and stay."""
    return " ".join(piece for piece in (text or "").replace("\n", " ").split(" ") if piece)


def introducing(words: str) -> str:
    """End words that say what comes next with a colon, unless they end with a sign of their own."""
    return words if words.endswith((":", ".", "!", "?", "…")) else words + ":"

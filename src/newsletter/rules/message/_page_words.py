"""The words of the page, for rules about the plain text: it may have signs that the page has too."""

from lxml import etree

from newsletter.check.cached_on_argument import cached_on_argument
from newsletter.check.message import ParsedMessage
from newsletter.dom.tree import parse_html


@cached_on_argument
def page_words(message: ParsedMessage) -> str:
    """Return the words of the reading view, including alts, separated by single spaces.

    They come twice: with a space wherever an element begins or ends, and without, as “~” and “~” in italics is “~~”.
    """
    body = reading_tree(message)
    parts = [str(part) for part in body.itertext()]
    words = [*parts, *(image.get("alt", "") for image in body.iter("img")), "".join(parts)]
    return " ".join(" ".join(words).split())


@cached_on_argument
def reading_tree(message: ParsedMessage) -> etree._Element:
    """Return the reading view as a tree. It is cached: do not change it."""
    return parse_html(f"<body>{message.edition.reading}</body>")


def token(line: str, start: int) -> str:
    """Return the text around a position of a line, from one space to the next."""
    first = line.rfind(" ", 0, start) + 1
    return line[first:].partition(" ")[0]

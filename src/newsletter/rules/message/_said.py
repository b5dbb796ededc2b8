"""What the page itself says, for rules about the plain-text part: signs that an issue says are no fault of its text."""

from lxml import etree

from newsletter.check.message import MessageSubject
from newsletter.check.per_subject import cached_per_subject


@cached_per_subject
def said(message: MessageSubject) -> str:
    """Give the words of the reading view, alts too, each parted by one space."""
    body = parsed(message)
    words = [*(str(part) for part in body.itertext()), *(image.get("alt", "") for image in body.iter("img"))]
    return " ".join(" ".join(words).split())


@cached_per_subject
def parsed(message: MessageSubject) -> etree._Element:
    """Give the reading view as a tree, which nobody may change."""
    return etree.HTML(f"<body>{message.edition.reading}</body>", etree.HTMLParser(huge_tree=True))


def token(line: str, start: int) -> str:
    """Give what stands around a position of a line, between two spaces."""
    first = line.rfind(" ", 0, start) + 1
    return line[first:].partition(" ")[0]

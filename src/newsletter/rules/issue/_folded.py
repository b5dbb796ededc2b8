"""Read the lines of a value as the file has them, because YAML joins them unless they are below a |."""

import re
from itertools import groupby

from newsletter.source.lines import indentation
from newsletter.source.nodes import KeyPath, TextNode

_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_HEADING = re.compile(r"\s*#{3,6}\s+\S")
_NOT_A_BAR = ("¦", "||", "l", "I", "/", "\\")
INSTEAD = {
    "": "Write | after {}, and begin the text in the next line.",
    ">": "Write | instead of >.",
    '"': "Write | instead of the quotation marks, and begin the text in the next line.",
    "'": "Write | instead of the quotation marks, and begin the text in the next line.",
}
"""What to write instead of each style of YAML that joins lines."""


def lost_part(lines: list[str], shown_lines: list[str]) -> str:
    """Return the name of what the value has in the file and not as readers get it; empty if there is nothing."""
    if _count(_ITEM, lines) > max(_count(_ITEM, shown_lines), 1):
        return "list"
    if _count(_HEADING, lines) > _count(_HEADING, shown_lines):
        return "headings"
    blank = [len(list(group)) for is_blank, group in groupby(lines, lambda line: not line.strip()) if is_blank]
    return "paragraphs" if 1 in blank else ""


def is_mistyped_bar(node: TextNode, lines: list[str]) -> bool:
    """Check whether a value begins with a line that only looks like a |."""
    return not node.style and len(lines) > 1 and lines[0].strip() in _NOT_A_BAR


def name_of(path: KeyPath) -> str:
    """Return how a value begins in the file: with its key, or with the hyphen of an item."""
    return f"“{path[-1]}:”" if isinstance(path[-1], str) else "“- ”"


def lines_in_file(node: TextNode) -> list[str]:
    """Return the lines of the file that hold a value; none for a word of the glossary with spaces around it."""
    if not node.text:
        return []
    location = node.location
    words, first = node.text.rstrip(), node.source[location.line - 1][location.column - 1 :]
    # Finding the place of a character takes long, and most values are in one line.
    is_short = node.style not in ("|", ">") and first.removeprefix(node.style).startswith(words)
    last = location.line if is_short else node.location_of(len(words) - 1).line
    lines = list(node.source[location.line - 1 : last])
    if node.style in ("|", ">"):
        return lines[1:]
    # Without quotes, a heading in a text is a comment for YAML.
    following = next((line for line in node.source[last:] if line.strip()), "")
    begins_line = not lines[0][: location.column - 1].strip()
    if not node.style and (begins_line or len(lines) > 1) and _HEADING.match(following):
        lines += [following] * (indentation(following) == indentation(lines[-1]))
    own = [lines[0][location.column - 1 :], *lines[1:]]
    before = next((line for line in reversed(node.source[: location.line - 1]) if line.strip()), "")
    if not node.style and begins_line and _HEADING.match(before) and indentation(before) == location.column - 1:
        own.insert(0, before)
    return own


def _count(pattern: re.Pattern[str], lines: list[str]) -> int:
    return sum(pattern.match(line) is not None for line in lines)

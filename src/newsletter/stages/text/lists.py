"""Write lists, with their items indented, and the signs before items and headings."""

import re

from lxml import etree

from newsletter.stages.text.paragraph import PARAGRAPHS, squeeze

_LISTS = {"list": "ul", "listitem": "li"}

# A private-use character, written once for each list around a line. Without it, html2text would indent items in its
# own way, and their other lines not at all.
_DEPTH_MARK = "\U0010f000"
_LINE_START = re.compile(rf"^ *(\*|-?\d+\.)? *(#*) *({_DEPTH_MARK}*)", re.MULTILINE)


def prepare_lists(body: etree._Element) -> None:
    """Replace elements with a list's role by list elements."""
    for element in body.iter("div"):
        element.tag = _LISTS.get(element.get("role", ""), "div")


def mark_depth(body: etree._Element) -> None:
    """Write before each line in how many lists it is, which `write_indents` turns into an indent."""
    for block in body.iter(*PARAGRAPHS, "li"):
        depth = sum(1 for _ in block.iterancestors("li")) + (block.tag == "li")
        if block.tag != "li":
            block.text = _DEPTH_MARK * depth + (block.text or "")
            for line_break in block:
                line_break.tail = _DEPTH_MARK * depth + squeeze(line_break.tail)
        elif not len(block) or block[0].tag in ("ul", "ol"):
            block.text = _DEPTH_MARK * depth


def write_indents(markdown: str) -> str:
    """Return the output of html2text with our indents, and with "- " and "+ " as the signs of items and headings."""
    return _LINE_START.sub(_line_start, markdown)


def _line_start(match: re.Match[str]) -> str:
    item, level, depth = match[1] or "", len(match[2]), len(match[3])
    indent = "  " * (depth - 1 if item else depth)
    return indent + (item.replace("*", "-") + " " if item else "") + ("+" * level + " " if level else "")

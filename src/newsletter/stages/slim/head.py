"""A smaller head: rules that match nothing in this page, white space, and what only old browsers read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsletter.css.compact import compact_sheet
from newsletter.dom.tree import remove_keeping_tail

_IN_COMMENT = re.compile(r"\b(class|dir)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))", re.IGNORECASE)
_SHEET_IN_COMMENT = re.compile(r"(<style\b[^<>]*+>)([^<]*+)(</style>)")


def compact_head(root: etree._Element) -> None:
    """Compact the style sheets of the head, without rules that match nothing, and its comments for Outlook."""
    names = frozenset(_names(root))
    head = next(root.iter("head"))
    for sheet in list(head.iter("style")):
        sheet.attrib.pop("data-premailer", "")
        sheet.attrib.pop("type", "")  # text/css is the only type that there is
        sheet.text = compact_sheet(sheet.text or "", names)
        if not sheet.text:
            remove_keeping_tail(sheet)
    for comment in list(head.iter(etree.Comment)):
        _compact_comment(comment, names)
    for node in head.iter():
        if isinstance(node.tag, str) and node.tag not in ("style", "title") and not (node.text or "").strip():
            node.text = None
        if not (node.tail or "").strip():
            node.tail = None


def _names(root: etree._Element) -> Iterator[str]:
    """Return the classes and the directions of elements, also of those that only Outlook reads, in comments."""
    for node in root.iter():
        if isinstance(node.tag, str):
            yield from (f".{name}" for name in node.get("class", "").split())
            yield node.get("dir", "ltr").lower()
        else:
            for name, *values in _IN_COMMENT.findall(node.text or ""):
                words = "".join(values).split()
                yield from (f".{word}" if name.lower() == "class" else word.lower() for word in words)


def _compact_comment(comment: etree._Element, names: frozenset[str]) -> None:
    text = re.sub(r">\s+<", "><", comment.text or "")
    text = _SHEET_IN_COMMENT.sub(lambda sheet: _compact_sheet(sheet, names), text)
    if re.fullmatch(r"\[if [^\]]*\]>\s*<!\[endif\]", text):
        remove_keeping_tail(comment)
    else:
        comment.text = text


def _compact_sheet(sheet: re.Match[str], names: frozenset[str]) -> str:
    css = compact_sheet(sheet[2], names)
    return f"{sheet[1]}{css}{sheet[3]}" if css else ""

"""Carries origins through MRML, which has no positions: lines are marked before it, read and taken out after it."""

import re

from lxml import etree

from newsletter.dom.tree import remove_keeping_tail
from newsletter.edition import Mjml, TemplateSource

_LINE = "data-composed-line"
_COMMENT = re.compile(r"@(\d+) (mj-[\w-]+)")
# A comment for Outlook is words to any parser: its elements are marked, and found again, as words.
_TAG = re.compile(r"<[A-Za-z][\w:-]*")
_MARKED = re.compile(rf'{_TAG.pattern}(?: {_LINE}="(\d+)")?')


def mark(root: etree._Element) -> None:
    """Write each element's line of the composed text into MJML: a comment before a component, an attribute in HTML.

    MRML keeps comments between the sections of a body and the components of a column. It would put one inside
    mj-wrapper into a comment for Outlook, and end that.
    """
    for comment in root.iter(etree.Comment):
        _mark_words(comment)
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        tag, inside = str(element.tag), str(parent.tag) if parent is not None else ""
        if not tag.startswith("mj"):
            element.set(_LINE, str(_line(element)))
        elif parent is not None and inside in ("mj-body", "mj-column"):
            parent.insert(parent.index(element), etree.Comment(f"@{_line(element)} {tag}"))


def _mark_words(comment: etree._Element) -> None:
    """Write lines into the elements of a comment."""
    text = comment.text or ""
    first = _line(comment) - text.count("\n")  # libxml2 gives a comment the line in which it ends
    comment.text = _TAG.sub(lambda tag: f'{tag[0]} {_LINE}="{first + text.count(chr(10), 0, tag.start())}"', text)


def take(root: etree._Element, mjml: Mjml) -> tuple[tuple[TemplateSource, ...], tuple[TemplateSource, ...]]:
    """Take the marks out of a compiled document.

    Returns:
        The origin of each element of its body, in order; and that of each element in the body's comments, which is
        that of their component where MRML wrote them.
    """
    body = next(root.iter("body"))
    at = mjml.first("mj-body")
    origins, in_comments = [], []
    for node in list(body.iter()):
        if isinstance(node, etree._Comment):
            if found := _COMMENT.fullmatch(node.text or ""):
                at = mjml.source(int(found[1]), found[2])
                remove_keeping_tail(node)
            else:
                in_comments += [mjml.source(int(tag[1])) if tag[1] else at for tag in _MARKED.finditer(node.text or "")]
        elif isinstance(node.tag, str):
            line = node.attrib.pop(_LINE, "")
            origins.append(mjml.source(int(line)) if line else at)
    for node in root.iter(etree.Element):
        node.attrib.pop(_LINE, "")
    for comment in root.iter(etree.Comment):
        if _LINE in (comment.text or ""):
            comment.text = re.sub(rf' {_LINE}="\d+"', "", comment.text or "")
    return tuple(origins), tuple(in_comments)


def _line(element: etree._Element) -> int:
    return int(getattr(element, "sourceline", 0) or 1)

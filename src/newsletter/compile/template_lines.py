"""Carries template lines through MRML, which has no positions: marked before it, read and taken out after it."""

import re

from lxml import etree

from newsletter.edition import Mjml
from newsletter.problems import Place

_LINE = "data-composed-line"
_COMMENT = re.compile(r"@(\d+) (mj-[\w-]+)")


def mark(root: etree._Element) -> None:
    """Write each element's line of the composed text into MJML: a comment before a component, an attribute in HTML.

    MRML keeps comments between the sections of a body and the components of a column. It would put one inside
    mj-wrapper into a comment for Outlook, and end that.
    """
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        tag, inside = str(element.tag), str(parent.tag) if parent is not None else ""
        if not tag.startswith("mj"):
            element.set(_LINE, str(_line(element)))
        elif parent is not None and inside in ("mj-body", "mj-column"):
            parent.insert(parent.index(element), etree.Comment(f"@{_line(element)} {tag}"))


def take(root: etree._Element, mjml: Mjml) -> tuple[Place, ...]:
    """Take the marks out of a compiled document; give the template line of each element of its body, in order."""
    body = next(root.iter("body"))
    at = mjml.origin(1, "mj-body")
    places = []
    for node in list(body.iter()):
        if isinstance(node, etree._Comment):
            if found := _COMMENT.fullmatch(node.text or ""):
                at = mjml.origin(int(found[1]), found[2])
                _remove(node)
        elif isinstance(node.tag, str):
            line = node.attrib.pop(_LINE, "")
            places.append(mjml.origin(int(line)) if line else at)
    for node in root.iter(etree.Element):
        node.attrib.pop(_LINE, "")
    return tuple(places)


def _line(element: etree._Element) -> int:
    return int(getattr(element, "sourceline", 0) or 1)


def _remove(comment: etree._Element) -> None:
    """Remove a comment, but not the words after it."""
    parent, before = comment.getparent(), comment.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (comment.tail or "") or None
    else:
        parent.text = (parent.text or "") + (comment.tail or "") or None
    parent.remove(comment)

"""Carry the lines of templates through MRML, which keeps no positions: marks in the MJML hold them."""

import re
from functools import cache

from lxml import etree

from newsletter.dom.tree import remove_keeping_tail
from newsletter.edition import SOURCE, Mjml, TemplateSource

_LINE = "data-composed-line"
_COMMENT = re.compile(r"@(\d+) (mj-[\w-]+)")
# To a parser, a comment for Outlook is text. So regular expressions mark its elements and find the marks again.
_TAG = re.compile(r"<[A-Za-z][\w:-]*")
_MARKED = re.compile(rf'({_TAG.pattern})(?: {_LINE}="(\d+)")?')


def mark_lines(root: etree._Element) -> None:
    """Write each element's line of the composed text into MJML: a comment before a component, an attribute in HTML.

    MRML keeps comments between the sections of a body and between the components of a column. Inside mj-wrapper it
    would put one into a comment for Outlook, which would end there.
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
    """Write its line into each element of a comment."""
    text = comment.text or ""
    first = _line(comment) - text.count("\n")  # libxml2 counts a comment at the line where it ends
    comment.text = _TAG.sub(lambda tag: f'{tag[0]} {_LINE}="{first + text.count(chr(10), 0, tag.start())}"', text)


def resolve_marks(root: etree._Element, mjml: Mjml) -> tuple[TemplateSource, ...]:
    """Replace the lines in a compiled document by `SOURCE` marks, which lead to an element's source.

    An element that MRML wrote has the source of its component.

    Returns:
        The sources. A mark is an index into them.
    """
    sources: dict[TemplateSource, str] = {}

    def number(source: TemplateSource) -> str:
        return sources.setdefault(source, str(len(sources)))

    of_line = cache(lambda line: number(mjml.source(int(line))))
    at = number(mjml.first("mj-body"))

    def mark(tag: re.Match[str]) -> str:
        return f'{tag[1]} {SOURCE}="{of_line(tag[2]) if tag[2] else at}"'

    for node in list(next(root.iter("body")).iter()):
        if not isinstance(node, etree._Comment):
            attributes = dict(node.attrib.items())
            node.attrib.clear()
            line = attributes.pop(_LINE, None)
            node.set(SOURCE, of_line(line) if line else at)
            node.attrib.update(attributes)
        elif component := _COMMENT.fullmatch(node.text or ""):
            at = number(mjml.source(int(component[1]), component[2]))
            remove_keeping_tail(node)
        else:
            node.text = _MARKED.sub(mark, node.text or "")
    for element in next(root.iter("head")).iter(etree.Element):
        element.attrib.pop(_LINE, "")
    return tuple(sources)


def _line(element: etree._Element) -> int:
    return int(getattr(element, "sourceline", 0) or 1)

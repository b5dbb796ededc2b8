"""Shorten the head: without rules that match nothing in this page, white space, and rules for old browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newsletter.css.compact import compact_sheet
from newsletter.dom.tree import remove_keeping_tail
from newsletter.stages.slim.elements import class_attributes, style_of

_ATTRIBUTE_IN_COMMENT = re.compile(r"\b(class|dir)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))", re.IGNORECASE)
_TAG_IN_COMMENT = re.compile(r"<([A-Za-z]\w*+)")
_SHEET_IN_COMMENT = re.compile(r"(<style\b[^<>]*+>)([^<]*+)(</style>)")


# What only Internet Explorer, Windows Phone and the "view in a browser" of Outlook 2007 read.
_RULES_FOR_OLD_APPS = re.compile(r"#outlook a\s*+\{[^{}]*+\}|(?<=[\s;{])-ms-[\w-]++\s*+:[^;{}]*+;?+")
# What MJML says of pictures. Their lines count only for the words of one that is not loaded.
_OF_PICTURES = re.compile(r"(?<![^\s}])img\s*+\{[^{}]*+\}")
_DEFAULTS_OF_PICTURES = re.compile(r"(?<=[\s;{])(?:height:\s*+auto|outline:\s*+none|text-decoration:\s*+none);?+")
_LINE_OF_PICTURES = re.compile(r"(?<=[\s;{])line-height:\s*+100%;?+")
_BORDER_OF_PICTURES = re.compile(r"(?<=[\s;{])border:\s*+0;?+")
_MARGIN_OF_P = re.compile(r"(?<![^\s}])p\s*+\{\s*+display:\s*+block;\s*+margin:\s*+13px 0;?\s*+\}")


def drop_old_apps(root: etree._Element) -> None:
    """Remove from the head what nobody reads: hints for old Microsoft apps, and a margin that each paragraph has in its
    own style. Of the namespaces only those stay that Outlook for Windows reads here.
    """
    head = next(root.iter("head"))
    for meta in [meta for meta in head.iter("meta") if meta.get("http-equiv", "").lower() == "x-ua-compatible"]:
        before, after = meta.getprevious(), meta.getnext()
        is_in_condition = _is_comment(before, "[if !mso]><!") and _is_comment(after, "<![endif]")
        for node in (before, meta, after) if is_in_condition else (meta,):
            if node is not None:
                remove_keeping_tail(node)
    pictures = list(root.iter("img"))
    has_margins = all("margin" in style_of(paragraph) for paragraph in root.iter("p"))
    for sheet in head.iter("style"):
        text = _RULES_FOR_OLD_APPS.sub("", sheet.text or "")
        sheet.text = _MARGIN_OF_P.sub("", text) if has_margins else text
        sheet.text = _OF_PICTURES.sub(lambda rule: _without_defaults(rule[0], pictures), sheet.text)
    has_shapes = any("<v:" in (comment.text or "") for comment in root.iter(etree.Comment))
    for name in ["xmlns"] if has_shapes else ["xmlns", "xmlns:v"]:
        root.attrib.pop(name, "")


def _without_defaults(rule: str, pictures: list[etree._Element]) -> str:
    """Return MJML's rule for pictures without what they have anyway, or what each has in its own style."""
    if all(picture.get("height") is None for picture in pictures):
        rule = _DEFAULTS_OF_PICTURES.sub("", rule)
    if all(next(picture.iterancestors("a"), None) is None for picture in pictures):
        rule = _BORDER_OF_PICTURES.sub("", rule)
    has_lines = all("line-height" in style_of(picture) for picture in pictures)
    return _LINE_OF_PICTURES.sub("", rule) if has_lines else rule


def _is_comment(node: etree._Element | None, text: str) -> bool:
    return isinstance(node, etree._Comment) and node.text == text


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
    """Return the tags, classes and directions of elements, also of those that only Outlook reads, in comments."""
    yield from {str(element.tag) for element in root.iter(etree.Element)}
    yield from (f".{name}" for attribute in class_attributes(root) for name in attribute.split())
    yield from {element.get("dir", "ltr").lower() for element in root.iter(etree.Element)}
    for comment in root.iter(etree.Comment):
        text = comment.text or ""
        yield from (tag.lower() for tag in _TAG_IN_COMMENT.findall(text))
        for name, *values in _ATTRIBUTE_IN_COMMENT.findall(text):
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

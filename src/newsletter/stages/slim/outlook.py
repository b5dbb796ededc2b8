"""Shorten the comments for Outlook for Windows, in which MJML gives it a table for each section."""

from __future__ import annotations

import re

from lxml import etree

from newsletter.dom.tree import remove_keeping_tail
from newsletter.edition import SOURCE
from newsletter.stages.slim.elements import has_words, sheets

_MARK = rf'(?: {SOURCE}="\d+")?'
_TABLE = re.compile(rf"\[if mso \| IE\]>\s*<table({_MARK}[^>]*)>\s*<tr{_MARK}>\s*<td({_MARK}[^>]*)>\s*<!\[endif\]")
_END = re.compile(r"\[if mso \| IE\]>\s*</td>\s*</tr>\s*</table>\s*<!\[endif\]")
_SECTION_ATTRIBUTES = re.compile(r' (?:class|bgcolor)="[^"]*"')
_CLASS = re.compile(r' class="[^"]*-outlook"')
_NO_BORDER = re.compile(r'(<table\b[^<>]*?) border="0"')
_LEFT_TO_RIGHT = re.compile(r'(<table\b[^<>]*?) dir="ltr"')
_OUTLOOK_SELECTOR = re.compile(r"""[-"']outlook\b(?!-)""")
# Between words and links a space counts, also for Outlook. A no-break space in a cell counts, too.
_SPACES = re.compile(
    r"(</?(?:table|tbody|tr|td)\b[^<>]*+>|</?[vo]:[^<>]*+>(?=\s*+</?[vo]:))[ \t\r\n]++(?=<)"
    r"|(>)[ \t\r\n]++(?=</?(?:table|tbody|tr|td)\b)"
)


def share_outlook_table(root: etree._Element) -> None:
    """Let all sections share one table for Outlook: the first begins it, the last ends it.

    Its colour goes with the table: the table that every mail app gets has the same, in its style.
    """
    wrapper = root.find("body/div")
    if wrapper is None:
        return
    if _OUTLOOK_SELECTOR.search(sheets(root)) or not _has_only_sections(wrapper):
        return
    comments = list(wrapper.iterchildren(etree.Comment))
    begins = [match for comment in comments[::2] if (match := _TABLE.fullmatch(comment.text or ""))]
    ends = [comment for comment in comments[1::2] if _END.fullmatch(comment.text or "")]
    if not begins or len(begins) + len(ends) != len(comments) or len(ends) != len(begins):
        return
    if len({re.sub(_MARK, "", _SECTION_ATTRIBUTES.sub("", match[1] + match[2])) for match in begins}) > 1:
        return  # one is wider, or looks different
    first = begins[0]
    begin = f"[if mso | IE]><table{_SECTION_ATTRIBUTES.sub('', first[1])}><tr><td{first[2]}><![endif]"
    for comment in comments:
        remove_keeping_tail(comment)
    wrapper.insert(0, etree.Comment(begin))
    wrapper.append(etree.Comment("[if mso | IE]></td></tr></table><![endif]"))


def _has_only_sections(wrapper: etree._Element) -> bool:
    """Check whether only gaps are outside of Outlook's tables: in a cell, text would lose its size and its width."""
    is_inside = False
    if (wrapper.text or "").strip():
        return False
    for child in wrapper:
        if isinstance(child, etree._Comment):
            is_inside = _TABLE.fullmatch(child.text or "") is not None
        elif not is_inside and not _is_gap(child):
            return False
        if not is_inside and (child.tail or "").strip():
            return False
    return True


def _is_gap(element: etree._Element) -> bool:
    """Check whether an element is a gap or a line: without words and pictures."""
    is_empty = not any(has_words(each) or each.tag == "img" for each in element.iter())
    return element.get("aria-hidden") == "true" and is_empty


def compact_comments(root: etree._Element) -> None:
    """Remove from Outlook's tables what says nothing, and the condition for an Internet Explorer that no app has."""
    is_named = _OUTLOOK_SELECTOR.search(sheets(root)) is not None
    for comment in next(root.iter("body")).iter(etree.Comment):
        text = _NO_BORDER.sub(r"\1", comment.text or "").replace("[if mso | IE]", "[if mso]", 1)
        if {around.get("dir", "ltr") for around in comment.iterancestors()} == {"ltr"}:
            text = _LEFT_TO_RIGHT.sub(r"\1", text)
        comment.text = _SPACES.sub(r"\1\2", text if is_named else _CLASS.sub("", text))

"""The comments that only Outlook for Windows reads, in which MJML gives it a table for each section."""

from __future__ import annotations

import re

from lxml import etree

from newsletter.dom.tree import remove_keeping_tail
from newsletter.edition import SOURCE

_MARK = rf'(?: {SOURCE}="\d+")?'
_TABLE = re.compile(rf"\[if mso \| IE\]>\s*<table({_MARK}[^>]*)>\s*<tr{_MARK}>\s*<td({_MARK}[^>]*)>\s*<!\[endif\]")
_END = re.compile(r"\[if mso \| IE\]>\s*</td>\s*</tr>\s*</table>\s*<!\[endif\]")
_OWN = re.compile(r' (?:class|bgcolor)="[^"]*"')
_WORTHLESS = re.compile(r' (?:border="0"|class="[^"]*-outlook")')


def share_outlook_table(root: etree._Element) -> None:
    """Let all sections share one table for Outlook: the first begins it, the last ends it.

    Its colour goes with the table: the table that every mail app gets has the same, in its style.
    """
    wrapper = root.find("body/div")
    if wrapper is None:
        return
    comments = list(wrapper.iterchildren(etree.Comment))
    begins = [match for comment in comments[::2] if (match := _TABLE.fullmatch(comment.text or ""))]
    ends = [comment for comment in comments[1::2] if _END.fullmatch(comment.text or "")]
    if not begins or len(begins) + len(ends) != len(comments) or len(ends) != len(begins):
        return
    if len({re.sub(_MARK, "", _OWN.sub("", match[1] + match[2])) for match in begins}) > 1:
        return  # one is wider, or looks different
    first = begins[0]
    begin = f"[if mso | IE]><table{_OWN.sub('', first[1])}><tr><td{first[2]}><![endif]"
    for comment in comments:
        remove_keeping_tail(comment)
    wrapper.insert(0, etree.Comment(begin))
    wrapper.append(etree.Comment("[if mso | IE]></td></tr></table><![endif]"))


def compact_comments(root: etree._Element) -> None:
    """Remove from Outlook's tables what says nothing, and the condition for an Internet Explorer that no app has."""
    for comment in next(root.iter("body")).iter(etree.Comment):
        text = _WORTHLESS.sub("", comment.text or "").replace("[if mso | IE]", "[if mso]", 1)
        comment.text = re.sub(r">\s+(?=<)", ">", text)

"""GOV.UK Notify: a template in its Markdown, which has headings, lists and links, and neither bold nor pictures."""

from __future__ import annotations

import re

from newsletter.export.escape import WORD_JOINER, escaping
from newsletter.export.service import Content, MessagePart, Service, Tag, TagPlace
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.services._variables import supplied_variable

# The marks of headings in our plain text, and those of Notify. It has two levels; others are paragraphs.
_HEADINGS = {"+ ": "# ", "++ ": "## ", "+++ ": ""}
_HEADING = re.compile(r"(\+{1,3} )(?=\S)")
# What Notify's Markdown reads as more than words: marks at the start of a line, tables, and links.
_MARK = re.compile(r"^([ ]*)([#^>*•|:=_+-]|\d+(?=[.)]))|(?<=\])(?=[(\[:])|(?<=\[)(?=\^)|(?<=\\)")
_LIST_ITEM = re.compile(r" *(?:- |\d+\. )(?=\S)")


def _write_tag(use: FieldUse, place: TagPlace) -> Tag:
    own = supplied_variable(use, place, ValueForm.URL_PART if place.form is ValueForm.URL_PART else ValueForm.TEXT)
    return Tag(f"(({own.name}))", own)


_without_tags = escaping(r"\((?=\()")


def _escape(text: str, part: MessagePart) -> str:
    text = _without_tags(text, part)
    return "\n".join(map(_line, text.split("\n"))) if part == "text" else text


def _line(line: str) -> str:
    """Return a line of our plain text in the Markdown of Notify."""
    if heading := _HEADING.match(line):
        return _HEADINGS[heading[0]] + _plain(line[heading.end() :])
    if item := _LIST_ITEM.match(line):
        return item[0].replace("- ", "* ") + _plain(line[item.end() :])
    return _plain(line)


def _plain(words: str) -> str:
    """Return words with invisible word joiners before what would be a mark of Markdown."""
    return _MARK.sub(lambda mark: f"{mark[1] or ''}{WORD_JOINER}{mark[2] or ''}", words)


def _files(content: Content) -> dict[str, bytes]:
    return {"subject.txt": content.subject.encode(), "template.txt": content.text.encode()}


SERVICE = Service(
    name="GOV.UK Notify",
    write_tag=_write_tag,
    escape=_escape,
    files=_files,
    pictures="none",
    list_unsubscribe="Notify, if you send “one_click_unsubscribe_url” or turn on its link to unsubscribe.",
    sources=(
        "https://www.notifications.service.gov.uk/using-notify/formatting",
        "https://github.com/alphagov/notifications-utils/blob/main/notifications_utils/markdown.py",
        "https://github.com/alphagov/notifications-utils/blob/main/notifications_utils/field.py",
    ),
    losses=(
        "Pictures, colours, buttons, bold and italics. The description of each picture stays.",
        "Headings below the second level are paragraphs. Tables are one line for each cell.",
        "The words of a link are in one line, and its address in the next.",
        "A tag has no fallback: send the fallback in the table of fields for readers without a value.",
    ),
    not_verified=("The longest template.",),
    needs_page=False,
)

"""Read the words and the links of an editor's Markdown, with regular expressions only.

It knows what an editor may write: paragraphs, headings, lists, quotations, code spans, links, entities and escapes.
Marks of emphasis stay in the text; `verify.tokens` removes them.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

_RULE = re.compile(r" {0,3}([-*_])([ \t]*\1){2,}[ \t]*")
# A + before a number and a > that means "more than" are words. So is the number of an item: readers must get it.
_MARK = re.compile(r"[ \t]*(?:(?P<quote>>)[ \t]?|[-*](?=\s|$)|\+(?=\s*$|\s+[^\s\d])|#{1,6}(?=\s|$))", re.ASCII)
_NUMBER = re.compile(r"[ \t]*\d{1,9}[.)](?=\s|$)", re.ASCII)
_QUOTE = re.compile(r"[ \t]*+>[ \t]?")
_MORE_THAN = re.compile(r"[ \t]*>[ \t]*+(?:=[ \t]*+)?[-−+]?[£$€]?[.,]?\d", re.ASCII)
_INLINE = re.compile(
    r"""
      (?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | (?<!\*)(?P<around>\*{1,3}+)(?P<starred>(?:\\\*)++)(?P=around)(?!\*)
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]+);)
    | <(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!\#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)>
    | \[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]
      \(\s*+(?:<(?P<angled>[^<>\n]*)>|(?P<url>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))\s*+\)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of Markdown, without the marks of headings, quotations and bullets.

    If it is not certain that a line begins an item, it is a paragraph of its own. So its words and those of the line
    before are searched for one after the other.
    """
    paragraph: list[str] = []
    is_heading = in_quotation = False
    lines = text.split("\n")
    for line, following in zip([*lines, ""], [*lines[1:], "", ""], strict=True):
        marks, rest = _marks(line, following, in_quotation=in_quotation, in_paragraph=bool(paragraph))
        is_blank = not rest.strip() or _RULE.fullmatch(line) is not None
        if is_blank or marks or is_heading or _NUMBER.match(rest):
            if paragraph:
                yield "\n".join(paragraph)
            paragraph, is_heading = [], marks.startswith("#")
        if (number := _NUMBER.match(rest)) and _QUOTE.match(rest, number.end()):
            yield number[0]  # the quotation in this item is another paragraph
            rest = _marks(rest[number.end() :], "", in_quotation=False, in_paragraph=False)[1]
        in_quotation = ">" in marks or (in_quotation and not is_blank)
        if not is_blank:
            paragraph.append(rest)


def _marks(line: str, following: str, *, in_quotation: bool, in_paragraph: bool) -> tuple[str, str]:
    """Return the marks at the start of a line, and the rest of it."""
    marks = ""
    while mark := _MARK.match(line):
        if mark["quote"] and not in_quotation and _MORE_THAN.match(line):
            is_longer = following.lstrip().startswith(">") and not _MORE_THAN.match(following)
            if marks.strip(">") or in_paragraph or not is_longer:
                break
        if mark["quote"] and (quote := _QUOTE.match(following)):
            following = following[quote.end() :]
        marks, line = marks + mark[0].strip(), line[mark.end() :]
    return marks, line


def spoken(text: str, links: list[str], *, decodes: bool = True) -> str:
    """Return the words of a paragraph's Markdown that a reader gets, and add its links to `links`.

    Args:
        text: the Markdown of a paragraph.
        links: gets the addresses, in order.
        decodes: whether a code such as `&amp;` stands for its character.
    """

    def resolve(span: re.Match[str]) -> str:
        match span.lastgroup:
            case "code":
                return span["code"]
            case "starred":
                return span["starred"].replace("\\", "")
            case "auto":
                address = span["auto"]
                links.append(address if ":" in address else f"mailto:{address}")
                return address
            case "url" | "angled":
                links.append(_INLINE.sub(_character, span[span.lastgroup]))
                return spoken(span["label"], links, decodes=decodes)
            case "entity" if not decodes:
                return span[0]
            case _:
                return _character(span)

    return _INLINE.sub(resolve, text)


def _character(span: re.Match[str]) -> str:
    if span["escaped"]:
        return span["escaped"]
    if span["entity"] and (span["entity"].startswith("&#") or span["entity"][1:] in html5):
        return unescape(span["entity"])
    return span[0]

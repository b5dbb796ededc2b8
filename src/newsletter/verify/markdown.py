"""Read the words and the links of an editor's Markdown, with regular expressions only.

It knows what an editor may write: paragraphs, headings, lists, quotations, code spans, links, entities and escapes.
Marks of emphasis stay in the text; `verify.tokens` removes them.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

_RULE = re.compile(r" {0,3}([-*_])([ \t]*\1){2,}[ \t]*")
_MARK = re.compile(r"[ \t]*(?:>[ \t]?|[-+*](?=\s|$)|#{1,6}(?=\s|$)|(?P<number>\d{1,9})[.)](?=\s|$))", re.ASCII)
_INLINE = re.compile(
    r"""
      (?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]+);)
    | <(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>
    | \[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]
      \(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<url>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))\s*\)
    """,
    re.VERBOSE | re.DOTALL,
)


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of Markdown, without the marks of headings, quotations and list items."""
    paragraph: list[str] = []
    heading = in_list = False
    for line in [*text.split("\n"), ""]:
        marks, rest = _marks(line, in_sentence=bool(paragraph) and not in_list)
        blank = not rest.strip() or _RULE.fullmatch(line) is not None
        if blank or marks or heading:
            if paragraph:
                yield "\n".join(paragraph)
            paragraph, heading = [], marks.startswith("#")
        if not blank:
            # A list goes on until something else begins at the margin.
            in_list = bool(marks) or (in_list and (bool(paragraph) or line.startswith((" ", "\t"))))
            paragraph.append(rest)


def _marks(line: str, *, in_sentence: bool) -> tuple[str, str]:
    marks = ""
    while mark := _MARK.match(line):
        # "It began in\n2004. By then ..." is no list: inside a sentence, a list can only begin with 1.
        if in_sentence and not marks and mark["number"] and int(mark["number"]) != 1:
            break
        marks, line = marks + mark[0].strip(), line[mark.end() :]
    return marks, line


def spoken(text: str, links: list[str]) -> str:
    """Return the words of a paragraph's Markdown that a reader gets, and add its links to `links`."""

    def resolve(span: re.Match[str]) -> str:
        match span.lastgroup:
            case "code":
                return span["code"]
            case "auto":
                address = span["auto"]
                links.append(address if ":" in address else f"mailto:{address}")
                return address
            case "url" | "angled":
                links.append(_INLINE.sub(_character, span[span.lastgroup]))
                return spoken(span["label"], links)
            case _:
                return _character(span)

    return _INLINE.sub(resolve, text)


def _character(span: re.Match[str]) -> str:
    if span["escaped"]:
        return span["escaped"]
    if span["entity"] and (span["entity"].startswith("&#") or span["entity"][1:] in html5):
        return unescape(span["entity"])
    return span[0]

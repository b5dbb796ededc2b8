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

_MOST_BRACKETS = 32
"""The most brackets in each other (CommonMark 0.31, 6.3: a program may have a limit, and this is the usual one)."""
_LABEL_SIGN = re.compile(
    r"\\.|(?P<ticks>`++)(?:.+?(?<!`)(?P=ticks)(?!`))?+|(?P<open>\[)|(?P<close>\])|[^\\`\[\]]++", re.DOTALL
)
_URL_SIGN = re.compile(r"\\[^ ]|(?P<open>\()|(?P<close>\))|[^\s()\\]++", re.ASCII)
_TARGET_START = re.compile(r"\(\s*+(?:<(?P<angled>(?:[^<>\n\\]|\\.)*+)>)?+", re.ASCII | re.DOTALL)
_TARGET_END = re.compile(r"\s*+\)", re.ASCII)
_CHARACTER = r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]+);)"
_IN_ADDRESS = re.compile(_CHARACTER, re.ASCII)
_INLINE = re.compile(
    rf"""
      (?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | (?<!\*)(?P<around>\*{{1,3}}+)(?P<starred>(?:\\\*)++)(?P=around)(?!\*)
    | {_CHARACTER}
    | <(?P<auto>[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*
        |[\w.!\#$%&'*+/=?^`{{|}}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)>
    | (?P<bracket>\[)
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

    pieces, end = list[str](), 0
    while span := _INLINE.search(text, end):
        pieces.append(text[end : span.start()])
        end = span.end()
        if span["bracket"] and (link := _link(text, span.start())):
            label, address, end = link
            links.append(_IN_ADDRESS.sub(_character, address))
            pieces.append(spoken(label, links, decodes=decodes))
        else:
            pieces.append(_resolved(span, links, decodes=decodes))
    return "".join([*pieces, text[end:]])


def _link(text: str, start: int) -> tuple[str, str, int] | None:
    """Return the words and the address of the link that begins with a bracket, and its end; None if none does."""
    label_end = _partner(text, start + 1, _LABEL_SIGN)
    target = _TARGET_START.match(text, label_end + 1) if text[label_end : label_end + 1] == "]" else None
    if target is None:
        return None
    begin = finish = target.end()
    if target["angled"] is None:
        finish = begin if text[begin : begin + 1] == "<" else _partner(text, begin, _URL_SIGN)
    if closing := _TARGET_END.match(text, finish):
        address = text[begin:finish] if target["angled"] is None else target["angled"]
        return text[start + 1 : label_end], address, closing.end()
    return None


def _partner(text: str, start: int, signs: re.Pattern[str]) -> int:
    """Return the index where the brackets after an index are balanced and something ends them; `start` if nowhere.

    Args:
        text: the text.
        start: the index after the opening bracket.
        signs: what is between the brackets, with the groups `open` and `close`.
    """
    level, at = 0, start
    while (sign := signs.match(text, at)) and not (sign["close"] and level == 0):
        level += bool(sign["open"]) - bool(sign["close"])
        if level > _MOST_BRACKETS:
            return start
        at = sign.end()
    return at if level == 0 else start


def _resolved(span: re.Match[str], links: list[str], *, decodes: bool) -> str:
    """Return the words of code, stars, an address or a character that `_INLINE` matched."""
    match span.lastgroup:
        case "code":
            return span["code"]
        case "starred":
            return span["starred"].replace("\\", "")
        case "auto":
            address = span["auto"]
            links.append(address if ":" in address else f"mailto:{address}")
            return address
        case "bracket":
            return span[0]
        case "entity" if not decodes:
            return span[0]
        case _:
            return _character(span)


def _character(span: re.Match[str]) -> str:
    if span["escaped"]:
        return span["escaped"]
    if span["entity"] and (span["entity"].startswith("&#") or span["entity"][1:] in html5):
        return unescape(span["entity"])
    return span[0]

"""Text: the plain-text alternative part, made from the reading view of the page.

The scheme follows the Text Email Newsletter (TEN) Standard, made with people who listen to their email:

- A heading starts with plus signs, as many as its level: "+ " for the title of the issue, "++ " for an
  article, "+++ " for a part of it. (TEN counts the other way round, which leaves no sign for parts of an
  article.) Searching for "++" walks from article to article. Two blank lines stand before an h2, one between
  all other blocks.
- Articles bear the numbers that the contents list gives them, and end with a line like "[Article 1 ends]".
- A paragraph is one line, however long: a mail program wraps it to its reader's width and letter size.
- An address stands alone on its line, beneath a line that says what it is, after the block it belongs to.
- A data table begins with "Table: " and its caption. Each row is a group of lines such as "Place: Leeds", and
  "[Table ends]" comes last. A term and its explanation share a line.
- Items start with "- " or their number, and inner lists are indented by two spaces. A quotation stands
  between "[Quote]" and "[Quote ends]", a picture is "[Image: what it shows]", a power is written 10^9.
- There are no rows of symbols, no signs of emphasis, and nothing of Markdown.
"""

import re

from html2text import HTML2Text
from lxml import etree

from newsletter.dom.tree import PHRASING, parse
from newsletter.edition import PlainText, Reading
from newsletter.stages.text.articles import mark_articles
from newsletter.stages.text.links import write_links
from newsletter.stages.text.paragraph import PARAGRAPHS, paragraph, squeeze, words_of
from newsletter.stages.text.tables import write_tables

_INLINE = (*PHRASING - {"br"}, "img")
_LISTS = {"list": "ul", "listitem": "li"}
_POWER = re.compile(r"[+\u2212-]?\d[\d.,]*[+\u2212-]?")
_RAISED = re.compile(r"(?<=\d)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_BREAK = re.compile("(?<=\\d\N{NO-BREAK SPACE})\N{ZERO WIDTH SPACE}(?=\\d)")  # see markdown.numbers
_PLAIN = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")

# html2text takes signs in the words for Markdown and puts backslashes before them, and any space for a plain
# one. So each sign, and each space that is not plain, travels through it as a private-use character, which no
# issue may contain. Whatever sign comes out is html2text's own.
_HIDDEN = {
    code: 0x100000 + code
    for code in range(0x3001)  # U+3000 is the last space in Unicode
    if chr(code) not in " \n" and (chr(code).isspace() or (code < 0xA0 and not chr(code).isalnum()))
}
_SHOWN = {hidden: code for code, hidden in _HIDDEN.items()}

# One for each list around a line: html2text indents items in its own way, and their further lines not at all.
_DEEPER = "\U0010f000"
_LINE_START = re.compile(rf"^ *(\*|-?\d+\.)? *(#*) *({_DEEPER}*)", re.MULTILINE)


def to_text(reading: Reading) -> PlainText:
    """Give the plain text of `reading`, in the order of the page: every word, number, address and alt of it.

    The same reading gives the same bytes, in time that grows with its size and no more. Line ends are LF.
    """
    body = parse(f"<body>{reading}</body>")
    _prepare_lists(body)
    _loosen_lines(body)
    _set_bare_words_apart(body)
    mark_articles(body)
    etree.strip_elements(body, "hr", with_tail=False)
    _say_images(body)
    _say_powers(body)
    write_links(body)
    etree.strip_tags(body, *_INLINE)
    write_tables(body)
    _say_quotations(body)
    _mark_depth(body)
    return _dressed(_converted(body))


def _prepare_lists(body: etree._Element) -> None:
    """What is a list by its role is a list."""
    for element in body.iter("div"):
        element.tag = _LISTS.get(element.get("role", ""), "div")


def _loosen_lines(body: etree._Element) -> None:
    """Where lines of a paragraph are taken together, their words shall not touch."""
    for line_break in body.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")


def _set_bare_words_apart(body: etree._Element) -> None:
    """Put the bare words of an item, a cell or a term in a `line`, so that all words stand in a paragraph."""
    for holder in list(body.iter("li", "td", "th", "dt", "dd", "caption")):
        line = etree.Element("line")
        line.text, holder.text = holder.text, None
        for child in list(holder):
            if child.tag not in (*_INLINE, "br"):
                break
            line.append(child)
        if len(line) or squeeze(line.text):
            holder.insert(0, line)
        elif len(holder) and holder[0].tag == "p":
            holder[0].tag = "line"


def _say_images(body: etree._Element) -> None:
    for image in body.iter("img"):
        alt = squeeze(image.get("alt"))
        image.text = f" [Image: {alt}] " if alt else " [Image] "


def _say_powers(body: etree._Element) -> None:
    """Without a sign, the platelets in 10<sup>9</sup> would be 109. The "st" of 1st needs none.

    A 10⁹ is written in the same way, 10^9: a braille display may have no dots for a raised 9.
    """
    for power in body.iter("sup"):
        if _POWER.fullmatch(words_of(power)):
            power.text = "^" + (power.text or "")
    for element in body.iter(etree.Element):
        element.text = _spelt(element.text)
        element.tail = _spelt(element.tail)


def _spelt(text: str | None) -> str | None:
    # Where a long number may be broken is for the page to know; here nothing is broken.
    whole = text and _BREAK.sub("", text)
    return whole and _RAISED.sub(lambda raised: "^" + raised[0].translate(_PLAIN), whole)


def _say_quotations(body: etree._Element) -> None:
    for quotation in list(body.iter("blockquote")):
        quotation.tag = "div"
        quotation.insert(0, paragraph("[Quote]"))
        quotation.append(paragraph("[Quote ends]"))


def _mark_depth(body: etree._Element) -> None:
    for block in body.iter(*PARAGRAPHS, "li"):
        depth = sum(1 for _ in block.iterancestors("li")) + (block.tag == "li")
        if block.tag != "li":
            block.text = _DEEPER * depth + (block.text or "")
            for line_break in block:
                line_break.tail = _DEEPER * depth + squeeze(line_break.tail)
        elif not len(block) or block[0].tag in ("ul", "ol"):
            block.text = _DEEPER * depth


def _converted(body: etree._Element) -> str:
    for element in body.iter():
        for place in ("text", "tail"):
            setattr(element, place, (getattr(element, place) or "").translate(_HIDDEN))
    converter = HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    return converter.handle(etree.tostring(body, encoding="unicode", method="html"))


def _dressed(markdown: str) -> PlainText:
    """Put our signs in the place of html2text's, set the blank lines, and show what was hidden from it."""
    text = _LINE_START.sub(_line_start, markdown)
    text = re.sub(r" +$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"\n\n(?=\+\+ )", "\n\n\n", text)
    return PlainText(text.translate(_SHOWN).strip("\n") + "\n")


def _line_start(match: re.Match[str]) -> str:
    item, level, depth = match[1] or "", len(match[2]), len(match[3])
    indent = "  " * (depth - 1 if item else depth)
    return indent + (item.replace("*", "-") + " " if item else "") + ("+" * level + " " if level else "")

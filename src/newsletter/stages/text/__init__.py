"""Write the plain-text part from the page in reading order.

The format follows the Text Email Newsletter (TEN) Standard, which was written with people who listen to their email:

- A heading starts with as many plus signs as its level: "+ " for the title of the issue, "++ " for an article, "+++ "
  for a part of it. (TEN counts in the other direction, which leaves nothing for the parts of an article.) A search for
  "++" goes from article to article. There are two blank lines before an h2 or the label above it, and one between all
  other blocks.
- Articles have the numbers of the contents list, and end with a line such as "[Article 1 ends]". These marks are in the
  language of the issue.
- A paragraph is one line of any length: a mail app wraps it to the width of its window.
- An address is alone on its line, after the block that it belongs to, and below a line that says what it is.
- A data table begins with "Table: " and its caption, and ends with "[Table ends]". Each row is a group of lines such as
  "Place: Leeds". A term and its explanation share a line.
- Items start with "- " or their number, and inner lists are indented by two spaces. A quotation is between "[Quote]"
  and "[Quote ends]", a picture is "[Image: its description]", and a power is 10^9.
- A number with signs, such as +44, is between U+2066 and U+2069 among words that run from right to left.
- There are no rows of symbols, no signs of emphasis and no Markdown.
"""

import re

from html2text import HTML2Text
from lxml import etree

from newsletter.characters import RAISED_POWER, RAISED_TO_PLAIN
from newsletter.dom.tree import PHRASING, parse_html
from newsletter.edition import PlainText, Reading, TextMarks
from newsletter.stages.left_to_right import isolate_numbers
from newsletter.stages.text.articles import mark_articles
from newsletter.stages.text.links import write_links
from newsletter.stages.text.lists import mark_depth, prepare_lists, write_indents
from newsletter.stages.text.paragraph import LABEL_START, element_words, paragraph, squeeze
from newsletter.stages.text.tables import write_tables

_INLINE = (*PHRASING - {"br"}, "img")
_POWER = re.compile(r"[+\u2212-]?\d[\d.,]*[+\u2212-]?")
_BREAK = re.compile("(?<=\\d\N{NO-BREAK SPACE})\N{ZERO WIDTH SPACE}(?=\\d)")  # see markdown.numbers

# html2text escapes signs in the words, as if they were Markdown, and turns any space into a plain one. So before it,
# each sign and each other space is replaced by a private-use character, which no issue can contain. Any sign in its
# output is its own.
_HIDDEN = {
    code: 0x100000 + code
    for code in range(0x3001)  # U+3000 is the last space in Unicode
    if chr(code) not in " \n" and (chr(code).isspace() or (code < 0xA0 and not chr(code).isalnum()))
}
_UNHIDDEN = {hidden: code for code, hidden in _HIDDEN.items()}


def to_text(reading: Reading, marks: TextMarks) -> PlainText:
    """Return the plain text of `reading` in the same order, with each of its words, numbers, addresses and alts.

    `marks` are the words that it adds. Lines end with LF. The same reading gives the same bytes, in linear time.
    """
    body = parse_html(f"<body>{reading}</body>")
    prepare_lists(body)
    _loosen_lines(body)
    _wrap_bare_words(body)
    mark_articles(body, marks)
    etree.strip_elements(body, "hr", with_tail=False)
    _write_images(body, marks)
    _write_powers(body)
    isolate_numbers(body)  # a page has done so, but not in descriptions of images and powers
    _write_isolates(body)
    write_links(body)
    etree.strip_tags(body, *_INLINE)
    write_tables(body, marks)
    _write_quotations(body, marks)
    mark_depth(body)
    return _formatted(_converted(body))


def _loosen_lines(body: etree._Element) -> None:
    """Write a newline after each line break, so that words do not touch if lines are joined."""
    for line_break in body.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")


def _wrap_bare_words(body: etree._Element) -> None:
    """Wrap the bare words of an item, a cell or a term in a `line`, so that all words are in a paragraph."""
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


def _write_images(body: etree._Element, marks: TextMarks) -> None:
    for image in body.iter("img"):
        alt = squeeze(image.get("alt"))
        image.text = f" [{marks.image}: {alt}] " if alt else f" [{marks.image}] "


def _write_powers(body: etree._Element) -> None:
    """Write ^ before powers: without it, 10<sup>9</sup> would be 109. The "st" of 1st needs none.

    10⁹ becomes 10^9, too: a braille display may have no dots for a raised 9.
    """
    for power in body.iter("sup"):
        if _POWER.fullmatch(element_words(power)):
            power.text = "^" + (power.text or "")
    for element in body.iter(etree.Element):
        element.text = _plain_powers(element.text)
        element.tail = _plain_powers(element.tail)


def _plain_powers(text: str | None) -> str | None:
    # Only a page needs the places where a long number may be broken.
    whole = text and _BREAK.sub("", text)
    return whole and RAISED_POWER.sub(lambda power: "^" + power[0].translate(RAISED_TO_PLAIN), whole)


def _write_isolates(body: etree._Element) -> None:
    """Write Unicode's isolates around numbers that run from left to right among words from right to left."""
    for number in body.iter("span"):
        if number.get("dir") == "ltr" and "lang" not in number.attrib:  # else it is a phrase in another language
            number.text = "\N{LEFT-TO-RIGHT ISOLATE}" + (number.text or "")
            number.tail = "\N{POP DIRECTIONAL ISOLATE}" + (number.tail or "")


def _write_quotations(body: etree._Element, marks: TextMarks) -> None:
    for quotation in list(body.iter("blockquote")):
        quotation.tag = "div"
        quotation.insert(0, paragraph(f"[{marks.quote}]"))
        quotation.append(paragraph(f"[{marks.quote_ends}]"))


def _converted(body: etree._Element) -> str:
    for element in body.iter():
        for place in ("text", "tail"):
            setattr(element, place, (getattr(element, place) or "").translate(_HIDDEN))
    converter = HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    return converter.handle(etree.tostring(body, encoding="unicode", method="html"))


def _formatted(markdown: str) -> PlainText:
    """Replace html2text's signs by ours, set the blank lines, and bring back the hidden characters."""
    text = write_indents(markdown)
    text = re.sub(r"(?<! ) +$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"\n\n(?=\+\+ )", "\n\n\n", text)
    text = re.sub(rf"\n\n{LABEL_START}(.+(?:\n.+)*+)\n\n\n", r"\n\n\n\1\n\n", text)
    return PlainText(text.translate(_UNHIDDEN).strip("\n") + "\n")

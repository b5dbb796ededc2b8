"""Write each address alone on its line, below a line that says what it is."""

import unicodedata
from urllib.parse import unquote

from lxml import etree

from newsletter.stages.text.paragraph import (
    LABEL_START,
    PARAGRAPHS,
    add_lines,
    element_words,
    paragraph,
    squeeze,
    with_colon,
)

_MIN_NATIONAL = 6  # digits: a shorter number may be the end of another one


def write_links(root: etree._Element) -> None:
    """Keep the words of each link where they are, and write its address after their block.

    If a paragraph is one link, its address comes directly below. A link within the page keeps only its words, and so
    does one whose words are the address, the mailbox or the telephone number.
    """
    for block in list(root.iter(*PARAGRAPHS)):
        links = list(block.iter("a"))
        for link in links:
            if not element_words(link):
                link.text = squeeze(link.get("aria-label")) or link.get("href")
        addresses = dict.fromkeys((element_words(link), link.get("href", "")) for link in links if _needs_line(link))
        label = LABEL_START if (block.text or "").startswith(LABEL_START) else ""
        if len(links) == 1 and addresses and element_words(block) == label + element_words(links[0]):
            ((words, address),) = addresses
            _empty(block)
            block.text = label + with_colon(words)
            add_lines(block, address)
        elif block.tag == "line" or label:  # nothing comes between a label and its heading
            for words, address in addresses:
                add_lines(block, with_colon(words), address)
        else:
            for words, address in reversed(addresses):
                block.addnext(paragraph(with_colon(words), address))


def _needs_line(link: etree._Element) -> bool:
    address, words = link.get("href", ""), element_words(link)
    kind, _, rest = address.partition(":")
    if kind == "mailto":
        person = unquote(rest.partition("?")[0]).casefold()
        return not person or person not in words.casefold()
    if kind in ("tel", "sms"):
        return not _is_shown(_digits(rest.partition("?")[0]), words)
    return address not in ("", words) and not address.startswith("#")


def _empty(block: etree._Element) -> None:
    for child in list(block):
        block.remove(child)


def _is_shown(number: str, words: str) -> bool:
    """Check whether words are a telephone number: 020 7946 0000 and +44 (0)20 7946 0000 are +442079460000."""
    if number == _digits(words):
        return True
    # A line that says only a number would not say what the address below it is.
    national = _digits(words.replace("(0)", "")).lstrip("0")
    is_alone = not any(map(str.isalpha, words))
    return is_alone and len(national) >= _MIN_NATIONAL and number.endswith(national)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())

"""Write each address alone on its line, below a line that says what it is."""

from urllib.parse import unquote

from lxml import etree

from newsletter.stages.text.paragraph import PARAGRAPHS, add_lines, paragraph, squeeze, with_colon, words_of


def write_links(root: etree._Element) -> None:
    """Keep the words of each link where they are, and write its address after their block.

    If a paragraph is one link, its address comes directly below. A link within the page keeps only its words, and so
    does one whose words are the address, the mailbox or the telephone number.
    """
    for block in list(root.iter(*PARAGRAPHS)):
        links = list(block.iter("a"))
        for link in links:
            if not words_of(link):
                link.text = squeeze(link.get("aria-label")) or link.get("href")
        addresses = dict.fromkeys((words_of(link), link.get("href", "")) for link in links if _needs_line(link))
        if len(links) == 1 and addresses and words_of(block) == words_of(links[0]):
            ((words, address),) = addresses
            _empty(block)
            block.text = with_colon(words)
            add_lines(block, address)
        elif block.tag == "line":
            for words, address in addresses:
                add_lines(block, with_colon(words), address)
        else:
            for words, address in reversed(addresses):
                block.addnext(paragraph(with_colon(words), address))


def _needs_line(link: etree._Element) -> bool:
    address, words = link.get("href", ""), words_of(link)
    kind, _, rest = address.partition(":")
    if kind == "mailto":
        person = unquote(rest.partition("?")[0]).casefold()
        return not person or person not in words.casefold()
    if kind in ("tel", "sms"):
        return _digits(rest) != _digits(words)
    return address not in ("", words) and not address.startswith("#")


def _empty(block: etree._Element) -> None:
    for child in list(block):
        block.remove(child)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())

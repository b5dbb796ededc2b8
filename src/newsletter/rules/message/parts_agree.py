"""The plain text says everything that the page says, in the same order.

People who read the plain text must get every name, number and date. If a caption or a table row is missing, they never
learn that it exists.

Bad:
    page: "Phone 0808 157 0100, Monday to Friday"; text: "Phone 0808 157 0100"

Good:
    page: "Phone 0808 157 0100, Monday to Friday"; text: "Phone 0808 157 0100, Monday to Friday"

RFC 2046, 5.1.4: each part is another version of the same information. WCAG 2.2, conforming alternate version and 1.3.2
Meaningful Sequence (A): it says all of it, in an order that makes sense. The rule compares the words of headings,
paragraphs, items, cells and alts with the plain text.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from newsletter.characters import RAISED_POWER, quoted
from newsletter.check.message import ParsedMessage
from newsletter.check.rule import Finding
from newsletter.dom.tree import PHRASING
from newsletter.rules.message._page_words import reading_tree

SEVERITY = "error"
OPTIONS = {"least_percent": 100.0, "most_reported": 5}
STRICTER_WHEN_HIGHER = ("least_percent",)

_WORD = re.compile(r"\w+")
_POWER = re.compile(r"\s*[+\u2212-]?\d[\d.,]*[+\u2212-]?\s*")


@dataclass
class _Piece:
    """Words that belong together on the page: a paragraph, an item, a cell or an alt."""

    table: etree._Element | None
    text: str
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = _words(self.text)


def check(message: ParsedMessage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Search the plain text for each piece of the page, after the piece before it."""
    if not message.text.strip():
        return  # the rule `text-part` reports it
    pieces = list(_pieces(reading_tree(message)))
    missing = list(_missing(pieces, _words(message.text)))
    total = sum(len(piece.words) for piece in pieces) or 1
    share = 100 - 100 * sum(len(piece.words) for piece, _ in missing) / total
    if share >= options["least_percent"]:
        return
    percent = f"This one has {int(share * 10) / 10} % of the page's words in their place."
    hint = f"Send the plain text that `newsletter render` wrote for this page. {percent}"
    for piece, is_elsewhere in missing[: options["most_reported"]]:
        words = " ".join(piece.text.split())
        how = f"says {quoted(words)} in another place" if is_elsewhere else f"does not say {quoted(words)}"
        yield Finding(message.element_with(words), f"The plain text {how}.", hint)


def _missing(pieces: list[_Piece], text: list[str]) -> Iterator[tuple[_Piece, bool]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(text):
        places[word].append(place)

    def find(words: list[str], start: int) -> int:
        known = places.get(words[0], [])
        ends = (at + len(words) for at in known[bisect_left(known, start) :])
        return next((end for end in ends if text[end - len(words) : end] == words), -1)

    position = table_start = 0
    table = None
    for piece in pieces:
        if piece.table is not table:
            table, table_start = piece.table, position
        # The plain text repeats a table's column names in each row, so each cell is searched from the table's start.
        end = find(piece.words, position if table is None else table_start)
        if end < 0:
            yield piece, find(piece.words, 0) >= 0
        position = max(position, end)


def _pieces(body: etree._Element) -> Iterator[_Piece]:
    table: etree._Element | None = None
    texts: list[str] = []

    def flush() -> Iterator[_Piece]:
        text = "".join(texts)
        texts.clear()
        if text.strip() and (piece := _Piece(table, text)).words:
            yield piece

    for event, element in etree.iterwalk(body, events=("start", "end")):
        begins, is_inline = event == "start", element.tag in PHRASING
        if not is_inline:
            yield from flush()
        if element.tag == "table":
            table = element if begins else None
        if begins and element.tag == "img" and _words(alt := element.get("alt", "")):
            yield _Piece(table, alt)
        if begins and element.tag == "sup" and _POWER.fullmatch(element.text or ""):
            texts.append("^")
        if element.tag == "br":
            texts.append(" ")
        texts.append((element.text if begins else element.tail) or "")
    yield from flush()


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = _plain(text)
    return _WORD.findall(text.casefold())


def _plain(text: str) -> str:
    text = RAISED_POWER.sub(lambda raised: f"^{unicodedata.normalize('NFKC', raised[0])}", text)
    return unicodedata.normalize("NFC", text)

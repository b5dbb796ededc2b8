"""Read the outputs of the pipeline: the words and links of the page, of the text part and of the message.

The numbers that a browser writes before the items of a list are words.

Only the standard library is used. HTML is parsed by `html.parser` and not by lxml, which the pipeline uses. A page of
500 articles (1.6 MB) takes 0.07 seconds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader, HeaderRegistry
from email.message import EmailMessage
from functools import cached_property, lru_cache
from html.parser import HTMLParser
from itertools import count
from urllib.parse import unquote

from newsletter.verify.expected import Piece, Stream
from newsletter.verify.tokens import address_of, words_of

# Elements that can be inside a word. Every other element begins a new word.
_INSIDE_WORDS = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q"]
) | frozenset(["s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"])
_NOT_READ = frozenset(["script", "style", "title"])
_ADDRESS = re.compile(r'(?:https?://|mailto:|tel:|sms:)[^\s<>"]+', re.IGNORECASE)

# Python parses a header again each time it is read, and reads the type of each part five times.
PARSER_POLICY = policy.default.clone(header_factory=lru_cache(maxsize=100)(HeaderRegistry()))
"""How a message is parsed: with decoded headers, and equal headers once."""

_NATIONAL = 6
"""The number of digits at the end of a phone number that have no country code and no area code before them."""

_QUOTED_NAME = re.compile(r'"((?:[^"\\]|\\.)*+)"')


@dataclass(frozen=True)
class Output:
    """One output for readers: its name in a sentence, its words, links and title by stream, and its text."""

    name: str
    by_stream: Mapping[Stream, list[str]]
    text: str
    is_plain: bool = False

    def says(self, piece: Piece) -> bool:
        """Check whether the address of a missing link is among the words, if that is enough for readers."""
        address = piece.scalar.text.strip() if piece.scalar.key == "url" else piece.tokens[0]
        scheme, _, rest = address.partition(":")
        match scheme.lower():
            case "mailto" if self.is_plain:
                return unquote(rest.partition("?")[0]).casefold() in self.text.casefold()
            case "tel" | "sms" if self.is_plain:
                return self._says_number(re.split("[;?]", rest)[0])
            case _:
                # The value of any key but `url` may be shown as words instead of a link.
                return (
                    piece.scalar.text.strip() == piece.tokens[0] and piece.scalar.key != "url" and address in self.text
                )

    def _says_number(self, number: str) -> bool:
        """Check for the end of a number: +44 20 7946 0000 is also shown as 020 7946 0000, without its country code."""
        digits = _decimals(re.sub(r"\D", "", number))
        is_whole = "" if len(digits) > _NATIONAL else r"(?<!\d)"
        # There can be a bracket, a dash and signs of direction between two digits.
        pattern = is_whole + r"\W{0,4}".join(digits[-_NATIONAL:]) + r"(?!\d)"
        return re.search(pattern, self._text_in_decimals) is not None

    @cached_property
    def _text_in_decimals(self) -> str:
        return _decimals(self.text)


def read_page(page: str, name: str = "the page") -> Output:
    """Read an HTML document: its words with the descriptions of its images, its links and its title."""
    reader = _PageReader()
    reader.feed(page)
    reader.close()
    text = "".join(reader.body)
    words = words_of(text)
    links = [address_of(link) for link in reader.links]
    return Output(
        name,
        {"words": words, "links": links, "title": words_of("".join(reader.title))},
        text,
    )


def read_plain_text(text: str, name: str = "the plain-text part") -> Output:
    """Read plain text: its words, and the addresses among them. It has no title."""
    return Output(
        name,
        {"words": words_of(text), "links": [*map(address_of, _ADDRESS.findall(text))]},
        text,
        is_plain=True,
    )


@dataclass(frozen=True)
class ReceivedMessage:
    """A message as a mail app reads it; a part that it does not have is None."""

    subject: str
    headers: Mapping[str, str]
    """Headers by name. Those with addresses hold each name and address, decoded, with a space between."""
    text: str | None
    page: str | None


def read_message(eml: bytes) -> ReceivedMessage:
    """Read a message from the bytes of an email file."""
    message = message_from_bytes(eml, policy=PARSER_POLICY)
    headers = {name: _header(message, name) for name in set(message.keys())}
    return ReceivedMessage(str(message["Subject"] or ""), headers, _body(message, "plain"), _body(message, "html"))


def _header(message: EmailMessage, name: str) -> str:
    header = message[name]
    if isinstance(header, AddressHeader):
        return " ".join(f"{address.display_name} {address.addr_spec}" for address in header.addresses)
    if name == "List-Id" and (quoted := _QUOTED_NAME.match(str(header))):  # for Python, only words
        list_name = re.sub(r"\\(.)", r"\1", quoted[1])
        return f"{list_name} {str(header)[quoted.end() :]}"
    return str(header)


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return None if part is None else str(part.get_content())


def _decimals(text: str) -> str:
    """Return a text with the digits 0 to 9 for those of other scripts, such as ٠."""
    return text if text.isascii() else re.sub(r"\d", lambda digit: str(int(digit[0])), text)


class _PageReader(HTMLParser):
    """Collect the text that a screen reader reads, in order. Comments are skipped, also those for Outlook."""

    def __init__(self) -> None:
        super().__init__()
        self.body: list[str] = []
        self.title: list[str] = []
        self.links: list[str] = []
        self._inside = ""
        self._raised = False
        self._lists: list[Iterator[int] | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INSIDE_WORDS:
            self.body.append(" ")
        if tag in _NOT_READ:
            self._inside = tag
        elif tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
        elif tag == "img":
            self.body += [f" {value} " for name, value in attrs if name == "alt" and value]
        elif tag == "sup":
            self._raised = True
        elif tag in ("ol", "ul"):
            self._lists.append(count(_first_number(dict(attrs).get("start"))) if tag == "ol" else None)
        elif tag == "li" and self._lists and (numbers := self._lists[-1]):
            self.body.append(f"{next(numbers)}. ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INSIDE_WORDS:
            self.body.append(" ")
        if tag == self._inside:
            self._inside = ""
        elif tag == "sup":
            self._raised = False
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        if self._inside:
            if self._inside == "title":
                self.title.append(data)
            return
        # A power must not look like more digits of the number before it.
        self.body.append("^" + data.strip() if self._raised and re.fullmatch(r"\s*[-+−]?\d+\s*", data) else data)


def _first_number(start: str | None) -> int:
    """Return the number of the first item of a list from its `start`; 1 if that is no number."""
    return int(start) if start and re.fullmatch(r"-?[0-9]{1,9}", start) else 1

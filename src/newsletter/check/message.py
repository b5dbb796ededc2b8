"""The finished message, parsed as a mail app parses it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from functools import cached_property
from operator import itemgetter

from lxml import etree

from newsletter.check.page import ParsedPage
from newsletter.check.rule import HasLocation, Located
from newsletter.dom.tree import parse_html
from newsletter.edition import Edition
from newsletter.issue.field_lengths import longer_bytes
from newsletter.problems import Location
from newsletter.verify.received import PARSER_POLICY

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def html_kb(edition: Edition) -> float:
    """Return the size of the HTML of an edition's message in KB (1,000 bytes), with the longest words of fields."""
    line_ends = edition.inlined.count("\n")  # of two bytes each in a message
    longer = longer_bytes(edition.issue.file.root, edition.brand.fields)
    return (len(edition.inlined.encode()) + line_ends + longer) / 1000


@dataclass(frozen=True)
class ParsedMessage:
    """The .eml file."""

    edition: Edition
    page: ParsedPage
    """The page in the message, for a rule that needs the location of a finding."""

    @property
    def data(self) -> bytes:
        """The message as it is sent."""
        return self.edition.message

    @property
    def whole_message(self) -> Located:
        """The location of a finding about the whole message: the issue's file."""
        return Located(Location(self.edition.issue.file.name))

    def link_locations(self, address: str) -> list[HasLocation]:
        """Return the locations of a link by its address: in the issue, else in templates, else the whole message."""
        in_issue: list[HasLocation] = [
            Located(link.address_location, link.path) for link in self.page.issue.links if link.url == address
        ]
        return in_issue or [node for node in self.page.find("a") if node.get("href") == address] or [self.whole_message]

    def element_with(self, words: str) -> HasLocation:
        """Return the innermost element of the page with these words in its text or its alt, else the whole message."""
        wanted = _letters_and_digits(words)
        visible = (node for node in self.page.nodes if not node.is_hidden)
        texts = ((_letters_and_digits(node.get("alt") or node.all_text), node) for node in visible)
        matches = [(len(text), node) for text, node in texts if wanted and wanted in text]
        return min(reversed(matches), key=itemgetter(0))[1] if matches else self.whole_message

    def picture_element(self, source: str) -> HasLocation:
        """Return the first element of the page that shows a picture, else the whole message."""
        return next((node for node in self.page.find("img") if node.get("src").strip() == source), self.whole_message)

    @cached_property
    def message(self) -> EmailMessage:
        """The parsed message, with decoded headers: `view.message["Subject"]`."""
        parsed = email.message_from_bytes(self.data, policy=PARSER_POLICY)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @cached_property
    def raw_headers(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the headers as they are sent, with folded lines and encoded words."""
        head = _BLANK_LINE.split(self.data, maxsplit=1)[
            0
        ]  # without the body, because the parser would read the pictures too
        raw = BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)
        return tuple((name, str(value)) for name, value in raw.items())

    @cached_property
    def parts(self) -> tuple[Message, ...]:
        """The parts, the message itself first."""
        return tuple(self.message.walk())

    @cached_property
    def html(self) -> str:
        """The HTML part, decoded; empty if there is none."""
        return self._text("text/html")

    @cached_property
    def tree(self) -> etree._Element | None:
        """The HTML part as a tree, which must not be changed; None if the part is empty."""
        if self.html.replace("\r\n", "\n") == self.edition.inlined:
            return self.page.tree
        return parse_html(self.html) if self.html.strip() else None

    @cached_property
    def text(self) -> str:
        """The plain-text part, decoded; empty if there is none."""
        return self._text("text/plain")

    @property
    def html_bytes(self) -> int:
        """The size of the decoded HTML part in bytes, which Gmail limits."""
        return len(self.html.encode())

    def _text(self, kind: str) -> str:
        part = next((part for part in self.parts if part.get_content_type() == kind), None)
        payload = part.get_payload(decode=True) if part is not None else b""
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _letters_and_digits(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))

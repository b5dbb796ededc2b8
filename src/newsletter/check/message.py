"""The finished message as a mail client opens it."""

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

from newsletter.check.page import PageSubject
from newsletter.check.rule import HasLocation, Located
from newsletter.dom.tree import parse
from newsletter.edition import Edition
from newsletter.problems import Location

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class MessageSubject:
    """The .eml file."""

    edition: Edition
    page: PageSubject
    """The page that it was made from, for a rule that has found something, and asks where it comes from."""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.edition.message

    @property
    def whole(self) -> Located:
        """Points a finding at the message as a whole: the issue's file."""
        return Located(Location(self.edition.issue.file.name))

    def linked(self, address: str) -> list[HasLocation]:
        """Give where an address that the message names was written: in the issue, else in templates, else anywhere."""
        written: list[HasLocation] = [
            Located(link.address_location, link.path) for link in self.page.issue.links if link.url == address
        ]
        return written or [node for node in self.page.find("a") if node.get("href") == address] or [self.whole]

    def saying(self, words: str) -> HasLocation:
        """Give the innermost element of the page that says these words, or shows them as an alt; or else the whole."""
        wanted = _letters(words)
        said = ((_letters(node.get("alt") or node.all_text), node) for node in self.page.nodes if not node.is_hidden)
        found = [(len(letters), node) for letters, node in said if wanted and wanted in letters]
        return min(reversed(found), key=itemgetter(0))[1] if found else self.whole

    def pictured(self, source: str) -> HasLocation:
        """Give the first element of the page that shows a picture; the whole message if none does."""
        return next((node for node in self.page.find("img") if node.get("src").strip() == source), self.whole)

    @cached_property
    def message(self) -> EmailMessage:
        """Parsed, with headers decoded: `view.message["Subject"]`."""
        parsed = email.message_from_bytes(self.data, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @cached_property
    def raw_headers(self) -> tuple[tuple[str, str], ...]:
        """Names and values as they are sent, folds and encoded words included."""
        head = _BLANK_LINE.split(self.data, maxsplit=1)[0]  # the parser would go through the pictures, too
        raw = BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)
        return tuple((name, str(value)) for name, value in raw.items())

    @cached_property
    def parts(self) -> tuple[Message, ...]:
        """Every part, the message itself first."""
        return tuple(self.message.walk())

    @cached_property
    def html(self) -> str:
        """The HTML part, decoded; empty when there is none."""
        return self._text("text/html")

    @cached_property
    def tree(self) -> etree._Element | None:
        """The HTML part as a tree, which nobody may change; None when there are no words in it."""
        if self.html.replace("\r\n", "\n") == self.edition.inlined:
            return self.page.tree
        return parse(self.html) if self.html.strip() else None

    @cached_property
    def text(self) -> str:
        """The plain-text part, decoded; empty when there is none."""
        return self._text("text/plain")

    @property
    def html_bytes(self) -> int:
        """How many bytes the HTML part has when it is decoded: what Gmail counts."""
        return len(self.html.encode())

    def _text(self, kind: str) -> str:
        part = next((part for part in self.parts if part.get_content_type() == kind), None)
        payload = part.get_payload(decode=True) if part is not None else b""
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))

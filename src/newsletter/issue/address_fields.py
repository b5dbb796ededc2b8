"""The kinds of value that lead to somebody: telephone numbers, addresses of links, and addresses of email."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Self

from newsletter.characters import quoted
from newsletter.issue.fields import FieldText, invalid_value
from newsletter.issue.links import address_problem, phone_url, repaired_address, with_ascii_host
from newsletter.issue.text_fields import Text

ADDR_SPEC = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+"
"""A regular expression of an email address of any length, with `re.ASCII`."""

# An address as `EmailAddress` accepts it. The lengths are those of RFC 5321, section 4.5.3.1.
_EMAIL = re.compile(rf"(?=[^@]{{1,64}}@.{{1,189}}\Z){ADDR_SPEC}", re.ASCII)
_OTHER_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
_BETWEEN_ADDRESSES = re.compile(r"(?:[\s,;<>()]|mailto:)+")


class PhoneNumber(Text):
    """A phone number as people write it. A page links it."""

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept one number that a phone can dial.

        Raises:
            PydanticCustomError: for any other text.
        """
        number = super().check(text)
        if phone_url(number) is None:
            each = re.search(r"[+(]?\d(?:[\d\s().-]*\d)?", number)
            whole = each is not None and phone_url(each[0])
            hint = f"Write one number alone, such as {each[0] if each and whole else '01632 960 144'}."
            if each and whole and re.search(r"\d", number[each.end() :]):
                hint += " A second one can be in “hours”, or in a text."
            raise invalid_value(f"{quoted(number)} is not one phone number, so it cannot be a link.", hint)
        return number


class Url(FieldText):
    """The address of a link: https, http, mailto, tel or sms. An international host name is in its IDNA form."""

    json_schema = {"pattern": "^(https?|mailto|tel|sms):"}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept the addresses that `links` allows.

        Raises:
            PydanticCustomError: for any other text, with a fix if only one address can be meant.
        """
        if problem := address_problem(text):
            raise invalid_value(*problem, instead=repaired_address(text))
        return cls(with_ascii_host(text))


class IssueUrl(Url):
    """The address of an issue's own page. In it, {slug} is the name of the issue's file, and {date} its day."""

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept an address that `Url` accepts once it is filled.

        Raises:
            PydanticCustomError: if it has another placeholder, or as `Url.check` does.
        """
        if unknown := re.search(r"\{(?!(?:slug|date|token|address)\})[^{}]*\}?", text):
            hint = "Write {slug}, {date}, or for each reader {token} or {address}."
            raise invalid_value(f"“{unknown[0]}” cannot be filled in here.", hint)
        Url.check(cls._fill(text, "a", datetime.date.max))
        return cls(text)

    def for_issue(self, slug: str, date: datetime.date) -> Url:
        """Return the address of one issue."""
        return Url.check(self._fill(self, slug, date))

    @staticmethod
    def _fill(text: str, slug: str, date: datetime.date) -> str:
        return text.replace("{slug}", slug).replace("{date}", date.isoformat())


class SecureUrl(Url):
    """An https address in ASCII, short enough for a line of a message's header (RFC 5322, section 2.1.1)."""

    json_schema = {"pattern": "^https:"}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept the https addresses that `Url` accepts.

        Raises:
            PydanticCustomError: for any other text.
        """
        url = super().check(text)
        if not re.fullmatch(r"https://[!#-;=?-~]{1,800}", url, re.I):
            hint = "Copy the whole address from the browser's address bar. It begins with https://."
            raise invalid_value(f"{quoted(text)} is not a secure web address.", hint)
        return cls(re.sub("^https", "https", url, flags=re.I))


class EmailAddress(FieldText):
    """An email address in ASCII: not every server accepts others (RFC 6531 is an extension)."""

    json_schema = {"pattern": "^[^@ ]+@[^@ ]+$"}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept a dot-atom local part and a domain name (RFC 5322, section 3.4.1).

        Raises:
            PydanticCustomError: for any other text.
        """
        if not _EMAIL.fullmatch(text):
            first = next(filter(_EMAIL.fullmatch, _BETWEEN_ADDRESSES.split(text)), None)
            hint = f"Write one address alone, such as {first}." if first else "Write it as name@example.org."
            in_ascii = _with_ascii_server(unicodedata.normalize("NFC", text))
            if not first and _EMAIL.fullmatch(in_ascii):
                hint = f"Write the name of its server in ASCII: {in_ascii}."
            name, at, server = in_ascii.partition("@")
            other = _OTHER_LETTER.search(name)
            if other and _EMAIL.fullmatch(f"{_OTHER_LETTER.sub('a', name)}{at}{server}"):
                message = f"{quoted(text)} has “{other[0]}” before the @, where only letters from a to z are supported."
                raise invalid_value(message, "Write another address: RFC 6531 is not supported.")
            raise invalid_value(f"{quoted(text)} is not an email address.", hint)
        return cls(text)


class DisplayedEmailAddress(EmailAddress):
    """An email address that readers see and can write to. The name of its server can be an international one."""

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept what `EmailAddress` accepts once the name of its server is in its IDNA form."""
        address_with_ascii_server(text)
        return cls(text)


def address_with_ascii_server(text: str) -> EmailAddress:
    """Return an email address with the name of its server in its IDNA form.

    Raises:
        PydanticCustomError: if it is none, with the text as somebody typed it.
    """
    in_ascii = _with_ascii_server(text)
    return EmailAddress.check(in_ascii if _EMAIL.fullmatch(in_ascii) else text)


def _with_ascii_server(text: str) -> str:
    return with_ascii_host(f"mailto:{text}").removeprefix("mailto:")


class ListId(FieldText):
    """The name by which mail apps know a mailing list (RFC 2919)."""

    json_schema = {"pattern": r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", "description": "RFC 2919."}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept a text that looks like the name of a website.

        Raises:
            PydanticCustomError: for any other text.
        """
        if not re.fullmatch(r"(?=.{1,150}\Z)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):
            raise invalid_value(f"{quoted(text)} is not a list id.", "Write it like a website: neuro-news.example.org.")
        return cls(text)

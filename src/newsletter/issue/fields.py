"""The kinds of value that an editor can write, each of which knows how it is checked and how it prints itself.

Every one is made from the string in the YAML file (see `yaml_nodes`). A value that is words has `__html__`, so that
a template writes `{{ article.title }}` and gets well-formed, escaped HTML.
"""

from __future__ import annotations

import datetime
import html
import re
import zoneinfo
from collections.abc import Callable
from typing import Annotated, Any, Self

from babel import Locale, UnknownLocaleError
from babel.localedata import exists
from pydantic import BeforeValidator, GetCoreSchemaHandler, PlainSerializer, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from newsletter.characters import is_blank, quoted
from newsletter.issue import markdown, pictures
from newsletter.issue.links import unsuitable


def invalid_value(message: str, hint: str, **more: object) -> PydanticCustomError:
    """Make the error that `load` turns into a problem at the value's place."""
    # The template is two names only, because pydantic would read braces in an editor's words as its own.
    return PydanticCustomError("newsletter", "{message}", {"message": message, "hint": hint, **more})


class _FieldText(str):
    """A string that is checked by its class's `check`, and then stays a string."""

    __slots__ = ()
    json_schema: dict[str, object] = {}

    @classmethod
    def check(cls, written: str) -> Self:
        """Make the value, or raise `refuse(...)`."""
        return cls(written)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.check, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, **cls.json_schema}


# What Markdown takes for a link, [words](address) or <address>, and an address alone.
_LINK = re.compile(
    r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]\(\s*(?:<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)\s*\)"
    r"|<[A-Za-z][\w+.-]*:[^\s<>]*>|<[^\s<>@]+@[^\s<>@]+>"
)
_ADDRESS = re.compile(r"\s*(https?://|mailto:|tel:)\S+\s*", re.IGNORECASE)


class Text(_FieldText):
    """A line of words."""

    # An editor's program reads `year: 2023` as a number; here it is the text "2023".
    json_schema = {"type": ["string", "number", "boolean"]}

    @classmethod
    def check(cls, written: str) -> Self:
        """Join the lines that YAML left apart; no-break spaces stay."""
        if is_blank(written):
            raise invalid_value("This text is empty.", "Write it.", is_blank=True)
        if _LINK.search(written) or _ADDRESS.fullmatch(written):
            hint = "Write words alone. A link stands in a block “text”, or in a “link” or “url” of its own."
            raise invalid_value("A link cannot stand in this text.", hint)
        return cls(re.sub(r"[ \n]+", " ", written.strip()))

    def __html__(self) -> str:
        return markdown.numbers(html.escape(self))


class BareText(Text):
    """A line of words for where no HTML can stand: the page's title, an attribute. 10^9 stays as it is."""

    def __html__(self) -> str:
        return html.escape(self)


class Reason(_FieldText):
    """Why a rule does not count in one place; it is for whoever edits next, and no reader meets it."""

    @classmethod
    def check(cls, written: str) -> Self:
        """Take some words."""
        if not re.search(r"[^\W\d_]{2}", written):
            raise invalid_value(
                "Nothing says why this rule does not count here.", "Write the reason in words.", id="allow"
            )
        return cls(written)


class Markdown(_FieldText):
    """Paragraphs, lists, links and bold words, written in Markdown (CommonMark without HTML)."""

    __slots__ = ("_html", "tokens")
    _html: str
    tokens: markdown.Tokens
    """What it is made of, for who wants its words, and not its HTML; nobody may change them."""
    json_schema = {"description": "Markdown: paragraphs, **bold**, lists, [links](https://...), ### sub-headings."}

    @classmethod
    def check(cls, written: str) -> Self:
        """Render the text once; every fault in it carries its own line."""
        if is_blank(written):
            raise invalid_value("This text is empty.", "Write it.", is_blank=True)
        if _ADDRESS.fullmatch(written):
            hint = "Write words in square brackets before it, and put it in round ones: [Our guide](https://...)."
            raise invalid_value("This address would not be a link here.", hint)
        text = cls(written)
        text._html, text.tokens, faults = markdown.to_html(written)
        if faults:
            raise invalid_value("This text cannot be shown.", "", faults=faults)
        return text

    def __html__(self) -> str:
        return self._html


class Url(_FieldText):
    """An address to link to: https, http, mailto or tel."""

    json_schema = {"pattern": "^(https?|mailto|tel):"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take only what `links` allows."""
        if complaint := unsuitable(written):
            raise invalid_value(*complaint)
        return cls(written)


class SecureUrl(Url):
    """An https address in ASCII, short enough for a line of a message's header (RFC 5322, section 2.1.1)."""

    json_schema = {"pattern": "^https:"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take what `Url` takes, and no http, mailto or tel."""
        url = super().check(written)
        if not re.fullmatch(r"https://[!#-;=?-~]{1,800}", url, re.I):
            hint = "Copy the whole address from the browser's address bar; it begins with https://."
            raise invalid_value(f"{quoted(written)} is not a secure web address.", hint)
        return cls(re.sub("^https", "https", url, flags=re.I))


class EmailAddress(_FieldText):
    """An email address, ASCII alone: not every server takes more (RFC 6531 is an extension)."""

    json_schema = {"pattern": "^[^@ ]+@[^@ ]+$"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take a dot-atom local part and a domain name (RFC 5322, section 3.4.1)."""
        if not re.fullmatch(
            # The lengths are those of RFC 5321, section 4.5.3.1.
            r"(?=[^@]{1,64}@.{1,189}\Z)[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*"
            r"@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+",
            written,
            re.A,
        ):
            raise invalid_value(f"{quoted(written)} is not an email address.", "Write it as name@example.org.")
        return cls(written)


class ListId(_FieldText):
    """The name by which mail programs know a mailing list (RFC 2919)."""

    json_schema = {"pattern": r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", "description": "RFC 2919."}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take what looks like the name of a website."""
        if not re.fullmatch(r"(?=.{1,150}\Z)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", written):
            raise invalid_value(
                f"{quoted(written)} is not a list id.", "Write it like a website: neuro-news.example.org."
            )
        return cls(written)


class TimeZone(_FieldText):
    """A time zone by its name in the IANA database."""

    @classmethod
    def check(cls, written: str) -> Self:
        """Take what this computer knows."""
        try:
            zoneinfo.ZoneInfo(written)
        except (ValueError, OSError, LookupError):
            raise invalid_value(f"{quoted(written)} is not a time zone.", "Write one such as Europe/London.") from None
        return cls(written)


class Layout(_FieldText):
    """The name of a layout: `newsletter` is the template `newsletter.mjml`."""

    json_schema = {"pattern": "^[a-z0-9-]+$"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Accept a file name without its ending."""
        if not re.fullmatch(r"[a-z0-9-]+", written, re.ASCII):
            hint = "Write the name of a template without its ending, such as newsletter."
            raise invalid_value(f"{quoted(written)} is not the name of a layout.", hint)
        return cls(written)

    @property
    def template(self) -> str:
        """The file name of its template."""
        return f"{self}.mjml"


class Number(_FieldText):
    """A number of zero or more, kept as it was written; `amount` is what it counts."""

    json_schema = {"type": ["string", "number"], "pattern": r"^\d[\d,]*(\.\d+)?$"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take 12, 12.5 and 1,200."""
        # Up to 15 digits: a computer's arithmetic has no more.
        if not re.fullmatch(r"(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?", written, re.A):
            raise invalid_value(
                f"{quoted(written)} is not a number.",
                "Write digits alone, such as 54, 1.7 or 1,200, without a unit or other words.",
            )
        return cls(written)

    @property
    def amount(self) -> float:
        """The number itself."""
        return float(self.replace(",", ""))


class Time(_FieldText):
    """A time of day, HH:MM in 24 hours."""

    json_schema = {"pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take 09:00 to 23:59."""
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", written, re.A):
            raise invalid_value(
                f"{quoted(written)} is not a time of day.", "Write hours and minutes, such as 09:30 or 14:00."
            )
        return cls(written)

    @property
    def clock(self) -> datetime.time:
        """The time itself."""
        return datetime.time.fromisoformat(self)


class Language(_FieldText):
    """A language as mail clients and screen readers know it (BCP 47), such as en-GB, cy or ar."""

    json_schema = {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take a tag whose language is known."""
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", written):
            try:
                locale = Locale.parse(written, sep="-")
            except (UnknownLocaleError, ValueError):
                locale = None
            # Babel takes these for English; they say nothing to a screen reader.
            known = written.split("-", 1)[0].lower() not in ("und", "root", "mul", "mis", "zxx")
            if known and locale is not None and exists(locale.language):
                return cls(written)
        raise invalid_value(
            f"{quoted(written)} is not the code of a language.",
            "Write, for example, en-GB for British English, cy for Welsh, ar for Arabic.",
        )

    @property
    def locale(self) -> Locale:
        """How the language writes dates and numbers, from CLDR."""
        return Locale.parse(self, sep="-")

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, the way the language is written."""
        return str(self.locale.text_direction)


class Colour(_FieldText):
    """A colour as #RRGGBB: the form that every mail client keeps."""

    json_schema = {"pattern": "^#[0-9A-Fa-f]{6}$"}

    @classmethod
    def check(cls, written: str) -> Self:
        """Take six hexadecimal digits."""
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", written):
            raise invalid_value(
                f"{quoted(written)} is not a colour.", "Write # and six digits or letters a to f, in quotes."
            )
        return cls(written)


def _date(written: object) -> object:
    if not isinstance(written, str):
        return written
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.A):
        raise invalid_value(f"{quoted(written)} is not written as a date.", "Write year-month-day, such as 2026-12-03.")
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise invalid_value(f"There is no day {written}.", "Look at the month and the day.") from None


def _flag(written: object) -> object:
    if isinstance(written, str):
        if written.lower() not in ("true", "false"):
            raise invalid_value(f"{quoted(written)} is neither true nor false.", "Write true, or delete the line.")
        return written.lower() == "true"
    return written


Date = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A day, year-month-day."""

Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""True or false."""


def _picture(src: str, info: core_schema.ValidationInfo) -> pictures.Picture:
    try:
        return pictures.read_picture(src, (info.context or {})["folder"])
    except pictures.UnusableError as error:
        raise invalid_value(error.message, error.hint) from None


class _PictureField:
    """A picture, written as its path inside the folder that the validation context names `folder`."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(_picture, core_schema.str_schema(min_length=1))


PictureFile = Annotated[pictures.Picture, _PictureField, PlainSerializer(lambda picture: picture.src)]
"""A picture file, already read."""

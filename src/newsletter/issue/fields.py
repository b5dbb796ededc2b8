"""The kinds of value that an editor can write, with their checks. Texts are in `text_fields`.

Each is created from the string in the YAML file (see `source.nodes`).
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Self

from babel import Locale, UnknownLocaleError
from babel.localedata import exists
from pydantic import BeforeValidator, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from newsletter.characters import quoted
from newsletter.css import colour
from newsletter.inputs import will_read


def invalid_value(message: str, hint: str, **more: object) -> PydanticCustomError:
    """Return the error that `load` turns into a problem at the location of the value.

    Args:
        message: the problem in one sentence.
        hint: what to do.
        more: other values for `issue.messages`, such as the `id` of the problem.
    """
    # The message is a variable, because pydantic would read braces in an editor's words as variables.
    return PydanticCustomError("newsletter", "{message}", {"message": message, "hint": hint, **more})


class FieldText(str):
    """A string that has been checked by the `check` of its class."""

    __slots__ = ()
    json_schema: dict[str, object] = {}

    @classmethod
    def check(cls, text: str) -> Self:
        """Return the value of a text in the YAML file.

        Raises:
            PydanticCustomError: with what is wrong and what to do (see `invalid_value`).
        """
        return cls(text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.check, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, **cls.json_schema}


# A link in Markdown, [words](address) or <address>, and an address alone.
class TimeZone(FieldText):
    """A time zone by its name in the IANA database."""

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept a time zone that this computer knows.

        Raises:
            PydanticCustomError: for any other text.
        """
        try:
            zoneinfo.ZoneInfo(text)
        except (ValueError, OSError, LookupError):
            raise invalid_value(f"{quoted(text)} is not a time zone.", "Write one such as Europe/London.") from None
        for folder in zoneinfo.TZPATH:
            will_read(Path(folder, text))
        return cls(text)


class Layout(FieldText):
    """The name of a layout: `newsletter` is the template `layouts/newsletter.mjml`."""

    json_schema = {"pattern": "^[a-z0-9-]+$"}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept a file name without its ending.

        Raises:
            PydanticCustomError: for any other text.
        """
        if not re.fullmatch(r"[a-z0-9-]+", text, re.ASCII):
            hint = "Write the name of a file in templates/layouts without its ending, such as newsletter."
            raise invalid_value(f"{quoted(text)} is not the name of a layout.", hint)
        return cls(text)

    @property
    def template(self) -> str:
        """The name of its template."""
        return f"layouts/{self}.mjml"


DEFAULT_LAYOUT = Layout("newsletter")
"""The layout if neither the issue nor the brand names one."""


class Number(FieldText):
    """A number of zero or more, as the editor wrote it; `amount` is its value."""

    json_schema = {"type": ["string", "number"], "pattern": r"^\d[\d,]*(\.\d+)?$"}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept 12, 12.5 and 1,200.

        Raises:
            PydanticCustomError: for any other text.
        """
        # Up to 15 digits: a float has no more.
        if not re.fullmatch(r"(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?", text, re.A):
            raise invalid_value(
                f"{quoted(text)} is not a number.",
                "Write only digits, such as 54, 1.7 or 1,200, without a unit or other words.",
            )
        return cls(text)

    @property
    def amount(self) -> float:
        """The value of the number."""
        return float(self.replace(",", ""))


_LANGUAGES = Locale("en").languages
"""The names of languages in English, by their codes."""


class Language(FieldText):
    """A language by its BCP 47 tag, as mail apps and screen readers know it, such as en-GB, cy or ar."""

    json_schema = {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept a tag of a known language.

        Raises:
            PydanticCustomError: for any other text.
        """
        if cls.is_known(text):
            return cls(text)
        codes = (code.replace("_", "-") for code, name in _LANGUAGES.items() if name.casefold() == text.casefold())
        code = next(filter(cls.is_known, codes), None)
        examples = "Write, for example, en-GB for British English, cy for Welsh, ar for Arabic."
        raise invalid_value(
            f"{quoted(text)} is not the code of a language.", f"Write {code} for {text}." if code else examples
        )

    @staticmethod
    def is_known(text: str) -> bool:
        """Check whether a text is the tag of a known language."""
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
            return False
        try:
            locale = Locale.parse(text, sep="-")
        except (UnknownLocaleError, ValueError):
            return False
        # Babel treats these as English; a screen reader does not know them.
        known = text.split("-", 1)[0].lower() not in ("und", "root", "mul", "mis", "zxx")
        return known and exists(locale.language)

    @property
    def locale(self) -> Locale:
        """The locale of the language in CLDR, for dates and numbers."""
        return Locale.parse(self, sep="-")

    @property
    def own_name(self) -> str:
        """The name of the language in the language, such as Cymraeg."""
        return self.locale.get_display_name() or str(self)

    @property
    def direction(self) -> str:
        """The direction of writing, `ltr` or `rtl`."""
        return str(self.locale.text_direction)


class Colour(FieldText):
    """A colour as #RRGGBB, the form that every mail app supports."""

    json_schema = {"pattern": "^#[0-9A-Fa-f]{6}$"}

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept six hexadecimal digits after a #.

        Raises:
            PydanticCustomError: for any other text.
        """
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
            known = colour.parse_colour(text)
            hint = (
                f"Write “{colour.to_hex(known)}”, in quotes."
                if known
                else ("Write # and six digits or letters from a to f, in quotes.")
            )
            raise invalid_value(f"{quoted(text)} is not a colour.", hint)
        return cls(text)


def _flag(text: object) -> object:
    if isinstance(text, str):
        if text.lower() not in ("true", "false"):
            raise invalid_value(f"{quoted(text)} is neither true nor false.", "Write true, or delete the line.")
        return text.lower() == "true"
    return text


Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""True or false."""

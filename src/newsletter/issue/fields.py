"""The kinds of value that an editor can write, with their checks and their HTML.

Each is created from the string in the YAML file (see `source.nodes`). A value that is words has `__html__`, so that
`{{ article.title }}` in a template gives well-formed, escaped HTML.
"""

from __future__ import annotations

import html
import re
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from babel import Locale, UnknownLocaleError
from babel.localedata import exists
from pydantic import BeforeValidator, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from newsletter.characters import is_blank, quoted
from newsletter.css import colour
from newsletter.inputs import will_read
from newsletter.issue import markdown
from newsletter.words import count_words


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
_LINK = re.compile(
    r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]\(\s*+(?:<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*+)\s*+\)"
    # Not <o:p>, which is a tag of Word.
    r"|<[A-Za-z][\w+.-]+:[^\s<>]*>|<[^\s<>@]+@[^\s<>@]+>"
)
_ADDRESS = re.compile(r"\s*(https?://|mailto:|tel:|sms:)\S+\s*", re.IGNORECASE)


class Text(FieldText):
    """A line of words."""

    # Text editors read `year: 2023` as a number; here it is the text "2023".
    json_schema = {"type": ["string", "number", "boolean"]}

    @classmethod
    def check(cls, text: str) -> Self:
        """Return the text as one line. No-break spaces stay.

        Raises:
            PydanticCustomError: if it is empty.
        """
        if is_blank(text):
            raise invalid_value("This text is empty.", "Write it.", is_blank=True)
        if _LINK.search(text) or _ADDRESS.fullmatch(text):
            hint = "Write only words here. Put the link in a “text” block, or in a “link” or “url” of its own."
            raise invalid_value("A link cannot be in this text.", hint)
        return cls(re.sub(r"[ \n]+", " ", text.strip()))

    def __html__(self) -> str:
        return markdown.typeset_numbers(html.escape(self))


class BareText(Text):
    """A line of words for places without HTML: the page's title, an attribute. 10^9 stays as it is."""

    def __html__(self) -> str:
        return html.escape(self)


_FEWEST_WORDS_OF_REASON = 3
_SAYS_NOTHING = frozenset([
    "a", "all", "allow", "allowed", "allows", "an", "and", "are", "as", "be", "because", "been", "but", "by",
    "can", "count", "counts", "do", "does", "done", "fine", "fix", "fixed", "for", "good", "has", "have",
    "here", "how", "i", "i'm", "i've", "ignore", "ignored", "is", "it", "it's", "its", "just", "know", "later",
    "like", "liked", "likes", "matter", "matters", "me", "moment", "must", "my", "need", "needed", "needs",
    "no", "not", "now", "of", "ok", "okay", "on", "only", "our", "please", "reason", "reasons", "right", "rule",
    "rules", "said", "say", "saying", "says", "should", "skip", "so", "soon", "that", "that's", "the", "there",
    "these", "they", "this", "time", "us", "very", "want", "wanted", "wants", "warning", "was", "way", "we",
    "we're", "we've", "why", "will", "with", "you",
])  # fmt: skip
"""Words of which alone no reason is made: “because we say so”, “it is fine like this”, “no time now”."""


class Reason(FieldText):
    """The reason why a rule does not count in one place. It is for other editors; readers do not get it."""

    @classmethod
    def check(cls, text: str) -> Self:
        """Accept three different words or more, one of which says something.

        “ok”, “bla bla bla”, “N/A” or “because we say so” does not help the next editor, and no reader would accept it.

        Raises:
            PydanticCustomError: if it has fewer words, or only such words.
        """
        words = [word.strip(".,:;!?") for word in text.casefold().replace("’", "'").split()]
        is_short = len(words) > 1 and len({word for word in words if len(word) > 1}) < _FEWEST_WORDS_OF_REASON
        is_filler = is_short or _SAYS_NOTHING.issuperset(words)
        if is_filler or count_words(text) < _FEWEST_WORDS_OF_REASON:
            message = "This does not say why the rule does not count here."
            hint = f"Write a reason that your readers could accept, in {_FEWEST_WORDS_OF_REASON} words or more."
            raise invalid_value(message, hint, id="allow")
        return cls(text)


class Markdown(FieldText):
    """Paragraphs, lists, links and bold words, written in Markdown (CommonMark without HTML)."""

    __slots__ = ("_html", "tokens")
    _html: str
    tokens: markdown.Tokens
    """Its CommonMark tokens, for code that needs its words instead of its HTML. Do not change them."""
    form: ClassVar[markdown.Form] = "text"
    json_schema = {"description": "Markdown: paragraphs, **bold**, lists, [links](https://...), ### sub-headings."}

    @classmethod
    def check(cls, text: str) -> Self:
        """Render the text once. Each fault in it has its own location.

        Raises:
            PydanticCustomError: if it is empty.
        """
        if is_blank(text):
            raise invalid_value("This text is empty.", "Write it.", is_blank=True)
        if _ADDRESS.fullmatch(text):
            hint = "Write words in square brackets, then the address in round ones: [Our guide](https://...)."
            raise invalid_value("This address is not a link yet.", hint)
        value = cls(text)
        value._html, value.tokens, faults = markdown.to_html(text, cls.form)
        if faults:
            raise invalid_value("This text cannot be shown.", "", faults=faults)
        return value

    def __html__(self) -> str:
        return self._html


class Lines(Markdown):
    """Lines that stay lines, such as an address or a poem. An empty line begins a new stanza.

    Links, bold words and emphasis are those of Markdown. No sign at the start of a line has a meaning.
    """

    __slots__ = ()
    json_schema = {"description": "Lines that stay lines, below a |. An empty line begins a new stanza."}
    form = "lines"


class InlineMarkdown(Markdown):
    """A line of words with links, bold words and emphasis in Markdown, but without paragraphs, headings or lists."""

    __slots__ = ()
    form = "inline"
    json_schema = {
        "type": ["string", "number", "boolean"],
        "description": "One line, with **bold** words and [links](https://...) in Markdown.",
    }

    @property
    def words(self) -> str:
        """The words without the marks of Markdown and without addresses of links."""
        return markdown.plain_words(self.tokens[0].children or ())


class OptionalText:
    """Marks a kind of value that an editor may leave empty, such as a cell of a table. It is an empty string then."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(_text_or_empty, handler(source))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        return {key: value for key, value in handler(schema).items() if key != "minLength"}


def _text_or_empty(text: object, check: Callable[[object], object]) -> object:
    return "" if isinstance(text, str) and is_blank(text) else check(text)


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

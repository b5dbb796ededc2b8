"""The kinds of text that an editor can write: a line of words, Markdown, and reasons.

Each has `__html__`, so that `{{ article.title }}` in a template gives well-formed, escaped HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from newsletter.characters import is_blank
from newsletter.issue import markdown
from newsletter.issue.fields import FieldText, invalid_value
from newsletter.words import count_words

_LINK = re.compile(
    r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]\(\s*+(?:<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*+)\s*+\)"
    # Not <o:p>, which is a tag of Word.
    r"|<[A-Za-z][\w+.-]+:[^\s<>]*>|<[^\s<>@]+@[^\s<>@]+>"
)
_ADDRESS = re.compile(r"\s*(https?://|mailto:|tel:|sms:)\S+\s*", re.IGNORECASE)


def _require_words(text: str) -> None:
    if is_blank(text):
        raise invalid_value("This text is empty.", "Write it.", is_blank=True)


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
        _require_words(text)
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
    "a", "add", "all", "allow", "allowed", "allows", "an", "and", "any", "are", "as", "be", "because", "been",
    "but", "by", "can", "count", "counts", "do", "does", "done", "fine", "fix", "fixed", "for", "give", "given",
    "good", "has", "have", "here", "how", "i", "i'm", "i've", "ignore", "ignored", "is", "it", "it's", "its",
    "just", "know", "later", "like", "liked", "likes", "matter", "matters", "me", "moment", "must", "my",
    "need", "needed", "needs", "no", "not", "now", "of", "ok", "okay", "on", "only", "our", "please", "reason",
    "reasons", "right", "rule", "rules", "said", "say", "saying", "says", "should", "skip", "so", "soon", "tbc",
    "tbd", "that", "that's", "the", "there", "these", "they", "this", "time", "todo", "us", "very", "want",
    "wanted", "wants", "warning", "was", "way", "we", "we're", "we've", "why", "will", "with", "write", "yet",
    "you",
])  # fmt: skip
"""Words of which alone no reason is made: “because we say so”, “it is fine like this”, “no reason given”."""


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
        _require_words(text)
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

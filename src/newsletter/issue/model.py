"""What an editor can write: the issue, its articles and their parts.

The blocks of `content` are not listed here. Each is declared by a file, `blocks/<name>.yaml` (see `blocks`), so that
the author of a template can add one without Python.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticKnownError

from newsletter.characters import quoted
from newsletter.english import join
from newsletter.issue.address_fields import Url
from newsletter.issue.date_fields import Date, Time
from newsletter.issue.field_syntax import FilledField
from newsletter.issue.fields import DEFAULT_LAYOUT, Flag, Language, Layout, invalid_value
from newsletter.issue.file_fields import DocumentFile, PictureFile
from newsletter.issue.image_alt import check_alt
from newsletter.issue.snippets import Snippet
from newsletter.issue.text_fields import BareText, InlineMarkdown, Markdown, Reason, Text
from newsletter.problems import Location, Problem
from newsletter.source import nodes


class IssueModel(BaseModel):
    """A group of keys. Unknown keys are errors, and its values cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    at_least_one: ClassVar[tuple[str, ...]] = ()
    """Optional keys of which one or more must be given, the most useful first."""

    @model_validator(mode="after")
    def _has_at_least_one(self) -> Self:
        if self.at_least_one and not any(_says_something(getattr(self, name)) for name in self.at_least_one):
            keys = join(f"“{name}”" for name in self.at_least_one)
            hint = f"Add a line such as “{self.at_least_one[0]}: ...”."
            raise invalid_value(f"At least one of {keys} is needed here.", hint, id="missing")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core_schema)
        if cls.at_least_one:
            handler.resolve_ref_schema(schema)["anyOf"] = [{"required": [name]} for name in cls.at_least_one]
        return schema


def _says_something(value: Any) -> bool:
    """Check whether a value is given, and is not a picture that only decorates."""
    return bool(value) and not getattr(value, "decorative", False)


class Link(IssueModel):
    """A link with its words."""

    text: Annotated[Text, Field(description="Where the link goes, in words: never “click here”.")]
    url: Annotated[Url, Field(description="https://, mailto:, tel: or sms:")]


class Image(IssueModel):
    """A picture with its description, or marked as decorative."""

    src: Annotated[PictureFile, Field(description="Path of a PNG, JPEG or GIF, such as images/clinic.jpg.")]
    alt: Annotated[BareText | None, Field(description="What the picture shows, for readers who cannot see it.")] = None
    decorative: Annotated[Flag, Field(description="true if the picture adds nothing to the words.")] = False
    caption: Annotated[InlineMarkdown | None, Field(description="Words below the picture.")] = None
    credit: Annotated[InlineMarkdown | None, Field(description="Who made the picture.")] = None
    link: Annotated[Url | None, Field(description="Where a click on it leads. Its alt then says so.")] = None

    @model_validator(mode="after")
    def _described_or_decorative(self) -> Self:
        check_alt(self.alt, is_decorative=self.decorative)
        if self.link is not None and self.decorative:
            message = "This picture is a link, and a link has to say where it goes."
            hint = "Write “alt: ...” instead of “decorative: true”, or delete the line “link:”."
            raise invalid_value(message, hint, by_path=[(("link",), message, hint)])
        return self


class PlacedImage(Image):
    """A picture with its width and its side."""

    size: Annotated[Literal["full", "half", "small"], Field(description="How wide it is.")] = "full"
    side: Annotated[
        Literal["start", "end"] | None,
        Field(
            description="On which side it is beside the “text” block that follows. On a phone, the text is below it."
        ),
    ] = None


class LinkedDocument(IssueModel):
    """A link to a document, next to the issue or on a website."""

    text: Annotated[Text, Field(description="What the document is: the words of the link.")]
    file: Annotated[
        DocumentFile | None, Field(description="Its path next to the issue, such as files/guide.pdf. It is measured.")
    ] = None
    url: Annotated[Url | None, Field(description="Its address, if it is already on a website.")] = None
    type: Annotated[Text | None, Field(description="With url: what it is, such as PDF.")] = None
    size: Annotated[Text | None, Field(description="With url: how large it is, such as 240 KB.")] = None
    pages: Annotated[int | None, Field(ge=1, le=9999, description="With url: how many pages it has.")] = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.file is None) == (self.url is None):
            both = self.file is not None
            message = "This document has a file and a url." if both else "Nothing says where this document is."
            hint = "Delete one of the two." if both else "Add “file: files/guide.pdf”, or “url: https://...”."
            raise invalid_value(message, hint)
        if self.file is not None and (keys := [key for key in ("type", "size", "pages") if getattr(self, key)]):
            message, hint = "A file is measured, so readers would not get this.", "Delete this line."
            raise invalid_value(message, hint, by_path=[((key,), message, hint) for key in keys])
        return self


class Source(IssueModel):
    """The source of an article's news."""

    title: Annotated[InlineMarkdown, Field(description="What it is called.")]
    publisher: Annotated[Text | None, Field(description="Who published it.")] = None
    year: Annotated[Text | None, Field(description="The year in which it appeared.")] = None
    url: Annotated[Url | None, Field(description="Where to read it.")] = None

    @model_validator(mode="after")
    def _one_link(self) -> Self:
        if self.url is not None and "<a " in self.title.__html__():
            message = "There is a link in this title, which is itself the words of a link."
            hint = "Write only words here, or delete the line “url:”."
            raise invalid_value(message, hint, by_path=[(("title",), message, hint)])
        return self


Allow = Annotated[
    dict[str, Reason], Field(description="Rules that do not count here, each with the reason: {rule: reason}.")
]
"""Suppressed findings of `newsletter check`."""


class Block(IssueModel):
    """One item of `content`: a mapping with one key, the block's name. `blocks` adds a field for each block."""

    allow: Allow = {}
    snippet: ClassVar[None] = None
    """No block can have this name: it is that of `snippets`."""

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        if len(self._kinds) != 1:
            names = " and ".join(f"“{name}”" for name in self._kinds)
            raise invalid_value(
                f"An item of content must be one block, but this one has {names or 'none'}.",
                "Begin each block with “- ” in a line of its own.",
            )
        return self

    @property
    def _kinds(self) -> list[str]:
        return [name for name in type(self).model_fields if name in self.model_fields_set and name != "allow"]

    @property
    def kind(self) -> str:
        """The block's name."""
        return next(iter(self.model_fields_set - {"allow"}))

    @property
    def value(self) -> Any:
        """The value of the block: a group of fields, or Markdown."""
        return getattr(self, self.kind)


def _titled_beside_others(title: Text | None, info: ValidationInfo) -> Text | None:
    if title is None and (info.context or {}).get("articles", 1) > 1:
        raise PydanticKnownError("missing")
    return title


class Article(IssueModel):
    """An article of an issue. It needs a summary, content, a picture that is not decorative, or a link."""

    at_least_one = ("summary", "content", "image", "link")

    title: Annotated[
        Text | None,
        AfterValidator(_titled_beside_others),
        Field(
            description="The article's heading (an h2). The only article of an issue can do without.",
            validate_default=True,
        ),
    ] = None
    label: Annotated[InlineMarkdown | None, Field(description="What kind of piece it is, such as Research news.")] = (
        None
    )
    date: Annotated[
        Date | None, Field(description="The day that the piece is about or of, such as 3 December 2026.")
    ] = None
    language: Annotated[Language, Field(description="The language of the article, if it is not that of the issue.")] = (
        Language()
    )
    summary: Annotated[
        InlineMarkdown | None, Field(description="One plain sentence that says the most important thing.")
    ] = None
    image: Annotated[PlacedImage | None, Field(description="A picture at the top of the article.")] = None
    content: Annotated[
        tuple[Block, ...], Field(min_length=1, description="What the article says: a list of blocks.")
    ] = ()
    source: Annotated[Source | None, Field(description="Where the news comes from.")] = None
    link: Annotated[Link | None, Field(description="The one main thing to do next.")] = None
    allow: Allow = {}

    @property
    def name(self) -> str:
        """The title in quotes, as messages name the article; “The article” if it has none."""
        return quoted(self.title) if self.title else "The article"


Contents = Literal["auto", "always", "never"]
"""When an issue begins with a list of its articles."""

_ENOUGH_FOR_CONTENTS = 3


@dataclass(frozen=True)
class Substitutes:
    """The places of an issue whose words are ours, because its editor has not written them yet, and their problems."""

    paths: frozenset[nodes.KeyPath] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class IssueFile:
    """The file of an issue: its slug, its name in problems, its text and its YAML nodes."""

    slug: str
    name: str
    text: str
    root: nodes.Node
    snippets: tuple[Snippet, ...] = ()
    """The snippets in it, in order."""
    twins: tuple[Issue, ...] = ()
    """The same issue in other languages."""
    unreadable_twins: tuple[str, ...] = ()
    """The names of the files of the same issue in other languages that have errors."""
    fields: tuple[FilledField, ...] = ()
    """The fields in it that are different for each reader, each once."""
    substitutes: Substitutes = field(default_factory=Substitutes)
    """The texts that it does not have yet, and `load_incomplete` put other words there."""


LAST_YEAR = 2199
"""A later year is a slip, and near 9999 there may be no next day."""


def _can_be_sent(date: datetime.date) -> datetime.date:
    # Earlier time zones differ by seconds, which the header of a message cannot hold.
    if not 1980 <= date.year <= LAST_YEAR:
        raise invalid_value(
            f"An email cannot be sent in the year {date.year}.", "Write the year of this issue, such as 2026."
        )
    return date


class Issue(IssueModel):
    """One newsletter, as its editor wrote it."""

    subject: Annotated[BareText, Field(description="The subject line, 20 to 50 characters.")]
    preheader: Annotated[Text, Field(description="What an inbox shows beside the subject, 40 to 90 characters.")]
    title: Annotated[Text, Field(description="The page's one h1, such as Neuro News, September 2023.")]
    date: Annotated[
        Date, AfterValidator(_can_be_sent), Field(description="The day on which it is sent, such as 3 December 2026.")
    ]
    time: Annotated[Time, Field(description="The time at which it is sent, in the brand's time zone.")] = Time("09:00")
    language: Annotated[Language, Field(description="The language of the issue, if it is not the brand's.")] = (
        Language()
    )
    contents: Annotated[
        Contents,
        Field(description="The list of articles: auto (from three on), always or never, if not as in the brand."),
    ] = "auto"
    layout: Annotated[Layout, Field(description="The order and the form of its parts, if it is not the brand's.")] = (
        DEFAULT_LAYOUT
    )
    welcome: Annotated[Markdown | None, Field(description="A few words before the contents, in Markdown.")] = None
    articles: Annotated[tuple[Article, ...], Field(min_length=1, description="One or more articles.")]
    glossary: Annotated[
        dict[Text, InlineMarkdown], Field(description="Explanations of words, added to the brand's.")
    ] = {}

    _file: IssueFile = PrivateAttr()

    def remember(self, file: IssueFile) -> Self:
        """Store the file that the issue was read from, and return the issue."""
        self._file = file
        return self

    @property
    def file(self) -> IssueFile:
        """The file that it was read from."""
        return self._file

    @property
    def slug(self) -> str:
        """The name of its files in the outbox, without endings."""
        return self._file.slug

    def location(self, *path: int | str) -> Location:
        """Return the location of the value at a path of keys and positions, or of the value that it would belong to."""
        return nodes.at_path(self._file.root, path).location

    @property
    def twins(self) -> tuple[Issue, ...]:
        """The same issue in other languages, as far as their files have no errors."""
        return self._file.twins

    @property
    def has_contents(self) -> bool:
        """Whether it begins with a list of its articles."""
        if self.articles[0].title is None:  # the only one
            return False
        is_long = len(self.articles) >= _ENOUGH_FOR_CONTENTS
        return self.contents == "always" or (self.contents == "auto" and is_long)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The issue's language, then each other language of an article, in order (RFC 3282)."""
        return tuple(dict.fromkeys([self.language, *(article.language for article in self.articles)]))

    def sent_at(self, zone: datetime.tzinfo) -> datetime.datetime:
        """Return the date and time at which it is sent."""
        return datetime.datetime.combine(self.date, self.time.clock, zone)

"""The brand, which is the same in every issue: `templates/brand.yaml`."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, ConfigDict, Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from newsletter.edition_kinds import EditionKind
from newsletter.issue.address_fields import (
    DisplayedEmailAddress,
    EmailAddress,
    IssueUrl,
    ListId,
    PhoneNumber,
    SecureUrl,
    Url,
)
from newsletter.issue.brand_file import BrandFile
from newsletter.issue.derived_colours import CardColours
from newsletter.issue.design import SIZES, Button, Divider, Font, Header, Panel, Scale, Sizes
from newsletter.issue.field_syntax import OF_THE_READER
from newsletter.issue.fields import DEFAULT_LAYOUT, Flag, Language, Layout, TimeZone, invalid_value
from newsletter.issue.file_fields import PictureFile
from newsletter.issue.merge_fields import FieldName, FieldPlaces, MergeField
from newsletter.issue.model import Contents, Issue, IssueModel
from newsletter.issue.palette import Colours
from newsletter.issue.text_fields import BareText, InlineMarkdown, Text
from newsletter.issue.walk import iter_values
from newsletter.source.nodes import TextNode, at_path

# What mailing services replace: {{name}}, {name}, *|NAME|*, [name], %NAME%, %%name%%.
PLACEHOLDER = re.compile(r"\{\{?[\w.]+\}\}?|\*\|\w+\|\*|\[\w+\]|%[A-Z_]{3,}%|%%\w+%%")

FIELD_PLACES = FieldPlaces(
    in_links=False,
    # Headers by which mail apps sort, and what the charity is by law.
    fixed=("name", "organisation", "from", "to", "social", "charity_numbers", "address", "fields"),
    for_reader=(("unsubscribe", "url"), ("preferences_url",), ("web_version_url",)),
)
"""Where fields can be in a brand."""

# Braces in addresses: of any kind; single ones, and not {{name}}, which is a mailing service's; those of an issue.
_ANY_BRACES = r"\{+[^{}]*\}*"
_SINGLE_BRACES = r"(?<!\{)\{[^{}]*\}(?!\})"
_ISSUE_BRACES = r"(?<!\{)\{(?:slug|date)\}(?!\})"

Sector = Literal["health", "general"]
"""What a newsletter is about. Some rules are only for one sector."""


def _without(braces: str) -> AfterValidator:
    """Return a validator that accepts no address with braces that nothing fills in.

    Args:
        braces: a regular expression of them.
    """

    def check(url: Url) -> Url:
        if unfilled := re.search(braces, url):
            hint = "Write an address without it. Only “web_version_url” can have {slug} and {date}."
            raise invalid_value(f"Nothing fills in “{unfilled[0]}” in this address.", hint)
        return url

    return AfterValidator(check)


class Mailbox(IssueModel):
    """A name and an email address."""

    name: Annotated[Text | None, Field(description="The name that an inbox shows.")] = None
    address: Annotated[EmailAddress, Field(description="The email address.")]


class Logo(IssueModel):
    """The picture in the masthead. `width` is in CSS pixels."""

    src: Annotated[PictureFile, Field(description="Path of a PNG, JPEG or GIF, from the folder of brand.yaml.")]
    alt: Annotated[BareText, Field(description="What the picture shows, for readers who cannot see it.")]
    width: Annotated[int, Field(ge=24, le=552, description="How wide it is shown, in CSS pixels: 24 to 552.")]
    dark: Annotated[
        PictureFile | None, Field(description="Path of another picture of the same, for the dark colours of the email.")
    ] = None


class Unsubscribe(IssueModel):
    """The ways to unsubscribe: an https address for one click (RFC 8058), and optionally an email address."""

    url: Annotated[
        SecureUrl,
        _without(_ISSUE_BRACES),
        Field(description="A web page, or an address that your mailing service fills in."),
    ]
    mailto: Annotated[EmailAddress | None, Field(description="For readers who would rather write.")] = None
    one_click: Annotated[
        Flag, Field(description="true if “url” is replaced by each reader's own address later (RFC 8058).")
    ] = False

    @property
    def takes_one_click(self) -> bool:
        """Whether a mail app may offer to unsubscribe with one click.

        The click sends nothing but the address. So the address itself must identify the reader (RFC 8058, section
        3.1): the brand says so, or a mailing service fills in a placeholder.
        """
        return self.one_click or PLACEHOLDER.search(self.url) is not None


class Helpline(IssueModel):
    """The contact details of people who help readers."""

    heading: Annotated[
        Text | None, Field(description="The heading above it; “Someone to talk to” in the language unless given.")
    ] = None
    name: Annotated[Text, Field(description="What it is called.")]
    phone: Annotated[PhoneNumber, Field(description="Its phone number.")]
    hours: Annotated[Text, Field(description="When somebody answers, and what a call costs.")]
    email: Annotated[DisplayedEmailAddress | None, Field(description="Its email address.")] = None
    textphone: Annotated[PhoneNumber | None, Field(description="Its number for textphones.")] = None


class Social(IssueModel):
    """A page of the charity on a social network. The footer has a link in words to it."""

    name: Annotated[Text, Field(description="The name of the network, such as Facebook.")]
    url: Annotated[Url, _without(_SINGLE_BRACES), Field(description="The charity's page there.")]


class WebVersion(NamedTuple):
    """The web version of an issue in another language: its language and its address."""

    language: Language
    url: Url | None


class Brand(IssueModel):
    """The charity behind the newsletter."""

    model_config = ConfigDict(populate_by_name=True)

    name: Annotated[Text, Field(description="The newsletter's name.")]
    organisation: Annotated[Text, Field(description="The name of the charity or club.")]
    sender: Annotated[Mailbox, Field(alias="from", description="Who the email comes from.")]
    reply_to: Annotated[EmailAddress | None, Field(description="Where replies go; to “from” unless given.")] = None
    to: Annotated[Mailbox, Field(description="Who it is addressed to; mailing services put each reader here.")]
    list_id: Annotated[ListId, Field(description="A fixed name by which mail apps know the mailing list (RFC 2919).")]
    timezone: Annotated[TimeZone, Field(description="The time zone of an issue's date and time.")]
    language: Annotated[Language, Field(description="The language of the brand's words, and of most issues.")]
    website: Annotated[Url, _without(_SINGLE_BRACES), Field(description="The charity's website.")]
    social: Annotated[tuple[Social, ...], Field(description="The charity's pages on social networks.")] = ()
    base_url: Annotated[
        Annotated[SecureUrl, _without(_ANY_BRACES)] | None, Field(description="The web address of the hosted pictures.")
    ] = None
    images: Annotated[Literal["link", "embed"], Field(description="link: on a website; embed: in the email.")] = "link"
    editions: Annotated[
        tuple[EditionKind, ...], Field(min_length=1, description="The editions of each issue: one or more.")
    ] = ("standard",)
    header: Annotated[
        Header,
        Field(description="The top: a band of colour, light, words in the middle, or the logo across."),
    ] = "band"
    panel: Annotated[Panel, Field(description="Boxes: filled, with a line around them, or with a bar at the side.")] = (
        "fill"
    )
    button: Annotated[Button, Field(description="Buttons: filled, or a line around their words.")] = "filled"
    colours: Annotated[Colours, Field(description="One colour, or the colours by what they are for.")]
    font: Annotated[Font, Field(description="The fonts.")] = Font()
    scale: Annotated[Scale, Field(description="How large headings are.")] = "normal"
    radius: Annotated[int | None, Field(ge=0, le=24, description="How round corners are, in CSS pixels: 0 to 24.")] = (
        None
    )
    divider: Annotated[Divider, Field(description="What is between articles: a gap, a thin line or a bar.")] = "gap"
    tagline: Annotated[Text | None, Field(description="A few words below the title, the same in every issue.")] = None
    logo: Annotated[Logo | None, Field(description="The picture in the band at the top.")] = None
    charity_numbers: Annotated[tuple[Text, ...], Field(description="Numbers of registration, for the footer.")] = ()
    address: Annotated[Text, Field(description="The postal address, for the footer.")]
    why_you_get_this: Annotated[Text, Field(description="Why a reader gets this email, in one sentence.")]
    unsubscribe: Annotated[Unsubscribe, Field(description="How a reader leaves the list.")]
    preferences_url: Annotated[
        Annotated[Url, _without(_ISSUE_BRACES)] | None,
        Field(description="Where readers choose what they get, and how."),
    ] = None
    web_version_url: Annotated[
        IssueUrl | None,
        Field(description="Where the issue is on your website; {slug} and {date} are those of the issue."),
    ] = None
    privacy_url: Annotated[
        Url, _without(_SINGLE_BRACES), Field(description="What the charity does with people's details.")
    ]
    sector: Annotated[Sector, Field(description="general: no rules that are only about news of health.")] = "health"
    helpline: Annotated[Helpline | None, Field(description="Somebody to talk to, in every issue.")] = None
    disclaimer: Annotated[
        Text | None, Field(description="What the newsletter cannot do, such as replace a doctor.")
    ] = None
    glossary: Annotated[
        dict[Text, InlineMarkdown], Field(description="Words and their explanations, for every issue.")
    ] = {}
    contents: Annotated[
        Contents, Field(description="The list of articles in an issue: auto (from three on), always or never.")
    ] = "auto"
    layout: Annotated[
        Layout, Field(description="The layout of the issues that name none, such as newsletter or digest.")
    ] = DEFAULT_LAYOUT
    fields: Annotated[
        dict[FieldName, MergeField],
        Field(description="What is different for each reader, such as first_name, with an example and a fallback."),
    ] = {}
    _file: BrandFile = PrivateAttr()
    _other_versions: tuple[WebVersion, ...] = PrivateAttr(default=())
    _translations: Mapping[str, Brand] = PrivateAttr(default_factory=dict)

    def remember(self, file: BrandFile, translations: Mapping[str, Brand] = MappingProxyType({})) -> Self:
        """Store the file that the brand was read from and the brand in other languages, and return the brand.

        Args:
            file: the file.
            translations: the brand in each other language that it has a file for, by tags in lower case.
        """
        self._file, self._translations = file, translations
        return self

    @property
    def borrowed(self) -> Mapping[str, Language]:
        """The words that the brand of a language takes from another file, each with the language that they are in."""
        if self._file.base is None:
            return {}
        language = at_path(self._file.base.root, ("language",))
        assert isinstance(language, TextNode)
        own, others = set[str](), set[str]()
        for path, value in iter_values(self):
            if isinstance(value, Text | InlineMarkdown):
                is_own = at_path(self._file.root, path).location.file == self._file.name
                (own if is_own else others).add(value)
        return dict.fromkeys(others - own, Language(language.text))

    def in_language(self, language: str) -> Brand:
        """Return the brand in a language, such as cy or cy-GB; the brand itself if it has no file for that one."""
        tag = language.lower()
        return self._translations.get(tag, self._translations.get(tag.partition("-")[0], self))

    @property
    def file(self) -> BrandFile:
        """The file that it was read from."""
        return self._file

    @field_validator("colours")
    @classmethod
    def _complete(cls, colours: Colours, info: ValidationInfo) -> Colours:
        plain = CardColours(
            masthead=info.data.get("header") in ("light", "picture"),
            panel=info.data.get("panel") in ("outline", "bar"),
            button=info.data.get("button") == "outline",
        )
        return colours.complete(plain)

    @property
    def sizes(self) -> Sizes:
        """The sizes of type."""
        return SIZES[self.scale]

    def corner(self, usual: int) -> int:
        """Return how round a corner is, in CSS pixels; `usual` is for a brand that does not say it."""
        return usual if self.radius is None else self.radius

    @model_validator(mode="after")
    def _hosted_or_embedded(self) -> Self:
        if self.images == "link" and self.base_url is None:
            raise invalid_value(
                "Nothing says where the pictures are hosted.",
                "Write “base_url: https://...”, or “images: embed” to send them in the email.",
            )
        return self

    @model_validator(mode="after")
    def _picture_for_header(self) -> Self:
        if self.header == "picture" and self.logo is None:
            hint = "Add “logo:” with “src”, “alt” and “width”, or write “header: band”."
            raise invalid_value("", "", by_path=[(("header",), "There is no picture for the header.", hint)])
        return self

    @model_validator(mode="after")
    def _each_edition_once(self) -> Self:
        if len(set(self.editions)) < len(self.editions):
            raise invalid_value("An edition is named twice in “editions”.", "Delete one of the two.")
        return self

    def for_issue(self, issue: Issue) -> Brand:
        """Return the brand in the language of an issue, with the addresses of its web version and of its twins'."""
        brand = self.in_language(issue.language).model_copy(update={"web_version_url": self._web_version_of(issue)})
        versions = [WebVersion(twin.language, self._web_version_of(twin)) for twin in issue.twins]
        brand._other_versions = tuple(each for each in versions if each.url not in (None, brand.web_version_url))
        return brand

    def _web_version_of(self, issue: Issue) -> Url | None:
        url = self.in_language(issue.language).web_version_url
        return url and url.for_issue(issue.slug, issue.date)

    @property
    def other_versions(self) -> tuple[WebVersion, ...]:
        """The web versions of an issue in other languages; none before `for_issue`."""
        return self._other_versions

    @property
    def fallbacks(self) -> dict[str, str]:
        """The words for readers without a value, by the names of the fields."""
        return {name: field.fallback for name, field in self.fields.items()}

    @property
    def reader_fields(self) -> tuple[str, ...]:
        """The fields that its addresses still have, such as “{token}”: only an email for one reader has values."""
        addresses = (self.unsubscribe.url, self.preferences_url, self.web_version_url)
        placeholders = {each for address in addresses for each in PLACEHOLDER.findall(address or "")}
        return tuple(field for name in sorted(OF_THE_READER) if (field := f"{{{name}}}") in placeholders)

    @property
    def zone(self) -> datetime.tzinfo:
        """The time zone of an issue's date and time."""
        return zoneinfo.ZoneInfo(self.timezone)

"""What is the same in every issue: `templates/brand.yaml`."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from newsletter.css import colour
from newsletter.edition_kinds import EditionKind
from newsletter.issue.fields import (
    BareText,
    Colour,
    EmailAddress,
    Language,
    ListId,
    PictureFile,
    SecureUrl,
    Text,
    TimeZone,
    Url,
    invalid_value,
)
from newsletter.issue.model import IssueModel

LEAST_CONTRAST = 7
"""Of words against what is behind them (WCAG 2.2, 1.4.6)."""


class Mailbox(IssueModel):
    """A name and an email address."""

    name: Text | None = None
    address: EmailAddress


class Logo(IssueModel):
    """The picture in the masthead; `width` in CSS pixels is what it is shown at."""

    src: PictureFile
    alt: BareText
    width: Annotated[int, Field(ge=24, le=552)]


class Unsubscribe(IssueModel):
    """How a reader leaves: an https address that takes one click (RFC 8058), and perhaps an email address."""

    url: SecureUrl
    mailto: EmailAddress | None = None


class Helpline(IssueModel):
    """Somebody to talk to."""

    name: Text
    phone: Text
    hours: Text
    email: EmailAddress | None = None
    textphone: Text | None = None


class Palette(IssueModel):
    """The colours of the email, by what they are for."""

    page: Colour
    card: Colour
    text: Colour
    quiet: Colour
    link: Colour
    brand: Colour
    on_brand: Colour
    accent: Colour
    panel: Colour
    line: Colour
    warning: Colour

    @model_validator(mode="after")
    def _readable(self) -> Self:
        words = {"text": self.text, "quiet": self.quiet, "link": self.link}
        grounds = {"page": self.page, "card": self.card, "panel": self.panel, "warning": self.warning}
        pairs = [(word, ground) for word in words.items() for ground in grounds.items()]
        for (word, front), (ground, back) in [*pairs, (("on_brand", self.on_brand), ("brand", self.brand))]:
            colours = colour.parse(front), colour.parse(back)
            if None not in colours and (found := colour.ratio(*colours)) < LEAST_CONTRAST:  # type: ignore[arg-type]
                raise invalid_value(
                    f"'{word}' on '{ground}' has a contrast of {found:.1f}:1; readers with low vision need 7:1.",
                    f"Make '{word}' darker or '{ground}' lighter; in the dark palette, the other way round.",
                )
        return self


class Colours(IssueModel):
    """One palette for light mode and one for dark."""

    light: Palette
    dark: Palette


class Brand(IssueModel):
    """The charity behind the newsletter."""

    model_config = ConfigDict(populate_by_name=True)

    name: Annotated[Text, Field(description="The newsletter's name.")]
    organisation: Annotated[Text, Field(description="The charity's name.")]
    sender: Annotated[Mailbox, Field(alias="from")]
    reply_to: EmailAddress | None = None
    to: Mailbox
    list_id: ListId
    timezone: TimeZone
    language: Language
    website: Url
    base_url: Annotated[SecureUrl | None, Field(description="Where the pictures are hosted.")] = None
    images: Annotated[Literal["link", "embed"], Field(description="link: hosted; embed: sent along.")] = "link"
    editions: Annotated[
        tuple[EditionKind, ...], Field(min_length=1, description="In which forms each issue is made: one or more.")
    ] = ("standard",)
    colours: Colours
    logo: Logo | None = None
    charity_numbers: tuple[Text, ...] = ()
    address: Text
    why_you_get_this: Text
    unsubscribe: Unsubscribe
    preferences_url: Url | None = None
    web_version_url: Url | None = None
    privacy_url: Url
    helpline: Helpline
    disclaimer: Text
    glossary: dict[Text, Text] = Field(default={})

    @model_validator(mode="after")
    def _hosted_or_embedded(self) -> Self:
        if self.images == "link" and self.base_url is None:
            raise invalid_value(
                "Nothing says where the pictures are hosted.",
                "Write 'base_url: https://...', or 'images: embed' to send them along.",
            )
        return self

    @model_validator(mode="after")
    def _each_edition_once(self) -> Self:
        if len(set(self.editions)) < len(self.editions):
            raise invalid_value("An edition is named twice in 'editions'.", "Delete one of the two.")
        return self

    @property
    def zone(self) -> datetime.tzinfo:
        """The time zone in which an issue's date and time are meant."""
        return zoneinfo.ZoneInfo(self.timezone)

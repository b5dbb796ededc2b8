"""What a mailing service is: the tags that it fills in, what it adds and drops, and the files that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from newsletter.edition import Edition
from newsletter.issue.field_syntax import FieldUse
from newsletter.personal.escape_values import ValueForm
from newsletter.source.nodes import KeyPath

MessagePart = Literal["subject", "text", "page"]
"""A part of an email in which a service looks for tags."""

PictureSource = Literal["hosted", "beside", "message", "none"]
"""Where a service gets pictures: from a website, from files beside the page, from inside the message, or not at all."""


@dataclass(frozen=True)
class TagPlace:
    """The place of a tag: it decides how a value is written there."""

    part: MessagePart
    form: ValueForm
    in_query: bool = False
    """Whether it is in an address, after its question mark or number sign."""
    variant: int = 1
    """1 for the first fallback of a field, 2 for the second; the same field can have another in each sentence."""


@dataclass(frozen=True)
class Variable:
    """What the service, or whoever sends by it, has to know of each reader."""

    name: str
    """What it is called at the service."""
    field: str
    """The field that it has the value of."""
    form: ValueForm
    """How the value has to be written there: TEXT for as it is."""
    fallback: str
    """The words for readers without a value; empty if the tag has them, or there are none."""


class Tag(NamedTuple):
    """A tag as the service reads it, and the variable that it writes."""

    text: str
    variable: Variable


@dataclass(frozen=True)
class BrandTags:
    """What the service writes instead of values of the brand; empty for what it has no tag for."""

    unsubscribe: str = ""
    """The whole address by which a reader unsubscribes."""
    preferences: str = ""
    """The whole address where a reader chooses."""
    web_version: str = ""
    """The whole address of a copy on the web."""
    postal_address: str = ""
    """The postal address of the sender."""

    @property
    def addresses(self) -> Mapping[KeyPath, str]:
        """The tags of whole addresses, by the paths of these in a brand."""
        tags = {
            ("unsubscribe", "url"): self.unsubscribe,
            ("preferences_url",): self.preferences,
            ("web_version_url",): self.web_version,
        }
        return {path: tag for path, tag in tags.items() if tag}


class SizeLimit(NamedTuple):
    """The most bytes that a service takes of a file of the export, and the file's name."""

    file: str
    bytes: int


@dataclass(frozen=True)
class Content:
    """The parts of an email with tags in them, and what else a file for a service can need."""

    edition: Edition
    subject: str
    text: str
    page: str
    pictures: Mapping[str, bytes]
    """The pictures for files beside the page, by the name that it has for each."""
    variables: Sequence[Variable]


@dataclass(frozen=True)
class Service:
    """A mailing service. Whatever was not found in a document of the service is in `not_verified`."""

    name: str
    write_tag: Callable[[FieldUse, TagPlace], Tag]
    escape: Callable[[str, MessagePart], str]
    """Returns a part with everything escaped that the service would read as a tag, but is somebody's own words."""
    files: Callable[[Content], Mapping[str, bytes]]
    """Returns the files for the service by name, without the table of fields."""
    list_unsubscribe: str
    """Who writes the header List-Unsubscribe, as a sentence."""
    sources: Sequence[str]
    """The addresses of documents in which its tags and limits were found."""
    brand_tags: BrandTags = BrandTags()
    pictures: PictureSource = "hosted"
    losses: Sequence[str] = ()
    """What readers do not get, or get changed, each as a sentence."""
    limit: SizeLimit | None = None
    not_verified: Sequence[str] = ()
    needs_page: bool = True

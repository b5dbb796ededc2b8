"""The options and the result of `newsletter render`. Importing this is quick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from newsletter.edition_kinds import EditionKind
from newsletter.english import count

if TYPE_CHECKING:
    from newsletter.check.report import Report
    from newsletter.check.settings import Policy

_NOUNS = {"pictures": "picture", "files": "document", "calendar": "calendar file"}
"""The noun for one file in each folder of files to upload."""


@dataclass(frozen=True)
class RenderOptions:
    """How issues are rendered, besides what is in their files."""

    output: Path
    """The folder to write to."""
    policy: Policy | None = None
    """The policy to use instead of the project's own."""
    stop_at_warnings: bool = False
    """Whether warnings stop an issue."""
    force: bool = False
    """Whether errors do not stop an issue."""
    audited: bool = False
    """Whether only what an audit has passed is written."""
    kinds: tuple[EditionKind, ...] = ()
    """The editions to build; empty for those of the brand."""
    with_drafts: bool = False
    """Whether each message is also written as a draft."""


@dataclass(frozen=True)
class WrittenMessage:
    """An edition's message in the outbox: its path, size in bytes, words, minutes to read, and number of images."""

    path: str
    edition: EditionKind
    bytes: int
    words: int
    minutes: int
    images: int
    html_bytes: int = 0
    """The size of its HTML, which Gmail limits; 0 if it has none."""
    forced: bool = False
    """Whether it was written despite problems."""
    reader_fields: str = ""
    """The fields that its addresses still have, such as “{token}”; empty if readers can follow all of them."""
    unchanged: bool = False
    """Whether it was in the outbox already, and nothing that it depends on has changed."""

    def __str__(self) -> str:
        minutes, images = count(self.minutes, "minute"), count(self.images, "image")
        notes = ["written despite problems"] * self.forced
        if self.reader_fields:
            notes.append(f"do not send it as it is, because only merge, send and export fill in {self.reader_fields}")
        notes += ["unchanged"] * self.unchanged
        html = f" with {self.html_bytes / 1000:.0f} KB of HTML" if self.html_bytes else ""
        size = f"{self.bytes / 1000:.0f} KB{html}, {self.words:,} words, about {minutes} to read, {images}"
        return "; ".join([f"{self.path}: {size}", *notes])


@dataclass(frozen=True)
class FilesToUpload:
    """Files in the outbox for a website: their folder, the address to upload them to, and their names in the folder."""

    path: str
    address: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        files = count(len(self.names), _NOUNS[PurePath(self.path).name])
        return f"{self.path}: {files}. Upload what is in this folder to {self.address} before you send."


@dataclass(frozen=True)
class RenderResult:
    """What the render of one issue wrote, and the report of its check."""

    report: Report
    messages: tuple[WrittenMessage, ...] = ()
    uploads: tuple[FilesToUpload, ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    """The digest of each file of the issue in the outbox by its name; "" for a file that must not be there."""

"""What the list of issues says of an issue before it is built: its subject, its date and its language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from newsletter.issue.date_text import UnclearError, read_date
from newsletter.issue.fields import Language
from newsletter.preview.make import read_source
from newsletter.preview.snapshot import FileStat, Snapshot
from newsletter.source.glimpse import glimpse


@dataclass(frozen=True)
class Glance:
    """What can be read of an issue at once. Each is empty if it is missing or comes after a fault."""

    subject: str = ""
    title: str = ""
    day: datetime.date | None = None
    language: str = ""
    picture: str = ""
    """The path of the first picture, as the editor wrote it."""


class Glances:
    """The glance at each issue, read again when its file is saved."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._known: dict[Path, tuple[FileStat, Glance]] = {}

    def read_all(self, files: Snapshot, root: Path) -> None:
        """Read all issues of a snapshot, before builds begin, which would slow the first page down."""
        for path in files.issues(root):
            self.of(path, files)

    def of(self, path: Path, files: Snapshot) -> Glance:
        """Return the glance at a file of a snapshot; an empty one if the file is not there."""
        stat = files.files.get(path)
        if stat is None:
            self._known.pop(path, None)
            return Glance()
        if path not in self._known or self._known[path][0] != stat:
            self._known[path] = (stat, glance(read_source(path), path.stem))
        return self._known[path][1]


def glance(text: str, name: str) -> Glance:
    """Read what a list needs.

    Args:
        text: the YAML of an issue, maybe with faults.
        name: the name of its file without `.yaml`, which may end in a language.
    """
    texts = glimpse(text, ("subject", "title", "date", "language"), anywhere="src")
    language = texts.get("language", "") or name.partition(".")[2]
    return Glance(
        " ".join(texts.get("subject", "").split()),
        " ".join(texts.get("title", "").split()),
        _day(texts.get("date", ""), language),
        language if Language.is_known(language) else "",
        texts.get("src", ""),
    )


def _day(text: str, language: str) -> datetime.date | None:
    try:
        return read_date(text, [language] if Language.is_known(language) else [])
    except UnclearError:
        return None

"""What the list of issues says of an issue before it is built: its subject, its date and its language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from newsletter.issue.date_text import UnclearError, read_date
from newsletter.issue.fields import Language
from newsletter.preview.build_steps import read_source
from newsletter.preview.snapshot import FileStat, Snapshot
from newsletter.source.scan import scan_texts


@dataclass(frozen=True)
class IssueMetadata:
    """What can be read of an issue at once. Each is empty if it is missing or comes after a fault."""

    subject: str = ""
    title: str = ""
    day: datetime.date | None = None
    language: str = ""
    picture: str = ""
    """The path of the first picture, as the editor wrote it."""


class MetadataCache:
    """The metadata of each issue, read again when its file is saved."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._known: dict[Path, tuple[FileStat, IssueMetadata]] = {}

    def read_all(self, files: Snapshot, root: Path) -> None:
        """Read all issues of a snapshot, before builds begin, which would slow the first page down."""
        for path in files.issues(root):
            self.of(path, files)

    def of(self, path: Path, files: Snapshot) -> IssueMetadata:
        """Return the metadata of a file of a snapshot; empty if the file is not there."""
        stat = files.files.get(path)
        if stat is None:
            self._known.pop(path, None)
            return IssueMetadata()
        if path not in self._known or self._known[path][0] != stat:
            self._known[path] = (stat, read_metadata(read_source(path), path.stem))
        return self._known[path][1]


def read_metadata(text: str, name: str) -> IssueMetadata:
    """Read what a list needs.

    Args:
        text: the YAML of an issue, maybe with faults.
        name: the name of its file without `.yaml`, which may end in a language.
    """
    texts = scan_texts(text, ("subject", "title", "date", "language"), anywhere="src")
    language = texts.get("language", "") or name.partition(".")[2]
    return IssueMetadata(
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

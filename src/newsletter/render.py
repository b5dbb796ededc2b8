"""`newsletter render`: issues in, files in the outbox out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter import outbox
from newsletter.brand import Brand
from newsletter.compose import reading_time
from newsletter.picture_links import pictures
from newsletter.pipeline import build
from newsletter.problems import Place, Problems
from newsletter.project import Project
from newsletter.write import write


@dataclass(frozen=True)
class Rendered:
    """What was written for one issue: the message's path and size in bytes, and what reading it takes."""

    path: str
    bytes: int
    words: int
    minutes: int
    images: int

    def __str__(self) -> str:
        minutes = "1 minute" if self.minutes == 1 else f"{self.minutes} minutes"
        images = "1 image" if self.images == 1 else f"{self.images} images"
        return f"{self.path}: {self.bytes / 1000:.0f} KB, {self.words:,} words, about {minutes} to read, {images}"


def render(path: Path, project: Project, brand: Brand, output: Path) -> Rendered:
    """Build one issue and write its three files, all or none.

    Raises:
        Problems: when anything is wrong; the outbox is as it was.
    """
    edition = build(path, project, brand)
    try:
        write(output, outbox.files(edition))
    except OSError as error:
        place = Place(project.name_of(output))
        hint = "Nothing was written. Look at the free space, and at whether the folder is yours to write to."
        raise Problems.one(place, "write", f"The outbox cannot be written: {error.strerror or error}.", hint) from error
    return Rendered(
        project.name_of(output / f"{edition.issue.slug}.eml"),
        len(edition.message),
        reading_time.words(edition.issue),
        reading_time.minutes(edition.issue),
        len(pictures(edition.issue, brand)),
    )

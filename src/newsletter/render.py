"""`newsletter render`: issues in, files in the outbox out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter import outbox
from newsletter.brand import Brand
from newsletter.check import Report, check
from newsletter.check.settings import Settings
from newsletter.compose import reading_time
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
    forced: bool = False
    """Whether it was written although something stood against it."""

    def __str__(self) -> str:
        minutes = "1 minute" if self.minutes == 1 else f"{self.minutes} minutes"
        images = "1 image" if self.images == 1 else f"{self.images} images"
        forced = "; written in spite of what was found" if self.forced else ""
        return (
            f"{self.path}: {self.bytes / 1000:.0f} KB, {self.words:,} words, about {minutes} to read, {images}{forced}"
        )


@dataclass(frozen=True)
class Gate:
    """What stands between an issue and the outbox: the rules' severities; `strict` stops at warnings, `force` never."""

    settings: Settings
    strict: bool = False
    force: bool = False


def render(path: Path, project: Project, brand: Brand, output: Path, gate: Gate) -> tuple[Rendered, Report]:
    """Build one issue, check it, and write its three files, all or none.

    Args:
        path: the issue's YAML file.
        project: where templates and pictures are.
        brand: what is the same in every issue.
        output: the folder to write to.
        gate: what the check may find in it.

    Raises:
        Problems: when anything stands against it; the outbox is as it was.
    """
    edition = build(path, project, brand)
    report = check(edition, gate.settings)
    is_stopped = bool(report.problems if gate.strict else report.errors)
    if is_stopped and not gate.force:
        raise Problems(report.problems)
    try:
        write(output, outbox.files(edition))
    except OSError as error:
        place = Place(project.name_of(output))
        hint = "Nothing was written. Look at the free space, and at whether the folder is yours to write to."
        raise Problems.one(place, "write", f"The outbox cannot be written: {error.strerror or error}.", hint) from error
    rendered = Rendered(
        project.name_of(output / f"{edition.issue.slug}.eml"),
        len(edition.message),
        reading_time.words(edition.issue),
        reading_time.minutes(edition.issue),
        len(edition.pictures),
        forced=is_stopped,
    )
    return rendered, report

"""`newsletter render`: issues in, files in the outbox out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter import outbox
from newsletter.atomic_write import write_all
from newsletter.check.engine import check_editions
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.edition_kinds import EditionKind
from newsletter.english import count
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_editions, build_web_page
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.stages.compose import reading_time


@dataclass(frozen=True)
class WrittenMessage:
    """What was written for one edition: the message's path and size in bytes, and what reading it takes."""

    path: str
    edition: EditionKind
    bytes: int
    words: int
    minutes: int
    images: int
    forced: bool = False
    """Whether it was written although something stood against it."""

    def __str__(self) -> str:
        minutes, images = count(self.minutes, "minute"), count(self.images, "image")
        forced = "; written despite problems" if self.forced else ""
        return (
            f"{self.path}: {self.bytes / 1000:.0f} KB, {self.words:,} words, about {minutes} to read, {images}{forced}"
        )


@dataclass(frozen=True)
class WritePolicy:
    """What stands between an issue and the outbox: the rules' severities; `strict` stops at warnings, `force` never."""

    settings: Settings
    strict: bool = False
    force: bool = False


def render(  # noqa: PLR0913, PLR0917 - what the command was told
    path: Path, project: Project, brand: Brand, output: Path, gate: WritePolicy, kinds: Sequence[EditionKind] = ()
) -> tuple[list[WrittenMessage], Report]:
    """Build one issue's editions and its web version, check them, and write all their files or none.

    Args:
        path: the issue's YAML file.
        project: where templates and pictures are.
        brand: what is the same in every issue.
        output: the folder to write to.
        gate: what the check may find in it.
        kinds: which editions; what is in the outbox of others stays. Empty for those that the brand names: then the
            files of others, which an earlier render left, are removed, so that nobody sends them by mistake.

    Returns:
        What was written, and what the check found; nothing is written if that stands against it.

    Raises:
        Problems: when it cannot be made or written; the outbox is as it was.
    """
    editions = build_editions(path, project, brand, kinds)
    issue = editions[0].issue
    web = build_web_page(issue, brand, project)
    report = check_editions(editions, gate.settings)
    is_stopped = bool(report.problems if gate.strict else report.errors)
    if is_stopped and not gate.force:
        return [], report
    files = {name: content for edition in editions for name, content in outbox.files(edition).items()}
    outdated = [] if kinds else outbox.stale_files(issue.slug, brand.editions)
    put(output, project, {f"{issue.slug}{outbox.WEB}": web.encode(), **files}, outdated)
    rendered = [
        WrittenMessage(
            project.name_of(output / f"{issue.slug}{outbox.ENDINGS[edition.kind][-1]}"),
            edition.kind,
            len(edition.message),
            reading_time.words(issue),
            reading_time.minutes(issue),
            len(edition.pictures),
            forced=is_stopped,
        )
        for edition in editions
    ]
    return rendered, report


def put(output: Path, project: Project, files: Mapping[str, bytes], outdated: Sequence[str] = ()) -> None:
    """Write files into the outbox, all or none; see `write.write`.

    Raises:
        Problems: when it cannot be written to.
    """
    try:
        write_all(output, files, outdated)
    except OSError as error:
        place = Location(project.name_of(output))
        hint = "Nothing was written. Look at the free space, and at whether the folder is yours to write to."
        raise Problems.one(place, "write", f"The outbox cannot be written: {error.strerror or error}.", hint) from error

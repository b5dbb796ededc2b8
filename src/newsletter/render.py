"""`newsletter render`: build and check issues, and write their files to the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from newsletter import outbox
from newsletter.atomic_write import write_all
from newsletter.check.engine import check_editions
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.web_version import with_web_version
from newsletter.edition import Edition, IssueBuild, WebPage
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.english import count
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_editions, build_issue, build_web_page
from newsletter.problems import Location, Problems, blocking
from newsletter.project import Project
from newsletter.ready.audit_gate import audit_problem
from newsletter.ready.own_brand import brand_problem
from newsletter.stages.calendar import write_calendar
from newsletter.stages.compose import reading_time


@dataclass(frozen=True)
class WrittenMessage:
    """An edition's message in the outbox: its path, size in bytes, words, minutes to read, and number of images."""

    path: str
    edition: EditionKind
    bytes: int
    words: int
    minutes: int
    images: int
    forced: bool = False
    """Whether it was written despite problems."""

    def __str__(self) -> str:
        minutes, images = count(self.minutes, "minute"), count(self.images, "image")
        forced = "; written despite problems" if self.forced else ""
        return (
            f"{self.path}: {self.bytes / 1000:.0f} KB, {self.words:,} words, about {minutes} to read, {images}{forced}"
        )


@dataclass(frozen=True)
class FilesToUpload:
    """Files in the outbox for a website: their folder, the address to upload them to, and their names in the folder."""

    path: str
    address: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        files = count(len(self.names), outbox.UPLOADS[PurePath(self.path).name])
        return f"{self.path}: {files}. Upload what is in this folder to {self.address} before you send."


@dataclass(frozen=True)
class WritePolicy:
    """When to write an issue: without errors; with `strict`, without warnings, too; with `force`, always.

    With `audited`, or if the settings require an audit, only what an audit has passed as it is now.
    """

    settings: Settings
    strict: bool = False
    force: bool = False
    audited: bool = False


def render(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command
    path: Path,
    project: Project,
    brand: Brand,
    output: Path,
    policy: WritePolicy,
    kinds: Sequence[EditionKind] = (),
    *,
    with_drafts: bool = False,
) -> tuple[list[WrittenMessage], list[FilesToUpload], Report]:
    """Build one issue's editions and its web version, check them, and write all their files or none.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        output: the folder to write to.
        policy: the problems that stop the files from being written.
        kinds: the kinds to build; files of other kinds stay in the outbox. Empty for those of the brand: then files
            of other kinds from an earlier render are removed, so that nobody sends them by mistake, and the review file
            of another version.
        with_drafts: whether each message is also written as a draft. Otherwise a draft of an earlier render is removed.

    Returns:
        The messages that were written; the files to upload, if there are any; and the report of the check. No messages
        and no files if the check stopped them.

    Raises:
        Problems: if the issue cannot be built or written. The outbox does not change then.
    """
    build = build_issue(path, project, brand)
    editions, web = build_editions(build, project, kinds), build_web_page(build, project)
    issue = build.issue
    report = check_build(build, editions, web, project, policy)
    is_stopped = bool(blocking(report.problems, strict=policy.strict))
    if is_stopped and not policy.force:
        return [], [], report
    calendar = write_calendar(issue, build.brand, project)
    uploads = {
        outbox.PICTURES: outbox.pictures(editions),
        outbox.DOCUMENTS: outbox.document_copies(issue),
        outbox.CALENDAR: outbox.calendar(issue.slug, calendar),
    }
    files = outbox.source(issue)
    outdated = [] if kinds else outbox.stale_files(issue.slug, build.brand.editions)
    outdated += [] if kinds else outbox.stale_review(output, editions[0])
    drafts = [outbox.draft(edition) for edition in editions] if with_drafts else []
    files |= {name: content for draft in drafts for name, content in draft.items()}
    names = (outbox.draft_name(issue.slug, kind) for kind in kinds or EDITION_KINDS)
    outdated += [name for name in names if name not in files]
    for folder, copies in uploads.items():
        sums = (outbox.read_checksums(output, issue.slug, folder) if kinds else {}) | outbox.checksums(copies)
        files |= copies | outbox.checksum_file(issue.slug, folder, sums)
        outdated += outbox.stale_uploads(output, issue.slug, folder, sums)
    # The messages are last, after all that they name.
    files[f"{issue.slug}{outbox.WEB}"] = web.encode()
    files |= {name: content for edition in editions for name, content in outbox.files(edition).items()}
    put(output, project, files, outdated)
    rendered = [
        WrittenMessage(
            project.name_of(output / outbox.message_name(issue.slug, edition.kind)),
            edition.kind,
            len(edition.message),
            reading_time.words(issue),
            reading_time.minutes(issue),
            len(edition.pictures),
            forced=is_stopped,
        )
        for edition in editions
    ]
    to_upload = [
        FilesToUpload(
            project.name_of(output / issue.slug / folder),
            outbox.upload_address(folder, issue, build.brand),
            tuple(sorted(name.removeprefix(f"{issue.slug}/{folder}/") for name in copies)),
        )
        for folder, copies in uploads.items()
        if copies
    ]
    return rendered, to_upload, report


def check_build(
    build: IssueBuild, editions: Sequence[Edition], web: WebPage, project: Project, policy: WritePolicy
) -> Report:
    """Check the editions and the web version, and whether the brand is the project's own and an audit was passed.

    Args:
        build: the issue.
        editions: its editions.
        web: its web version.
        project: where the templates and the notes of audits are.
        policy: whether there has to be an audit, and the settings of rules.

    Returns:
        All problems. Nothing is handed out if one of them is `blocking`.
    """
    report = check_editions(editions, policy.settings)
    report = with_web_version(report, editions[0], web, policy.settings)
    asks_for_audit = policy.audited or policy.settings.require_audit
    own = (brand_problem(build.brand, project), audit_problem(editions, project) if asks_for_audit else None)
    return replace(report, problems=(*report.problems, *filter(None, own)))


def put(output: Path, project: Project, files: Mapping[str, bytes], outdated: Sequence[str] = ()) -> None:
    """Write files into the outbox, all or none (see `atomic_write.write_all`).

    Args:
        output: the outbox.
        project: for the name of the folder in a problem.
        files: contents by file name.
        outdated: names of files to remove.

    Raises:
        Problems: if it cannot be written to.
    """
    try:
        write_all(output, files, outdated)
    except OSError as error:
        place = Location(project.name_of(output))
        hint = "Nothing was written. Check that the disk has free space, and that you can write to the folder."
        raise Problems.one(place, "write", f"The outbox cannot be written: {error.strerror or error}.", hint) from error

"""`newsletter render`: build and check issues, and write their files to the outbox."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from newsletter import outbox
from newsletter.atomic_write import write_all
from newsletter.check.message import html_kb
from newsletter.check.settings import read_settings
from newsletter.edition import Edition, FinishedIssue, IssueBuild
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.english import join
from newsletter.inputs import Reads, collect_reads, file_digest, will_read
from newsletter.issue.load import load_brand
from newsletter.may_send import SendConditions, finish_and_check
from newsletter.pipeline import build_issue
from newsletter.problems import HINT_FOR_DISK, Location, Problems
from newsletter.project import Project
from newsletter.render_result import FilesToUpload, RenderOptions, RenderResult, WrittenMessage
from newsletter.stages.calendar import write_calendar
from newsletter.stages.compose import reading_time


class Renderer:
    """Renders issues of a project, all with the same options, brand and settings."""

    def __init__(self, project: Project, options: RenderOptions) -> None:
        """Read what the issues share.

        Args:
            project: where the templates and pictures are.
            options: how to render.

        Raises:
            Problems: all problems of the settings or of the brand.
        """
        self._project, self._options = project, options
        with collect_reads() as self._shared_reads:
            # A template can include any other, and a new file can replace a default one.
            for folder in project.templates:
                will_read(folder, "folder")
            settings = read_settings(project, options.policy)
            self._brand = load_brand(project)
        self._conditions = SendConditions(settings, options.stop_at_warnings, options.audited)
        self._has_rendered = False

    def __reduce__(self) -> tuple[type[Self], tuple[Project, RenderOptions]]:
        """Let another process read the same files again: templates and models cannot be sent to it."""
        return type(self), (Project(self._project.root), self._options)

    def try_render(self, path: Path) -> tuple[RenderResult, Reads] | Problems:
        """Render one issue as `render` does, but return its problems, so that they can come from another process."""
        if self._has_rendered:
            # The program has no garbage collection of its own (`cli/app.py`), and an issue leaves some MB behind.
            gc.collect()
        else:
            self._has_rendered = True
            gc.freeze()  # modules and templates stay, so that no collection has to look at them
        try:
            return self.render(path)
        except Problems as problems:
            return problems

    def render(self, path: Path) -> tuple[RenderResult, Reads]:
        """Build one issue's editions and its web version, check them, and write all their files or none.

        If the options name kinds of edition, files of other kinds stay in the outbox. If not, they are removed, so that
        nobody sends them by mistake, and so is the review file of another version. A draft of an earlier render is
        removed unless there is a new one.

        Args:
            path: the issue's YAML file.

        Returns:
            The files in the outbox, none if the check stopped them; and every file that the build read. These are empty
            if they are not known: an issue in another language that cannot be read may name any files.

        Raises:
            Problems: if the issue cannot be built or written. The outbox does not change then.
        """
        with collect_reads() as reads:
            build = build_issue(path, self._project, self._brand)
            checked = finish_and_check(build, self._project, self._conditions, self._options.kinds)
            if checked.is_blocked and not self._options.force:
                return RenderResult(checked.report), {}
            editions = checked.issue.editions
            uploads = _uploads(build, editions, self._project)
            outputs = self._write(checked.issue, uploads)
        result = RenderResult(
            checked.report,
            tuple(self._message(edition, is_forced=checked.is_blocked) for edition in editions),
            tuple(self._files_to_upload(build, folder, copies) for folder, copies in uploads.items() if copies),
            outputs,
        )
        return result, {} if build.issue.file.unreadable_twins else self._shared_reads | reads

    def _write(self, issue: FinishedIssue, uploads: Mapping[str, Mapping[str, bytes]]) -> dict[str, str]:
        """Write the files of an issue, and return their digests: "" for a file that was removed, or would have been."""
        build, editions = issue.build, issue.editions
        slug, output, kinds = build.issue.slug, self._options.output, self._options.kinds
        files = outbox.source_files(build.issue)
        outdated = [] if kinds else outbox.stale_files(slug, build.brand.editions)
        outdated += [] if kinds else outbox.stale_review(output, editions[0])
        for edition in editions if self._options.with_drafts else ():
            files |= outbox.draft_files(edition)
        names = (outbox.draft_name(slug, kind) for kind in kinds or EDITION_KINDS)
        outdated += [name for name in names if name not in files]
        for folder, copies in uploads.items():
            sums = (outbox.read_checksums(output, slug, folder) if kinds else {}) | outbox.checksums(copies)
            files |= {**copies, **outbox.checksum_file(slug, folder, sums)}
            outdated += outbox.stale_uploads(output, slug, folder, sums)
        # The messages are last, after all that they name.
        files[f"{slug}{outbox.WEB}"] = issue.web.encode()
        files |= {name: content for edition in editions for name, content in outbox.edition_files(edition).items()}
        write_output(output, self._project, files, outdated)
        # A review file is removed only if it is of another version: a new one is a reason to look again.
        review = f"{slug}{outbox.REVIEW}"
        return {
            **dict.fromkeys(outdated, ""),
            **outbox.checksums(files),
            review: file_digest(output / review),
        }

    def _message(self, edition: Edition, *, is_forced: bool) -> WrittenMessage:
        return WrittenMessage(
            self._project.name_of(self._options.output / outbox.message_name(edition.issue.slug, edition.kind)),
            edition.kind,
            len(edition.message),
            reading_time.word_count(edition.issue),
            reading_time.minutes(edition.issue),
            len(edition.pictures),
            html_bytes=round(1000 * html_kb(edition)) if edition.has_page else 0,
            forced=is_forced,
            reader_fields=join(edition.brand.reader_fields),
        )

    def _files_to_upload(self, build: IssueBuild, folder: str, copies: Mapping[str, bytes]) -> FilesToUpload:
        slug = build.issue.slug
        return FilesToUpload(
            self._project.name_of(self._options.output / slug / folder),
            outbox.upload_address(folder, build.issue, build.brand),
            tuple(sorted(name.removeprefix(f"{slug}/{folder}/") for name in copies)),
        )


def _uploads(build: IssueBuild, editions: Sequence[Edition], project: Project) -> dict[str, dict[str, bytes]]:
    """Return the files to upload by folder, each by its name in the outbox."""
    calendar = write_calendar(build.issue, build.brand, project)
    return {
        outbox.PICTURES: outbox.picture_files(editions),
        outbox.DOCUMENTS: outbox.document_copies(build.issue),
        outbox.CALENDAR: outbox.calendar_files(build.issue.slug, calendar),
    }


def write_output(output: Path, project: Project, files: Mapping[str, bytes], outdated: Sequence[str] = ()) -> None:
    """Write files into a folder, all or none (see `atomic_write.write_all`).

    Args:
        output: the folder, such as the outbox.
        project: for the name of the folder in a problem.
        files: contents by file name.
        outdated: names of files to remove.

    Raises:
        Problems: if it cannot be written to.
    """
    try:
        write_all(output, files, outdated)
    except OSError as error:
        hint = f"Nothing was written. {HINT_FOR_DISK}"
        raise Problems.not_written(Location(project.name_of(output)), error, "This folder", hint) from error

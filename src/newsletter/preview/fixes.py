"""Fixes that somebody chose in the preview: each is shown before it is written, and can be undone."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from newsletter.check.autofix import plan, replace_file
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.preview.project_state import ProjectState
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.lines import split_lines

_MOST_UNDO_STEPS = 50  # changes that can be undone


class ChangedLine(NamedTuple):
    """A line before and after a change: what is the same at its beginning and its end, and what differs."""

    number: int
    start: str
    before: str
    after: str
    end: str


@dataclass(frozen=True)
class FileChange:
    """A change of an issue's file: what was in it and what is in it then."""

    slug: str
    path: Path
    before: bytes = field(repr=False)
    after: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the file that the change is for."""
        return _fingerprint(self.before)

    @property
    def result_fingerprint(self) -> str:
        """The fingerprint of the file with the change."""
        return _fingerprint(self.after)

    @property
    def lines(self) -> tuple[ChangedLine, ...]:
        """The lines that differ. A fix adds and removes none."""
        old, new = (split_lines(data.decode("utf-8-sig", "replace")) for data in (self.before, self.after))
        pairs = enumerate(zip(old, new, strict=True), 1)
        return tuple(_changed_line(number, *pair) for number, pair in pairs if pair[0] != pair[1])


class Fixes:
    """The changes that were made since the preview started, the latest last."""

    def __init__(self, token: str) -> None:
        """Create it without changes.

        Args:
            token: what each form has to have (see `security.LocalOnlyMiddleware`).
        """
        self.token = token
        self._done: list[FileChange] = []
        self._undone: dict[str, FileChange] = {}

    def latest(self, slug: str) -> FileChange | None:
        """Return the latest change of an issue that can still be undone; None if there is none."""
        return next((change for change in reversed(self._done) if change.slug == slug), None)

    def undone(self, slug: str) -> FileChange | None:
        """Return the latest change of an issue that was undone, as the change that this was; None if there is none."""
        return self._undone.get(slug)

    def write(self, change: FileChange, fingerprint: str, project: Project) -> FileChange:
        """Write a change that somebody has seen, and return it.

        Args:
            change: the change.
            fingerprint: that of the file for which the change was shown.
            project: the project of the file.

        Raises:
            Problems: if the file is another one now, or cannot be written.
        """
        if change.fingerprint != fingerprint:
            raise _changed(project.name_of(change.path), "so it was not fixed", "Look at the change again.")
        replace_file(change.path, project, change.before, change.after)
        self._done = [*self._done[1 - _MOST_UNDO_STEPS :], change]
        return change

    def undo(self, slug: str, fingerprint: str, project: Project) -> FileChange:
        """Undo the latest change of an issue, and return the change that this was.

        Args:
            slug: the issue.
            fingerprint: that of the file with the change that is to be undone.
            project: the project of the file.

        Raises:
            Problems: if nothing can be undone, if the file was changed since, or if it cannot be written.
        """
        change = self.latest(slug)
        if change is None or change.result_fingerprint != fingerprint:
            message = "This fix has been undone already, or another one came after it."
            raise Problems.one(Location(f"issues/{slug}.yaml"), "undo", message, "Look at the file in your editor.")
        file = project.name_of(change.path)
        try:
            now = change.path.read_bytes()
        except OSError:
            now = b""
        if now != change.after:
            raise _changed(file, "so the fix was not undone", "Change it in your editor: there you can undo it, too.")
        replace_file(change.path, project, change.after, change.before)
        self._done.remove(change)
        self._undone[slug] = FileChange(slug, change.path, change.after, change.before)
        return self._undone[slug]


def plan_change(
    slug: str, path: Path, shared: ProjectState, rule: str, places: Collection[tuple[int, int]]
) -> FileChange | None:
    """Return the change that fixes one finding, as `newsletter check --fix` would; None if it cannot be fixed.

    Args:
        slug: the issue.
        path: its file.
        shared: what all issues share.
        rule: the id of the finding.
        places: the lines and columns of its places.

    Raises:
        Problems: if the brand, the settings or the issue cannot be read.
    """
    if not isinstance(shared.brand, Brand) or shared.problems:
        raise Problems(shared.problems)
    file = shared.project.name_of(path)
    chosen = {Location(file, line, column) for line, column in places}
    planned = plan(
        path,
        shared.project,
        shared.brand,
        shared.settings or Settings(),
        lambda id, place: id == rule and place in chosen,
    )
    return FileChange(slug, path, planned.before, planned.after) if planned.fixes else None


def _changed_line(number: int, old: str, new: str) -> ChangedLine:
    start = _equal_signs(old, new)
    end = _equal_signs(old[start:][::-1], new[start:][::-1])
    until, now_until = len(old) - end, len(new) - end
    return ChangedLine(number, old[:start], old[start:until], new[start:now_until], old[until:])


def _equal_signs(one: str, other: str) -> int:
    """Return the number of characters at the beginning of two texts that are the same."""
    differs = (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differs, min(len(one), len(other)))


def _changed(file: str, consequence: str, hint: str) -> Problems:
    return Problems.one(Location(file), "fix", f"The file was changed in the meantime, {consequence}.", hint)


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""Earlier versions of issues, as they were saved while the preview runs, and what changed since one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsletter.changes.compare import SectionChanges, compare
from newsletter.changes.sources import COMMIT, RENDER, earlier_version, moment, saved_version
from newsletter.changes.version import Version
from newsletter.preview.issue_state import IssueState
from newsletter.preview.status import clock
from newsletter.problems import Location, Problem, Problems
from newsletter.project import Project

_SAVED_PREFIX = "saved-"
_MOST_VERSIONS = 20
_MOST_CHARACTERS = 2_000_000
"""In the versions of one issue. The first version is always kept."""


@dataclass(frozen=True)
class SavedVersion:
    """An issue as it was saved at a moment of this run of the preview."""

    saved_at: datetime
    version: Version

    @property
    def key(self) -> str:
        """The name in an address."""
        return f"{_SAVED_PREFIX}{self.saved_at.timestamp() * 1000:.0f}"


def is_saved(since: str) -> bool:
    """Check whether a moment, as in an address, is a save and not what an editor typed."""
    return since.startswith(_SAVED_PREFIX)


@dataclass(frozen=True)
class Comparison:
    """What changed in an issue: the moment, the versions to choose from, and the changes or why there are none."""

    since: str
    """The chosen moment, as in the address; "" if there is nothing to compare with."""
    label: str
    saves: tuple[tuple[str, str], ...]
    """Each save of this run as in the address, and its name, the newest first."""
    choices: tuple[tuple[str, str], ...] = ((COMMIT, "The last commit"), (RENDER, "The last render"))
    """The other moments that have a name, in the same form."""
    parts: tuple[SectionChanges, ...] = ()
    problem: Problem | None = None


class History:
    """The versions of each issue of a project."""

    def __init__(self, root: Path) -> None:
        self._project = Project(root)
        self._versions: dict[str, list[SavedVersion]] = {}

    def record(self, state: IssueState) -> None:
        """Keep the saved text of an issue, if it is not the same as before."""
        versions = self._versions.setdefault(state.slug, [])
        if not state.source or state.saved_at is None or (versions and versions[-1].version.source == state.source):
            return
        snippets = state.edition.issue.file.snippets if state.edition else ()
        label = f"{'what you saved at' if versions else 'the start of this preview,'} {clock(state.saved_at)}"
        version = Version(label, state.source, {snippet.name: snippet.text for snippet in snippets})
        versions.append(SavedVersion(state.saved_at, version))
        while len(versions) > 2 and (
            len(versions) > _MOST_VERSIONS or sum(len(each.version.source) for each in versions) > _MOST_CHARACTERS
        ):
            del versions[1]

    def forget(self, slugs: Mapping[str, object]) -> None:
        """Forget the versions of issues that the preview does not know any more."""
        for slug in self._versions.keys() - slugs.keys():
            del self._versions[slug]

    def comparison(self, state: IssueState, since: str | None) -> Comparison:
        """Return what changed in an issue. It reads files and runs git, so it belongs in a thread.

        Args:
            state: the issue.
            since: the moment, as in the address; None for the last commit, or else the last render, or else the start.
        """
        saves = tuple(self._saves(state.slug))
        try:
            chosen, old = self._old(state, since or None)
            now = saved_version(self._project.root / state.file, self._project, state.source)
            return Comparison(chosen, old.label, saves, parts=compare(old, now))
        except Problems as problems:
            return Comparison(since or "", "", saves, problem=problems.problems[0])

    def _old(self, state: IssueState, since: str | None) -> tuple[str, Version]:
        versions = self._versions.get(state.slug, [])
        saved = next((each for each in versions if each.key == since), None)
        if saved:
            return saved.key, saved.version
        if since and is_saved(since):
            message, hint = "The preview has not kept that save.", "Choose another moment."
            raise Problems([Problem(Location(state.file), "since", message, hint)])
        path = self._project.root / state.file
        time = moment(since) if since else None
        before = [each for each in versions if time and each.saved_at <= time <= datetime.now().astimezone()]
        for name in [since] if since else [COMMIT, RENDER]:
            try:
                version = earlier_version(path, self._project, name)
            except Problems:
                if before:
                    return name, before[-1].version
                if since or not versions:
                    raise
            else:
                is_older = before and version.committed_at and version.committed_at < before[-1].saved_at
                return name, before[-1].version if is_older else version
        return versions[0].key, versions[0].version

    def _saves(self, slug: str) -> Iterator[tuple[str, str]]:
        versions = self._versions.get(slug, [])
        # The newest is the file as it is now. If it is the only one, it is the start, which somebody compares with.
        for each in reversed(versions[:-1] or versions):
            yield each.key, each.version.label[:1].upper() + each.version.label[1:]

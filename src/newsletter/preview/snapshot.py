"""The files of a project at one moment, and what each of them is for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsletter.check.settings import FILE as SETTINGS
from newsletter.issue.snippets import FOLDER as SNIPPETS
from newsletter.project import STATE_FOLDER as NOTES

FileRole = Literal["issue", "snippet", "picture", "template", "settings", "outbox", "notes"]
FileStat = tuple[int, int, int, int]

_FOLDERS = ("issues", "templates", "outbox", NOTES)


@dataclass(frozen=True)
class Snapshot:
    """The files of a project, each with the numbers that change when it is saved, and their folders."""

    files: Mapping[Path, FileStat] = field(default_factory=dict)
    folders: Mapping[Path, int] = field(default_factory=dict)
    """Each folder with its inode: a folder that was deleted and created again has to be watched again."""
    external_links: frozenset[Path] = frozenset()
    """Symbolic links to something outside of the project. They are not followed."""

    def changed_paths(self, since: Snapshot) -> set[Path]:
        """Return the files and links that were saved, created or removed since another snapshot."""
        now, before = self.files.items(), since.files.items()
        return {path for path, _ in now ^ before} | (self.external_links ^ since.external_links)

    def new_path(self, path: Path, since: Snapshot) -> Path | None:
        """Return the new path of a file that was renamed since another snapshot; None if it was not renamed."""
        before = since.files.get(path)
        return next((new for new in self.files.keys() - since.files.keys() if _is_same(self.files[new], before)), None)

    def last_saved(self, condition: Callable[[Path], bool]) -> float:
        """Return the time of the last save of the files that meet a condition, in seconds since 1970; 0 without any."""
        return max((stat[0] / 1e9 for path, stat in self.files.items() if condition(path)), default=0)

    def issues(self, root: Path) -> list[Path]:
        """Return the issues, with unfinished ones."""
        return sorted(path for path in self.files if role_of(path, root) == "issue")


def role_of(path: Path, root: Path) -> FileRole | None:
    """Return the role of a path in a project; None if it has none."""
    if path.parent == root:
        return "settings" if path.name == SETTINGS else None
    folder = path.relative_to(root).parts[0]
    if folder == "issues":
        if path.suffix == ".yaml" and path.parent == root / "issues" / SNIPPETS:
            return "snippet"
        is_issue = path.suffix == ".yaml" and path.parent == root / "issues" and not path.name.startswith(".")
        return "issue" if is_issue else "picture"
    return {"templates": "template", "outbox": "outbox", NOTES: "notes"}.get(folder)  # type: ignore[return-value]


def name_in_issues(path: Path, root: Path) -> str:
    """Return the name by which issues mention a picture or a snippet; "" for any other file."""
    return {"picture": path.name, "snippet": path.stem}.get(role_of(path, root) or "", "")


def take_snapshot(root: Path) -> Snapshot:
    """Read which files of a project exist, and when they were saved.

    Args:
        root: the project's folder.
    """
    home = root.resolve()
    files: dict[Path, FileStat] = {}
    folders: dict[Path, int] = {root: 0} if root.is_dir() else {}
    external_links: set[Path] = set()
    for path, entry in _entries(root, home, folders, external_links):
        try:
            stat = entry.stat()
        except OSError:  # deleted meanwhile, or a broken link
            continue
        # Only plain files: opening a pipe would wait for ever.
        if entry.is_file():
            files[path] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
    return Snapshot(files, folders, frozenset(external_links))


def _entries(
    root: Path, home: Path, folders: dict[Path, int], external_links: set[Path]
) -> Iterator[tuple[Path, os.DirEntry[str]]]:
    waiting, visited = [root], {home}
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in listed:
            path = folder / entry.name
            if not _counts(path, root) or not _is_text(entry.name):
                continue
            if entry.is_symlink() and not _is_inside(path, home):
                external_links.add(path)
            elif entry.is_dir():
                real = path.resolve()
                if real not in visited:
                    visited.add(real)
                    folders[path] = entry.inode()
                    waiting.append(path)
            else:
                yield path, entry


def _is_same(now: FileStat, before: FileStat | None) -> bool:
    """Check whether two files are one that was renamed, which changes nothing but `st_ctime_ns`."""
    return before is not None and (now[0], *now[2:]) == (before[0], *before[2:])


def _counts(path: Path, root: Path) -> bool:
    if path.parent == root:
        return path.name in (*_FOLDERS, SETTINGS)
    return not path.name.startswith(".") and (path.parent != root / "outbox" or path.suffix == ".eml")


def _is_text(name: str) -> bool:
    """Check whether a file name can be encoded as UTF-8; no page can show another one."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_inside(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a link to itself
        return False

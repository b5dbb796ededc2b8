"""What lies in the folders of a project at one moment, and whether it may be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsletter.check.settings import FILE as SETTINGS

FileRole = Literal["issue", "picture", "template", "settings", "outbox"]
FileStat = tuple[int, int, int, int]

_FOLDERS = ("issues", "templates", "outbox")


@dataclass(frozen=True)
class Snapshot:
    """The files of a project, each with what changes when it is saved, and the folders that hold them."""

    files: Mapping[Path, FileStat] = field(default_factory=dict)
    folders: Mapping[Path, int] = field(default_factory=dict)
    """Each with its inode: a folder that was deleted and made again is another one, and has to be watched anew."""
    external_links: frozenset[Path] = frozenset()
    """Symbolic links that lead out of the project. They are not followed."""

    def changed(self, since: Snapshot) -> set[Path]:
        """Give the files and links that were saved, made or removed since."""
        now, before = self.files.items(), since.files.items()
        return {path for path, _ in now ^ before} | (self.external_links ^ since.external_links)

    def moved(self, path: Path, since: Snapshot) -> Path | None:
        """Tell where a file is now that was at a path before; None if it was not renamed."""
        sought = since.files.get(path)
        return next((new for new in self.files.keys() - since.files.keys() if _is_same(self.files[new], sought)), None)

    def last_saved(self, wanted: Callable[[Path], bool]) -> float:
        """Give the time of the last save of the files that are wanted, in seconds since 1970; 0 without any."""
        return max((about[0] / 1e9 for path, about in self.files.items() if wanted(path)), default=0)

    def issues(self, root: Path) -> list[Path]:
        """Give the issues, drafts too."""
        return sorted(path for path in self.files if role_of(path, root) == "issue")


def role_of(path: Path, root: Path) -> FileRole | None:
    """Tell what a path of a project is for; None when it is for nothing."""
    if path.parent == root:
        return "settings" if path.name == SETTINGS else None
    folder = path.relative_to(root).parts[0]
    if folder == "issues":
        is_issue = path.suffix == ".yaml" and path.parent == root / "issues" and not path.name.startswith(".")
        return "issue" if is_issue else "picture"
    return {"templates": "template", "outbox": "outbox"}.get(folder)  # type: ignore[return-value]


def take_snapshot(root: Path) -> Snapshot:
    """Look at everything in a project that a preview depends on.

    Args:
        root: the project's folder.
    """
    home = root.resolve()
    files: dict[Path, FileStat] = {}
    folders: dict[Path, int] = {root: 0} if root.is_dir() else {}
    strays: set[Path] = set()
    for path, entry in _entries(root, home, folders, strays):
        try:
            about = entry.stat()
        except OSError:  # gone meanwhile, or a link that leads nowhere
            continue
        # Nothing but plain files: opening a pipe would wait for ever.
        if entry.is_file():
            files[path] = (about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino)
    return Snapshot(files, folders, frozenset(strays))


def _entries(
    root: Path, home: Path, folders: dict[Path, int], strays: set[Path]
) -> Iterator[tuple[Path, os.DirEntry[str]]]:
    waiting, seen = [root], {home}
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in listed:
            path = folder / entry.name
            if not _counts(path, root) or not _is_writable(entry.name):
                continue
            if entry.is_symlink() and not _stays(path, home):
                strays.add(path)
            elif entry.is_dir():
                real = path.resolve()
                if real not in seen:
                    seen.add(real)
                    folders[path] = entry.inode()
                    waiting.append(path)
            else:
                yield path, entry


def _is_same(now: FileStat, before: FileStat | None) -> bool:
    """Whether two files are one that was renamed: the time of its last change of any kind is then another."""
    return before is not None and (now[0], *now[2:]) == (before[0], *before[2:])


def _counts(path: Path, root: Path) -> bool:
    if path.parent == root:
        return path.name in (*_FOLDERS, SETTINGS)
    return not path.name.startswith(".") and (path.parent != root / "outbox" or path.suffix == ".eml")


def _is_writable(name: str) -> bool:
    """Whether a name is made of characters: one of other bytes can stand in no page."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stays(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False

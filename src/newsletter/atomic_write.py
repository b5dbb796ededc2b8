"""Writes a set of files that belong together: all of them or none, even if the program is stopped.

The set is first written to a hidden folder next to its place, `.newsletter-<random>.part`. Then this folder is renamed
to `.whole`. If a run is killed before that, nothing has changed. If it is killed after that, the next write completes
the set. A file has always all of its old content or all of its new content.
"""

import errno
import os
import secrets
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_STAGE = ".newsletter-"


def write_all(folder: Path, files: Mapping[str, bytes], outdated: Iterable[str] = (), mode: int | None = None) -> None:
    """Write a set of files into a folder.

    A symbolic link is replaced, never followed. Writers of one folder wait for each other, so that two sets never mix.

    Args:
        folder: created if it does not exist.
        files: the bytes of each file by its name, written in this order. `pictures/a.png` is in a folder of its own,
            which is created if it does not exist.
        outdated: names of files of an earlier set that are deleted afterwards, if they exist, with folders that are
            empty then.
        mode: the permissions of the files; None for the default ones of `open()`.

    Raises:
        ValueError: for a name that leads out of the folder, or that not every system can have.
        OSError: if a file cannot be written. If the disk is full, no file has changed.
    """
    outdated = tuple(outdated)
    for name in (*files, *outdated):
        if {"", ".", ".."} & set(name.split("/")) or set(name) & set("\\:\0") or name.startswith(_STAGE):
            raise ValueError(f"{name!r} is not a plain file name.")
    folder.mkdir(parents=True, exist_ok=True)
    lock = _lock(folder)
    try:
        if lock is not None:
            _complete(folder)
        for name in files:
            target = folder / name
            if target.is_dir() and not target.is_symlink():
                raise IsADirectoryError(errno.EISDIR, "A folder has the name of the file", str(target))
            for parent in _parents(folder, name):
                if parent.is_symlink() or (parent.exists() and not parent.is_dir()):
                    raise NotADirectoryError(errno.ENOTDIR, "A file or a link has the name of a folder", str(parent))
        _settle(_stage(folder, files, mode), files)
        for name in outdated:
            _delete(folder, name)
    finally:
        if lock is not None:
            os.close(lock)


def is_unfinished(folder: Path) -> bool:
    """Check whether a killed run has left a set behind, which the next `write_all` completes or deletes."""
    return any(folder.glob(f"{_STAGE}*/"))


def _parents(folder: Path, name: str) -> list[Path]:
    """Return the folders between a folder and a file in it, the innermost first."""
    return [folder / parent for parent in Path(name).parents[:-1]]


def _delete(folder: Path, name: str) -> None:
    """Delete a file if there is one, and its folders if they are empty then. A link to a folder is not followed."""
    parents = _parents(folder, name)
    if any(parent.is_symlink() for parent in parents):
        return
    (folder / name).unlink(missing_ok=True)
    for parent in parents:
        with suppress(OSError):  # it is not empty, or not there
            parent.rmdir()


def _lock(folder: Path) -> int | None:
    """Wait until no other writer uses `folder`, and lock it.

    Returns:
        A descriptor; closing it ends the lock. None if there are no such locks (Windows, some network drives). Each
        file is complete then, too. But two writers at the same time can mix their sets, and hidden folders of a killed
        run stay, because another writer may still use them.
    """
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # The lock is on the folder, not on a lock file: so it ends with the process, even if that is killed.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _complete(folder: Path) -> None:
    """Complete the sets of killed runs that are whole, and delete the others."""
    for stage in (path for path in folder.glob(f"{_STAGE}*/") if not path.is_symlink()):
        if stage.suffix == ".whole":
            names = (path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file())
            _settle(stage, sorted(names))
        elif stage.suffix == ".part":
            shutil.rmtree(stage)


def _stage(folder: Path, files: Mapping[str, bytes], mode: int | None) -> Path:
    """Write the set to a hidden folder, and rename that to `.whole`; return its path."""
    part = folder / f"{_STAGE}{secrets.token_hex(8)}.part"
    try:
        part.mkdir()
        for name, data in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            with (part / name).open("xb") as file:
                file.write(data)
                if mode is not None:
                    (part / name).chmod(mode)
                file.flush()
                os.fsync(file.fileno())  # else a file could be empty after a power cut
        for path in (*part.rglob("*/"), part):
            _sync(path)
        return part.rename(part.with_suffix(".whole"))
    except BaseException:  # Control-C too
        shutil.rmtree(part, ignore_errors=True)
        raise


def _settle(whole: Path, names: Collection[str]) -> None:
    """Move the files of a whole set to their place."""
    try:
        for name in names:
            (whole.parent / name).parent.mkdir(parents=True, exist_ok=True)
            (whole / name).replace(whole.parent / name)
    except OSError:  # such as a file that is open in another program on Windows: it must not block every later write
        shutil.rmtree(whole, ignore_errors=True)
        raise
    for path in {whole.parent / Path(name).parent for name in names}:
        _sync(path)
    shutil.rmtree(whole)


def _sync(folder: Path) -> None:
    """Write the names in `folder` to the disk, so that they survive a power cut, if the system can do that."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        with suppress(OSError):  # some network drives cannot do this for a folder
            os.fsync(descriptor)
        os.close(descriptor)

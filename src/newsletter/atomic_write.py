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
from collections.abc import Iterable, Mapping
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
        files: the bytes of each file by its name, written in this order.
        outdated: names of files of an earlier set that are deleted afterwards, if they exist.
        mode: the permissions of the files; None for the default ones of `open()`.

    Raises:
        ValueError: for a name that is not a plain file name.
        OSError: if a file cannot be written. If the disk is full, no file has changed.
    """
    outdated = tuple(outdated)
    for name in (*files, *outdated):
        if name in ("", ".", "..") or set(name) & set("/\\:\0") or name.startswith(_STAGE):
            raise ValueError(f"{name!r} is not a plain file name.")
    folder.mkdir(parents=True, exist_ok=True)
    lock = _lock(folder)
    try:
        if lock is not None:
            _complete(folder)
        for target in (folder / name for name in files):
            if target.is_dir() and not target.is_symlink():
                raise IsADirectoryError(errno.EISDIR, "A folder has the name of the file", str(target))
        _settle(_stage(folder, files, mode), files)
        for name in outdated:
            (folder / name).unlink(missing_ok=True)
    finally:
        if lock is not None:
            os.close(lock)


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
            _settle(stage, [file.name for file in stage.iterdir()])
        elif stage.suffix == ".part":
            shutil.rmtree(stage)


def _stage(folder: Path, files: Mapping[str, bytes], mode: int | None) -> Path:
    """Write the set to a hidden folder, and rename that to `.whole`; return its path."""
    part = folder / f"{_STAGE}{secrets.token_hex(8)}.part"
    try:
        part.mkdir()
        for name, data in files.items():
            with (part / name).open("xb") as file:
                file.write(data)
                if mode is not None:
                    (part / name).chmod(mode)
                file.flush()
                os.fsync(file.fileno())  # else a file could be empty after a power cut
        _sync(part)
        return part.rename(part.with_suffix(".whole"))
    except BaseException:  # Control-C too
        shutil.rmtree(part, ignore_errors=True)
        raise


def _settle(whole: Path, names: Iterable[str]) -> None:
    """Move the files of a whole set to their place."""
    try:
        for name in names:
            (whole / name).replace(whole.parent / name)
    except OSError:  # such as a file that is open in another program on Windows: it must not block every later write
        shutil.rmtree(whole, ignore_errors=True)
        raise
    _sync(whole.parent)
    whole.rmdir()


def _sync(folder: Path) -> None:
    """Write the names in `folder` to the disk, so that they survive a power cut, if the system can do that."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        with suppress(OSError):  # some network drives cannot do this for a folder
            os.fsync(descriptor)
        os.close(descriptor)

"""Write a set of files that belong together: all of them or none, whatever happens meanwhile.

The set is staged in a hidden folder beside its place, `.newsletter-<random>.part`. Renaming that folder to
`.whole` is the one step that decides: a run killed before it has written nothing, and one killed after it is
completed by the next write. Whoever opens a file finds all of the old one or all of the new one.
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
    """Put every file (its name, and its bytes) into `folder`, which is made if absent, in the order given.

    Then remove the `outdated` ones that are there: files of an earlier set that this one has no place for.

    A symbolic link is replaced, never followed. The files have the permissions `mode`, or those that `open()` would
    give them. Writers of one folder take turns, so that two sets never mix. Raises ValueError for a name that is not a
    plain file name, and OSError as it came; if there is no room on the disk, every file is as it was.
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
                raise IsADirectoryError(errno.EISDIR, "A folder stands where the file goes", str(target))
        _settle(_stage(folder, files, mode), files)
        for name in outdated:
            (folder / name).unlink(missing_ok=True)
    finally:
        if lock is not None:
            os.close(lock)


def _lock(folder: Path) -> int | None:
    """Wait until no other writer is at work in `folder`. Closing the descriptor lets the next one in.

    Where there is no such lock (Windows, some network drives) this is None: each file is still whole, but two
    writers at once can mix their sets, and the leftovers of a killed run stay, as they may be another's work.
    """
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # On the folder, not on a lock file: this lock ends with the process, even if that is killed.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _complete(folder: Path) -> None:
    """Finish what killed runs had decided, and remove what they had not."""
    for stage in (path for path in folder.glob(f"{_STAGE}*/") if not path.is_symlink()):
        if stage.suffix == ".whole":
            _settle(stage, [file.name for file in stage.iterdir()])
        elif stage.suffix == ".part":
            shutil.rmtree(stage)


def _stage(folder: Path, files: Mapping[str, bytes], mode: int | None) -> Path:
    """Write the set to the disk, out of sight, then decide for it."""
    part = folder / f"{_STAGE}{secrets.token_hex(8)}.part"
    try:
        part.mkdir()
        for name, data in files.items():
            with (part / name).open("xb") as file:
                file.write(data)
                if mode is not None:
                    (part / name).chmod(mode)
                file.flush()
                os.fsync(file.fileno())  # or a power cut could leave a name without its bytes
        _sync(part)
        return part.rename(part.with_suffix(".whole"))
    except BaseException:  # Control-C too
        shutil.rmtree(part, ignore_errors=True)
        raise


def _settle(whole: Path, names: Iterable[str]) -> None:
    """Move a decided set into its place."""
    try:
        for name in names:
            (whole / name).replace(whole.parent / name)
    except OSError:  # such as a file open in another program on Windows: it must not block every later write
        shutil.rmtree(whole, ignore_errors=True)
        raise
    _sync(whole.parent)
    whole.rmdir()


def _sync(folder: Path) -> None:
    """Make the names in `folder` outlast a power cut, where that can be asked for."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        with suppress(OSError):  # some network drives refuse this of a folder
            os.fsync(descriptor)
        os.close(descriptor)

"""Remembers what a build reads, so that a later run knows whether any of it has changed.

The code that reads a file or lists a folder says so here, just before. So if a file is changed during a build, the
digest is the old one, and the next run builds again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import file_digest as file_hash
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

InputKind = Literal["file", "names", "folder"]


class Input(NamedTuple):
    """Something that a build reads.

    It is a file; the names of the files that match a pattern with one star, such as `issues/winter.*.yaml`; or all
    files of a folder and of the folders in it.
    """

    kind: InputKind
    path: str


Reads = dict[Input, str]
"""The digest of everything that a build has read."""

_READS: ContextVar[Reads | None] = ContextVar("reads", default=None)


@contextmanager
def collect_reads() -> Iterator[Reads]:
    """Collect what the code inside a `with` reads."""
    reads: Reads = {}
    token = _READS.set(reads)
    try:
        yield reads
    finally:
        _READS.reset(token)


def will_read(path: Path, kind: InputKind = "file") -> None:
    """Record that the next lines read something. Without `collect_reads` this does nothing."""
    if (reads := _READS.get()) is not None:
        read = Input(kind, str(path.absolute()))
        reads.setdefault(read, digest(read))


def digest(read: Input) -> str:
    """Return the SHA-256 of a file or folder as it is now; "" if there is no such file that can be read."""
    path = Path(read.path)
    if read.kind == "names":
        return _sha256(*sorted(map(os.fsencode, _matching(path))))
    if read.kind == "folder":
        return _sha256(*_contents(path, {os.path.realpath(path)}))
    # A symbolic link that now leads elsewhere is a change: no build reads a picture outside of the project.
    content = file_digest(path)
    return content and _sha256(os.fsencode(os.path.realpath(path)), content.encode())


def _matching(pattern: Path) -> list[str]:
    """Return the names that match a pattern with one star."""
    begin, _, end = pattern.name.partition("*")
    try:
        with os.scandir(pattern.parent) as entries:  # `glob` takes twice as long
            names = [entry.name for entry in entries]
    except OSError:
        return []
    return [name for name in names if name.startswith(begin) and name[len(begin) :].endswith(end)]


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; "" if there is no plain file that can be read."""
    try:
        if not path.is_file():  # opening a pipe would wait for ever
            return ""
        with path.open("rb") as file:
            return file_hash(file, "sha256").hexdigest()
    except OSError:
        return ""


def _contents(folder: Path, visited: set[str]) -> Iterator[bytes]:
    """Yield the names and digests of the files in a folder and its folders, in one order; a loop of links ends."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            real = os.path.realpath(entry)
            if entry.name != "__pycache__" and real not in visited:
                yield os.fsencode(f"{entry.name}/")
                yield from _contents(entry, visited | {real})
                yield b"/"
        else:
            yield os.fsencode(entry.name)
            yield os.fsencode(entry.readlink()) if entry.is_symlink() else b""
            yield file_digest(entry).encode()


def _sha256(*parts: bytes) -> str:
    """Return the SHA-256 of several byte strings, each after its length, so that none can run into the next."""
    result = sha256()
    for part in parts:
        result.update(len(part).to_bytes(8, "big"))
        result.update(part)
    return result.hexdigest()

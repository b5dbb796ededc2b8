"""Where messages are written: a folder, a Maildir or an mbox file. A message is there whole or not at all.

A batch of messages is first written to where nobody looks. Then the journal stores the state that `write` returned, and
`deliver` shows them. If the program ends between two of these steps, `recover` completes the batch, or removes it.
"""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, Protocol

TargetKind = Literal["folder", "maildir", "mbox"]
"""A folder of files that end in .eml; a Maildir; or one file in the form of mbox."""

LINE_ENDS: dict[TargetKind, str] = {"folder": "\r\n", "maildir": "\n", "mbox": "\n"}
"""The line ends in each: those of the internet in files to send, those of Unix in mailboxes, as mail servers do it."""

_MOST_PIECES = 1024  # that a system takes at once, on Linux and macOS (IOV_MAX)
_BINARY = getattr(os, "O_BINARY", 0)  # Windows has line ends of its own otherwise


MessageToWrite = tuple[int, bytes, Sequence[bytes]]
"""A message to write: the line of its reader in the list, the SHA-256 of the address, and its bytes in pieces."""


def part_path(path: Path) -> Path:
    """Return the name that a file has until it is whole."""
    return path.with_name(f"{path.name}.part")


class Target(Protocol):
    """Where messages are written."""

    def recover(self, state: str) -> None:
        """Complete or remove what a stopped run left, by the state that the journal stored last."""

    def write(self, messages: Iterable[MessageToWrite]) -> str:
        """Write messages, and return the state to store for them."""

    def deliver(self) -> None:
        """Show the messages that were written last."""

    def finish(self) -> None:
        """Finish, after the last message."""

    def close(self) -> None:
        """Close the open files, also if they are not finished."""


class FilesTarget:
    """A folder of files, to which whole files are moved from another folder of the same disk."""

    def __init__(self, folder: Path, hidden: Path, pattern: str) -> None:
        """Create both folders.

        Args:
            folder: the folder of whole messages.
            hidden: the folder where they are written.
            pattern: the name of a file, with `%s` for the line and for the hash; `*` stands for both in `hidden`.
        """
        self._folder, self._hidden, self._pattern = folder, hidden, pattern
        self._names: list[str] = []
        for each in (folder, hidden):
            each.mkdir(parents=True, exist_ok=True)

    def recover(self, state: str) -> None:
        """Move files that are in the state, and delete other files of the same journal."""
        self._names = [name for name in state.splitlines() if (self._hidden / name).exists()]
        self.deliver()
        for path in self._hidden.glob(self._pattern % ("*", "*")):
            path.unlink()

    def write(self, messages: Iterable[MessageToWrite]) -> str:
        """Write messages to hidden files, and return their names, which depend on nothing that somebody typed."""
        prefix = f"{self._hidden}{os.sep}"  # text instead of a Path, here and in `deliver`: a tenth of the time
        self._names = []
        for line, digest, pieces in messages:
            name = self._pattern % (f"{line:07}", digest[:8].hex())
            self._names.append(name)
            descriptor = os.open(prefix + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
            try:
                _write(descriptor, pieces)
            finally:
                os.close(descriptor)
        return "\n".join(self._names)

    def deliver(self) -> None:
        """Move the hidden files to where they are seen."""
        for name in self._names:
            os.replace(f"{self._hidden}/{name}", f"{self._folder}/{name}")  # noqa: PTH105 - as in `write`
        self._names = []

    def finish(self) -> None:
        """Remove the hidden folder, if it is not part of a Maildir."""
        if self._hidden.parent == self._folder:
            self._hidden.rmdir()

    def close(self) -> None:
        """Do nothing: each file is closed once it is written."""


class MboxTarget:
    """A file in the form of mbox (RFC 4155). It has its name when it is whole, and `.part` after it before."""

    def __init__(self, path: Path, separator: bytes) -> None:
        """Prepare the file.

        Args:
            path: its name.
            separator: the line before each message, which begins with “From ”, with its line end.
        """
        self._separator = separator
        self._path, self._part = path, part_path(path)
        self._descriptor: int | None = None
        self._length = 0

    def recover(self, state: str) -> None:
        """Cut an unfinished file off after the last message that was stored; begin a new one if it was moved away.

        Raises:
            OSError: if the file is shorter than it was, or cannot be changed.
        """
        is_finished = self._path.exists() and not self._part.exists()
        file = self._path if is_finished else self._part
        self._length = int(state or 0) if file.exists() else 0
        size = file.stat().st_size if file.exists() else 0
        if size < self._length or (is_finished and size > self._length):
            raise OSError("the file has changed since the last run")
        if is_finished:
            self._path.replace(self._part)
        self._descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        os.truncate(self._descriptor, self._length)

    def write(self, messages: Iterable[MessageToWrite]) -> str:
        """Append messages, and return the length of the file.

        None of their lines begins with “From ”: `stages.quoted_printable` encodes that.
        """
        assert self._descriptor is not None
        of_all: list[bytes] = []
        for _, _, pieces in messages:
            of_all.append(self._separator)
            of_all += pieces
            of_all.append(b"\n")
        self._length += _write(self._descriptor, of_all)
        return str(self._length)

    def deliver(self) -> None:
        """Do nothing: the whole file is shown at the end."""

    def finish(self) -> None:
        """Rename the file to its name."""
        self.close()
        self._part.replace(self._path)

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def open_target(kind: TargetKind, path: Path, journal_id: str, sender: str, date: datetime.datetime) -> Target:
    """Create the target of a kind at a path.

    Args:
        kind: the kind.
        path: the folder or file.
        journal_id: the random name of the journal, for names of files.
        sender: the address of the sender, for an mbox.
        date: the time of the issue, for a mailbox.

    Raises:
        OSError: if it cannot be created.
    """
    match kind:
        case "folder":
            return FilesTarget(path, path / f".newsletter-{journal_id}", "%s-%s.eml")
        case "maildir":
            (path / "cur").mkdir(parents=True, exist_ok=True)
            # The form of https://cr.yp.to/proto/maildir.html, with nothing that names the computer.
            pattern = f"{int(date.timestamp())}.L%sH%s.{journal_id}"
            return FilesTarget(path / "new", path / "tmp", pattern)
        case "mbox":
            utc = date.astimezone(datetime.UTC)
            path.parent.mkdir(parents=True, exist_ok=True)
            return MboxTarget(path, f"From {sender} {time.asctime(utc.timetuple())}\n".encode("ascii"))


def _write(descriptor: int, pieces: Sequence[bytes]) -> int:
    """Write all bytes of some pieces one after the other, and return their number."""
    length = 0
    for start in range(0, len(pieces), _MOST_PIECES):
        some = pieces[start : start + _MOST_PIECES]
        done, size = _write_pieces(descriptor, some), sum(map(len, some))
        while done < size:  # the system takes only a part at times
            done += os.write(descriptor, b"".join(some)[done:])
        length += size
    return length


def _write_joined(descriptor: int, pieces: Sequence[bytes]) -> int:
    return os.write(descriptor, b"".join(pieces))


_write_pieces: Callable[[int, Sequence[bytes]], int] = getattr(os, "writev", _write_joined)  # Windows has no writev

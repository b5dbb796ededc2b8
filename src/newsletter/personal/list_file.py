"""Open a list of readers, also a compressed one or standard input, and read its lines."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from newsletter.problems import Location, Problems

MAX_LINE = 20_000
"""The length of the longest line, in bytes. A longer one is read in pieces, so that it does not fill the memory."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"


@dataclass
class ListFile:
    """An open file of lines."""

    name: str
    """Its name in problems."""
    _lines: BinaryIO
    _source: BinaryIO
    """The same, or the compressed file that it is read from."""
    _size: int
    """The bytes of the source; 0 if that is not known."""
    _if_damaged: str
    """What to do if it cannot be read to its end."""
    line: int = field(default=0, init=False)
    """The number of the line that was read last, from 1."""

    def read_line(self) -> str:
        """Return the next line with its line end, or "" after the last one.

        What is not UTF-8 becomes halves of surrogate pairs. A line that is too long ends after a little more than
        `MAX_LINE` bytes; the rest of it is skipped.

        Raises:
            Problems: if the file cannot be read.
        """
        try:
            start = piece = self._lines.readline(MAX_LINE + 10)
            while len(piece) == MAX_LINE + 10 and not piece.endswith(b"\n"):
                piece = self._lines.readline(MAX_LINE + 10)
        except (OSError, EOFError, zlib.error) as error:
            location = Location(self.name, self.line + 1)
            message = "The list cannot be read from here on."
            raise Problems.one(location, "recipients", message, self._if_damaged) from error
        self.line += 1
        if self.line == 1:
            start = start.removeprefix(_BYTE_ORDER_MARK)
        return start.decode("utf-8", "surrogateescape")

    def is_read_from(self, path: Path) -> bool:
        """Check whether the list is the file of a path, whatever links, capitals or redirections lead to it."""
        with suppress(OSError):  # there is no such file, or the list is none
            return os.path.samestat(os.fstat(self._source.fileno()), path.stat())
        return False

    @property
    def share(self) -> float | None:
        """The share of the file that has been read, from 0 to 1; None if its size is not known."""
        return min(1.0, self._source.tell() / self._size) if self._size else None


@contextmanager
def open_list(path: Path, name: str, if_damaged: str) -> Iterator[ListFile]:
    """Open a list: a file, compressed by gzip or not, or `-` for standard input.

    Args:
        path: the file.
        name: its name in problems.
        if_damaged: a sentence that says what to do if it cannot be read to its end.

    Raises:
        Problems: if it cannot be opened.
    """
    if str(path) == "-":
        if sys.stdin is None:  # closed by whoever started the program
            location, hint = Location("standard input"), "Name a CSV file."
            raise Problems.one(location, "recipients", "There is no standard input.", hint)
        stream = sys.stdin.buffer
        source = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
        yield _list_file(source, "standard input", 0, if_damaged)
        return
    try:
        source = path.open("rb")
    except OSError as error:
        raise _cannot_open(name, error) from error
    with source:
        yield _list_file(source, name, path.stat().st_size, if_damaged)


def read_list(path: Path, name: str) -> bytes:
    """Return the bytes of a list, for `list_in_memory`.

    Raises:
        Problems: if it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _cannot_open(name, error) from error


def list_in_memory(content: bytes, name: str, if_damaged: str) -> ListFile:
    """Return a list by the bytes of its file, so that nobody can change it between two readings.

    Args:
        content: what `read_list` returned.
        name: its name in problems.
        if_damaged: a sentence that says what to do if it cannot be read to its end.
    """
    source = cast(io.RawIOBase, io.BytesIO(content))
    return _list_file(io.BufferedReader(source), name, len(content), if_damaged)


def _cannot_open(name: str, error: OSError) -> Problems:
    message = f"The list of readers cannot be opened: {error.strerror or error}."
    return Problems.one(Location(name), "recipients", message, "Name a CSV file.")


def _list_file(source: io.BufferedReader, name: str, size: int, if_damaged: str) -> ListFile:
    is_compressed = source.peek(len(_GZIP)).startswith(_GZIP)
    lines = cast(BinaryIO, gzip.GzipFile(fileobj=source)) if is_compressed else source
    return ListFile(name, lines, source, size, if_damaged)

"""Write the rows of a list that got no message to a file, each with its line and the reason as its last cells."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from newsletter.characters import UNPRINTABLE
from newsletter.personal.recipients import FORMULA, RecipientList, RejectedLine
from newsletter.personal.targets import part_path

# Bytes that are not UTF-8, which are halves of surrogate pairs, stay as they were.
_UNSAFE = re.compile(f"(?![\udc80-\udcff]){UNPRINTABLE}")


class RejectsFile:
    """A CSV file, which exists only if a line was rejected. It has its name when it is whole."""

    def __init__(self, path: Path, of: RecipientList) -> None:
        """Prepare it.

        Args:
            path: the file.
            of: the list. The file has the same delimiter and header, with two more columns.
        """
        self._path, self._part = path, part_path(path)
        self._old = {number for number, column in enumerate(of.columns) if column in of.report_columns}
        """The columns that an earlier file of rejected lines added."""
        self._header, self._added = self._without_old(of.header), of.report_columns
        self._delimiter = of.delimiter
        self._file: TextIO | None = None

    def add(self, row: RejectedLine) -> None:
        """Write a row as it was, except for what can do harm.

        A cell that a spreadsheet would compute gets an apostrophe before it. A character that nobody can see is written
        as its number, such as `\\u202e`.
        """
        if self._file is None:
            descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            # With the mark of UTF-8, a spreadsheet reads it as that. What was not UTF-8 stays as it was.
            self._file = os.fdopen(descriptor, "w", encoding="utf-8-sig", errors="surrogateescape", newline="")
            self._write([*self._header, *self._added])
        cells = [f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell for cell in row.cells]
        # A line that could not be divided is one cell.
        cells = self._without_old(cells) if len(cells) > 1 else cells
        padding = [""] * (len(self._header) - len(cells))
        self._write([_UNSAFE.sub(_number, cell) for cell in (*cells, *padding, str(row.line), row.reason)])

    def _without_old(self, cells: Sequence[str]) -> list[str]:
        return [cell for number, cell in enumerate(cells) if number not in self._old]

    def _write(self, cells: list[str]) -> None:
        csv.writer(self._file, delimiter=self._delimiter, lineterminator="\r\n").writerow(cells)  # type: ignore[arg-type]

    def finish(self) -> None:
        """Rename the file to its name, or delete one of an earlier run if no line was rejected now."""
        if self._file is None:
            self._path.unlink(missing_ok=True)
        else:
            self._file.close()
            self._part.replace(self._path)

    def close(self) -> None:
        """Close the file, also if it is not finished."""
        if self._file is not None:
            self._file.close()


def _number(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"

"""Write the lines of a list that got no message to a file, each with the reason as its last cell."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TextIO

from newsletter.personal.recipients import FORMULA, REASON, RecipientList, RejectedLine


class RejectsFile:
    """A CSV file, which exists only if a line was rejected. It has its name when it is whole."""

    def __init__(self, path: Path, of: RecipientList) -> None:
        """Prepare it.

        Args:
            path: the file.
            of: the list. The file has the same header and delimiter.
        """
        self._path, self._part = path, path.with_name(f"{path.name}.part")
        self._header = [cell for cell, column in zip(of.header, of.columns, strict=True) if column != REASON]
        self._old_reason = of.columns.index(REASON) if REASON in of.columns else None
        self._delimiter = of.delimiter
        self._file: TextIO | None = None

    def add(self, row: RejectedLine) -> None:
        """Write a line. A cell that a spreadsheet would compute gets an apostrophe before it."""
        if self._file is None:
            descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            # With the mark of UTF-8, a spreadsheet reads it as that. What was not UTF-8 stays as it was.
            self._file = os.fdopen(descriptor, "w", encoding="utf-8-sig", errors="surrogateescape", newline="")
            self._write([*self._header, REASON])
        cells = [f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell for cell in row.cells]
        if self._old_reason is not None and len(cells) > self._old_reason:
            del cells[self._old_reason]
        self._write([*cells, *[""] * (len(self._header) - len(cells)), row.reason])

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

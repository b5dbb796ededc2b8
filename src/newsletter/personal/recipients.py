"""Read a list of readers: a CSV file with a header, line by line. A bad line does not stop it."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from newsletter.characters import describe, quoted
from newsletter.english import count, did_you_mean, join, nearest
from newsletter.issue.address_fields import ADDR_SPEC, address_with_ascii_server
from newsletter.personal.escape_values import LONGEST_VALUE, value_problem
from newsletter.personal.list_file import MAX_LINE, ListFile
from newsletter.problems import Location, Problems

COLUMNS = ("address", "name", "edition", "token")
"""The columns that every list can have."""

_REPORT_COLUMNS = ("line", "reason")
"""The last columns of a file of rejected lines. A list can have them, so that a corrected file of them is a list.

As long as a line has a reason, it is rejected again: one with too few cells was filled up with empty ones, and a second
line of a reader is good by itself.
"""

FORMULA = tuple("=+-@\t")
"""The beginnings of a cell that a spreadsheet computes."""

_DELIMITERS = ",;\t"
_SYNONYMS = {
    "email": "address",
    "e-mail": "address",
    "mail": "address",
    "email address": "address",
    "full name": "name",
}
_ONE = ("is no column", "this column", "it as a field")
_SEVERAL = ("are no columns", "these columns", "them as fields")
_NAMELESS = "A column has no name."
_EXAMPLE = "The first line names the columns, such as: address,name,edition,token"
_SAVE = "Save the list as “CSV UTF-8” in your spreadsheet."
_UNCLOSED = "A quotation mark is not closed, or a cell goes on in the next line."
_AFTER_QUOTATION_MARK = (
    "There are words after the quotation mark that closes a cell. Put the whole cell in quotation marks, and write "
    "each one inside it twice."
)
_PRINTABLE = "".join(map(chr, range(ord(" "), 127))).replace('"', "").replace("\\", "")
# Parts of Unicode with nothing in it that cannot be printed. A character class of few ranges takes a third of the time.
_LETTERS = "\xa0-\u2027\u3040-\ud7ff"
_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
# What a file of rejected lines has instead of a character that nobody can see.
_ESCAPED = re.compile(r"\\(?:u[0-9a-f]{4}|U[0-9a-f]{8})")
_MOST_LINES = 10
"""In how many more lines a cell can go on. After these, its quotation mark is one too many."""
# A token is no word of a person. It can begin with a hyphen, as random ones in base64 do.
_TOKEN = re.compile(r"[\w.~-]+", re.ASCII)


@dataclass(slots=True)
class Recipient:
    """A reader: the line of the list (from 1), its cells as they are, and the values in them by column.

    The address has its domain in ASCII. Values have no spaces around them, and empty cells have none.
    """

    line: int
    cells: tuple[str, ...]
    values: Mapping[str, str]


class RejectedLine(NamedTuple):
    """A line that gets no message: its number (from 1), its cells as far as they can be separated, and the reason."""

    line: int
    cells: tuple[str, ...]
    reason: str


class RecipientList:
    """An open list of readers, whose header has been read."""

    def __init__(self, file: ListFile, fields: Collection[str] = (), editions: Collection[str] = ()) -> None:
        """Read the header.

        Args:
            file: the list.
            fields: the names of declared fields, which can be columns.
            editions: the editions that a reader can get.

        Raises:
            Problems: if the first line is no header of a list of readers.
        """
        self._file = file
        self._editions = editions
        self._known = tuple(dict.fromkeys([*COLUMNS, *fields]))
        # No field of a brand has a name with a space or brackets.
        self.report_columns = [name if name not in self._known else f"{name} (rejected)" for name in _REPORT_COLUMNS]
        """What a file of rejected lines adds: the columns of the line and of the reason."""
        self._ahead: deque[str] = deque()
        """Lines that were read to see whether a cell goes on in them, and that have not had their turn."""
        header = file.read_line()
        self.delimiter = max(_DELIMITERS, key=header.count)
        self.header = _split(header, self.delimiter) or (header,)
        """The cells of the header, as they are."""
        self.columns = [cell.strip().lower() for cell in self.header]
        """The names of the columns."""
        if fault := self._header_fault(header):
            raise Problems.one(Location(file.name, 1), "recipients", *fault)
        self._good_line = self._good_line_pattern()

    def __iter__(self) -> Iterator[Recipient | RejectedLine]:
        """Yield each line that is not empty.

        Raises:
            Problems: if the file cannot be read to its end.
        """
        good_line, read_line, ahead = self._good_line.fullmatch, self._file.read_line, self._ahead
        while text := ahead.popleft() if ahead else read_line():
            line = self._file.line - len(ahead)
            if match := good_line(text):
                cells = match.groups()
                yield Recipient(line, cells, dict(zip(self.columns, cells)))  # noqa: B905 - the pattern counts them
            elif len(text) > MAX_LINE:
                yield RejectedLine(line, (text[:MAX_LINE],), f"The line is longer than {MAX_LINE:,} bytes.")
            elif not self._is_empty(text):
                yield self._read(line, text)

    def require_readers(self) -> None:
        """Raise Problems if there is no line with anything in it after the header. Call it before the first line."""
        while text := self._file.read_line():
            self._ahead.append(text)
            if not self._is_empty(text):
                return
        hint = "Write a line for each reader below it."
        raise Problems.one(Location(self._file.name, 1), "recipients", "This list has a header, and no readers.", hint)

    def _is_empty(self, line: str) -> bool:
        return not line.strip(f"\r\n \t{self.delimiter}")

    def _good_line_pattern(self) -> re.Pattern[str]:
        """Return a regular expression of lines whose cells are the values, as nearly all are. It spares `_read`."""
        delimiter = self.delimiter
        sign = f"[{re.escape(_PRINTABLE.replace(delimiter, ''))}{_LETTERS}]"
        # What begins with an apostrophe is for `_read`, as it can be a formula.
        value = f"((?![ '{re.escape(''.join(FORMULA))}]){sign}{{0,{LONGEST_VALUE}}}+(?<! ))"
        forms = {
            "address": f"(?=[^{delimiter}]{{1,64}}(?:{delimiter}|$))((?!'?[=+-]){ADDR_SPEC})",
            "edition": f"(|{'|'.join(self._editions)})",
            **dict.fromkeys(self.report_columns, "()"),
        }
        return re.compile(f"{delimiter.join(forms.get(each, value) for each in self.columns)}\r?\n?", re.ASCII)

    def _header_fault(self, header: str) -> tuple[str, str] | None:
        if "\0" in header or "\udcff\udcfe" in header or "\udcfe\udcff" in header:
            return "This list is not a CSV file in UTF-8.", _SAVE
        if "\r" in header.rstrip("\r\n"):
            return "The lines of this list end in a way that only very old programs use.", _SAVE
        if not header.strip():
            return "This list does not begin with a header.", _EXAMPLE
        if any("@" in column for column in self.columns):
            return "This list has no header.", _EXAMPLE
        unknown = [each for each in dict.fromkeys(self.columns) if each not in {*self._known, *self.report_columns, ""}]
        if unknown:
            return self._unknown_columns(unknown)
        for column in self.columns:
            if not column:
                return _NAMELESS, f"Name it, or delete it. Columns are: {join(self._known)}."
            if self.columns.count(column) > 1:
                return f"Two columns are called “{column}”.", "Rename or delete one of them."
        return None if "address" in self.columns else ("There is no column “address”.", _EXAMPLE)

    def _unknown_columns(self, names: Sequence[str]) -> tuple[str, str]:
        """Return a message that names all columns that no list of this brand has, and what to do about them."""
        free, similar = [each for each in self._known if each not in self.columns], list[str]()
        for name in names:
            likely = _SYNONYMS.get(name) or nearest(name, free)
            if likely in free:
                free.remove(likely)
                similar.append(likely)
        columns, these, fields = _ONE if len(names) == 1 else _SEVERAL
        question = f"Did you mean {join(f'“{each}”' for each in similar)}? " if similar else ""
        delete = "If not, delete" if len(similar) == len(names) else "Delete"
        which = "the others" if 0 < len(similar) < len(names) else these
        hint = f"{question}{delete} {which}, or declare {fields} in brand.yaml. Columns are: {join(self._known)}."
        nameless = f" {_NAMELESS}" if "" in self.columns else ""
        return f"There {columns} {join(map(quoted, names))}.{nameless}", hint

    def _read(self, line: int, text: str) -> Recipient | RejectedLine:
        cells = _split(text, self.delimiter)
        if cells is None:
            reason = _reason(text, self.delimiter)
            if reason == _UNCLOSED and (row := self._row_over_lines(text)):
                return RejectedLine(line, row, "A cell goes on in the next line. Write it in one line.")
            return RejectedLine(line, (text.rstrip("\r\n"),), reason)
        return self._row(line, cells)

    def _row(self, line: int, cells: tuple[str, ...]) -> Recipient | RejectedLine:
        if len(cells) != len(self.columns):
            reason = f"The line has {count(len(cells), 'cell')}, and the header {len(self.columns)}."
            return RejectedLine(line, cells, reason)
        try:
            values = {column: self._value(column, cell) for column, cell in zip(self.columns, cells, strict=True)}
        except ValueError as fault:
            return RejectedLine(line, cells, str(fault))
        return Recipient(line, cells, values)

    def _row_over_lines(self, text: str) -> tuple[str, ...] | None:
        """Return the cells of a row that begins in a line and goes on in the next ones; None if there is no such row.

        A line that is good by itself is never a part of it, so that a quotation mark too many costs no reader.
        """
        for number in range(_MOST_LINES):
            if len(self._ahead) == number:
                self._ahead.append(self._file.read_line())
            following = self._ahead[number]
            alone = _split(following, self.delimiter)
            is_reader = alone is not None and isinstance(self._row(0, alone), Recipient)
            if not following or len(following) > MAX_LINE or is_reader:
                return None
            text += following
            cells = _split(text, self.delimiter)
            if cells is not None:
                if len(cells) != len(self.columns):
                    return None
                for _ in range(number + 1):
                    self._ahead.popleft()
                return cells
        return None

    def _value(self, column: str, cell: str) -> str:
        value = cell.strip(" ")
        if column in self.report_columns or not value:
            if value and column == self.report_columns[-1]:
                raise ValueError(f"Correct this line, and empty its “{column}”.")
            if column == "address":
                raise ValueError("There is no address.")
            return ""
        # A file of rejected lines has an apostrophe before a formula. Nobody is called so either.
        formula = value.removeprefix("'").lstrip(" ")
        if formula.startswith(FORMULA) and not (column == "token" and _TOKEN.fullmatch(value)):
            start = value[: value.index(formula) + 1]
            hint = " Delete the apostrophe." if column == "token" and _TOKEN.fullmatch(formula) else ""
            raise ValueError(f"The “{column}” begins with “{start}”, as a formula of a spreadsheet does.{hint}")
        if not value.isascii() and _NOT_UTF_8.search(value):
            raise ValueError(f"The “{column}” is not in UTF-8. {_SAVE}")
        if fault := value_problem(value):
            raise ValueError(f"The “{column}” {fault}.")
        if escaped := _ESCAPED.search(value):
            raise ValueError(f"The “{column}” holds “{escaped[0]}”, the number of a character that nobody can see.")
        if column == "address":
            return check_address(value)
        if column == "edition" and value.lower() not in self._editions:
            hint = did_you_mean(value, self._editions, f"Editions are: {join(self._editions)}.")
            raise ValueError(f"There is no edition {quoted(value)}. {hint}")
        return value.lower() if column == "edition" else value


def check_address(text: str) -> str:
    """Return the address of a reader, with its domain in ASCII.

    Raises:
        ValueError: if it is none, with a sentence.
    """
    try:
        return address_with_ascii_server(text)
    except PydanticCustomError as error:
        raise ValueError(error.message()) from None


def _split(text: str, delimiter: str) -> tuple[str, ...] | None:
    """Return the cells of a line; None if it is no line of CSV."""
    line = text.rstrip("\r\n")
    if '"' not in line and "\r" not in line:
        return tuple(line.split(delimiter))  # the same in a fifth of the time
    try:
        return _split_strictly(line, delimiter)
    except csv.Error:
        return None


def _split_strictly(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(next(csv.reader([line], delimiter=delimiter, strict=True), ()))


def _reason(text: str, delimiter: str) -> str:
    """Return why a line is no line of CSV."""
    try:
        _split_strictly(text.rstrip("\r\n"), delimiter)
    except csv.Error as error:
        # The module has one type for all errors. A test holds these words of it.
        if "expected after" in str(error):
            return _AFTER_QUOTATION_MARK
        if "new-line character" in str(error):
            return f"The line holds {describe(chr(13))}, which some programs read as its end. Delete it."
    return _UNCLOSED

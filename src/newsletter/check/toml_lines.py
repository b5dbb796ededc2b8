"""Finds keys in a TOML file, and says what is wrong with a line: tomllib returns no lines, and names its grammar."""

from __future__ import annotations

import re

from newsletter.problems import Location


class TomlLines:
    """The lines of a TOML file."""

    def __init__(self, file: str, text: str) -> None:
        """Split a file.

        Args:
            file: its name in problems.
            text: its content.
        """
        self._file = file
        self._lines = text.splitlines()

    def table(self, name: str) -> Location:
        """Return the line in which a tool's table begins."""
        header = re.compile(rf"\s*\[tool\.[\"']?{re.escape(name)}\b")
        return Location(self._file, next((at for at, line in enumerate(self._lines, 1) if header.match(line)), 0))

    def location(self, *keys: str) -> Location:
        """Return the line of the last of these keys. Each is searched for from the line of the one before."""
        start = next((at for at, line in enumerate(self._lines) if re.match(r"\s*\[tool\.newsletter\b", line)), 0)
        for key in keys:
            name = re.compile(rf"(?:^|[\s.{{,\[\"']){re.escape(key)}[\"']?\s*(?:[=.\]]|$)")
            start = next((at for at in range(start, len(self._lines)) if name.search(self._lines[at])), start)
        return Location(self._file, start + 1)


def error_position(error: str, text: str) -> tuple[int, int]:
    """Return the line and column of a TOML error. An error at the end of the file is in the last line with text."""
    match = re.search(r"line (\d+), column (\d+)", error)
    return (int(match[1]), int(match[2])) if match else (len(text.rstrip().splitlines()), 0)


def advice(text: str, number: int) -> str:
    """Return a hint for a line that is not TOML. The messages of tomllib name parts of its grammar."""
    if text.startswith("\ufeff"):
        return "The file begins with an invisible character, a byte order mark. Save it as UTF-8 without one."
    line = next(iter(text.splitlines()[number - 1 : number]), "")
    if bare := re.fullmatch(r"\s*([\w.-]+\s*=)\s*([A-Za-z][\w-]*)\s*(?:#.*)?", line):
        return f'Put the word in quotes: {bare[1]} "{bare[2]}".'
    if table := re.fullmatch(r"\s*\[([\w.-]+)\s*(?:#.*)?", line):
        return f"The closing bracket is missing: [{table[1]}]."
    return (
        "There is a quote, a bracket or a comma too few or too many, here or in the line above. "
        'A correct line is: link-text = "warning".'
    )

"""Reads a file as text, and finds characters in it that no text should have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from newsletter.characters import UNPRINTABLE, describe, quoted
from newsletter.inputs import will_read
from newsletter.problems import Fix, Location, Problem, Problems

# A byte order mark before a key would become a part of the key.
_UNWANTED_CHARACTERS = re.compile(rf"{UNPRINTABLE}|\ufeff(?=[ -]*\w+:(?: |$))")

MAX_BYTES = 1_000_000
MAX_PROBLEMS = 100  # about invisible characters: a file that is not text may have millions of them


def read_text(path: Path, file: str, id: str = "yaml") -> str:
    """Read a file of at most 1 MB, in UTF-8 with or without a byte order mark.

    Args:
        path: the file.
        file: its name in problems.
        id: the id of its problems.

    Raises:
        Problems: if it cannot be read, is larger, or is not UTF-8.
    """

    def problem(message: str, hint: str, line: int = 0, column: int = 0) -> Problems:
        return Problems.one(Location(file, line, column), id, message, hint)

    will_read(path)
    if path.exists() and not path.is_file() and not path.is_dir():
        # Opening a named pipe would wait for ever.
        raise problem("This is not a file.", "Check its name and folder.")
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise problem(f"This file cannot be read: {error.strerror or error}.", "Check its name and folder.") from None
    if len(data) > MAX_BYTES:
        hint = "An issue has only text. Keep pictures in files of their own."
        raise problem("This file is larger than 1 MB.", hint, 1, 1)
    if data[:1000].count(0) > len(data[:1000]) // 4:
        raise problem(
            "This file is saved as UTF-16, not as UTF-8.", "Save it again and choose the encoding UTF-8.", 1, 1
        )
    try:
        # Not with open() as text, which would use the encoding of the computer. A byte order mark is removed.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise problem(
            "This file is not saved as UTF-8, so some letters cannot be read.",
            "Save it again and choose the encoding UTF-8.",
            line,
            column,
        ) from None


def unwanted_characters(text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each tab, character that nobody can see, and word in the wrong encoding.

    Args:
        text: the whole file.
        file: its name in problems.
    """
    if not (_UNWANTED_CHARACTERS.search(text) or re.search("[\x80-\x9f]", text)):
        return
    start = 0
    for number, whole in enumerate(re.split(r"(?<=\n)|(?<=\r)(?!\n)", text), 1):
        begin, start, line = start, start + len(whole), whole.rstrip("\r\n")
        broken = list(_broken_words(line)) if re.search("[\x80-\x9f]", line) else []
        for word, right in broken:
            message = f"{quoted(word[0])} is broken: it was read in the wrong encoding."
            fix = Fix((), begin + word.start(), begin + word.end(), right)
            location = Location(file, number, word.start() + 1)
            yield Problem(location, "broken-text", message, f"Write {quoted(right)}.", fix=fix)
        for match in _UNWANTED_CHARACTERS.finditer(line):
            if any(word.start() <= match.start() < word.end() for word, _ in broken):
                continue
            location = Location(file, number, match.start() + 1)
            if match[0] == "\t":
                yield Problem(
                    location,
                    "yaml",
                    "There is a tab here.",
                    "YAML allows only spaces. Replace the tab with spaces.",
                )
                break  # several tabs in one line are one problem
            yield Problem(
                location,
                "unprintable",
                f"There is a character here that nobody can see: {describe(match[0])}.",
                "Delete it. It often comes with text pasted from another program.",
            )


def _broken_words(line: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each word of UTF-8 that was read as Latin-1, so that it has control characters, and what it was."""
    # ftfy takes longer to import than the rest of a check, and few issues need it.
    from ftfy import fix_encoding  # noqa: PLC0415

    for word in re.finditer('[^ "]+', line):
        right = fix_encoding(word[0])
        if right != word[0] and not re.search(UNPRINTABLE, right):
            yield word, right

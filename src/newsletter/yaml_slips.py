"""Says in an editor's words what the YAML parser found."""

import re
from collections.abc import Sequence
from typing import Any

from newsletter.problems import Place, Problem

_QUOTE = "Put the whole text in double quotes."

# What libyaml (or PyYAML's own scanner) says -> what it means, and what to do.
_SLIPS = (
    (
        "cannot start any token",
        "A text cannot begin with this character.",
        _QUOTE,
    ),
    (
        "while scanning an (alias|anchor)|alphabetic or numeric",
        "A text that begins with * or & has a meaning of its own in YAML.",
        _QUOTE,
    ),
    (
        "quoted scalar.*(end of stream|document separator)",
        "The quotes that open here are never closed.",
        "Write the same quotation mark at the end of the text.",
    ),
    (
        "unknown escape",
        "A backslash in double quotes begins a special character, and this is none.",
        "Write it twice (\\\\), or use single quotes around the text.",
    ),
    (
        "block scalar",
        "Nothing may follow | or > in its line.",
        "Begin the text in the next line, indented by two more spaces.",
    ),
    (
        "flow (sequence|mapping)",
        "The bracket that opens here is not closed, or a comma is missing.",
        "Close it; or, if the bracket is part of a text, put the whole text in double quotes.",
    ),
    (
        "sequence entries are not allowed",
        "A list cannot begin in the same line as its key.",
        "Begin the list in the next line, each item after '- '.",
    ),
    (
        "node content",
        "A text cannot begin with this character.",
        _QUOTE,
    ),
    (
        "could not find expected ':'",
        "This line has no colon after its key, or it belongs to the text above and is not indented.",
        "Write 'key: value', with a space after the colon, or indent the line as the text above it.",
    ),
    (
        "directive",
        "A line that begins with % has a meaning of its own in YAML.",
        _QUOTE,
    ),
    (
        "'-' indicator|block collection",
        "This line is not an item of the list above it.",
        "Begin it with '- ', or indent it as the lines it belongs to.",
    ),
)


def explain(error: Any, lines: Sequence[str], file: str) -> Problem:
    """Turn a parser's error into a problem that an editor can act on.

    Args:
        error: a `yaml.MarkedYAMLError`.
        lines: the file's lines.
        file: how the file is called in problems.
    """
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "mapping values are not allowed" in said:
        return _problem(mark, file, *_stray_colon(line, mark.column))
    if "expected key" in said or "<block end>" in said:
        return _problem(mark, file, *_unexpected(line, mark.column))
    for pattern, message, hint in _SLIPS:
        if re.search(pattern, said):
            # What was never closed is mended where it opens; everything else where the parser stopped.
            opening = error.context_mark if "closed" in message else None
            return _problem(opening or mark, file, message, hint)
    return _problem(mark, file, "YAML cannot be read on from here.", f"The parser says: {said.strip()}.")


def _stray_colon(line: str, column: int) -> tuple[str, str]:
    if re.search(r":\s", line[:column]):
        return "There is a colon inside a text that has no quotes.", _QUOTE
    return (
        "A key is not expected here.",
        "Indent the line as its neighbours; and write the key in the line above with a colon and a space.",
    )


def _unexpected(line: str, column: int) -> tuple[str, str]:
    before = line[:column]
    if re.search(r"""['"]""", before):
        return (
            "The text goes on after its closing quotation mark.",
            "Write a quotation mark inside single quotes twice (it''s), or use the other kind around the whole text.",
        )
    return (
        "This line does not line up with the lines above it.",
        "Indent it by as many spaces as the lines it belongs to.",
    )


def _problem(mark: Any, file: str, message: str, hint: str) -> Problem:
    return Problem(Place(file, mark.line + 1, mark.column + 1), "yaml", message, hint)

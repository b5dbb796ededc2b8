"""Says in an editor's words what the YAML parser found."""

import re
from collections.abc import Sequence
from typing import Any

from newsletter.characters import describe
from newsletter.problems import Location, Problem

_QUOTE = "Put the whole text in double quotes."
_STRAIGHT = 'Put straight double quotes (") around the whole text.'

# What libyaml (or PyYAML's own scanner) says -> what it means, and what to do.
_SLIPS = (
    (
        "cannot start any token|node content|mapping keys are not allowed",
        "A text cannot begin with '{sign}'.",
        _QUOTE,
    ),
    (
        "while scanning an (alias|anchor)|alphabetic or numeric",
        "A text cannot begin with * or &, which have a meaning of their own in YAML.",
        _QUOTE,
    ),
    (
        "quoted scalar.*(end of stream|document separator)",
        "The quotes that open here are never closed.",
        "Write the same quotation mark at the end of the text.",
    ),
    (
        "unknown escape|escape sequence|hexa?decimal|Unicode character escape",
        "A backslash in double quotes begins a special character, and this is none.",
        "Write it twice (\\\\), or put single quotes around the text.",
    ),
    (
        "block scalar",
        "Nothing may follow | or > in its line.",
        "Begin the text in the next line, indented by two more spaces; or put the whole text in double quotes.",
    ),
    (
        "nesting depth",  # libyaml's own limit, from PyYAML 6.0.4 on
        "Lists and keys stand in each other far too deep here.",
        "Look for a bracket that is not closed.",
    ),
    (
        "flow (sequence|mapping)",
        "The bracket that opens here is not closed, or a comma is missing.",
        "Close it; and put each text that holds a bracket, a comma or a colon in double quotes.",
    ),
    (
        "sequence entries are not allowed",
        "A list cannot begin in the same line as its key.",
        "Begin the list in the next line, each item after '- '; or, if this is a text, put it in double quotes.",
    ),
    (
        "directive",
        "A line cannot begin with %, which has a meaning of its own in YAML.",
        _QUOTE,
    ),
    (
        "<document start>",
        "The file should have ended above this line.",
        "Delete a line of three dots, or a closing bracket, above it; or delete what follows.",
    ),
    (
        "'-' indicator|block collection",
        "This line is not an item of the list above it.",
        "Begin it with '- ', or indent it as the lines it belongs to.",
    ),
)


def explain_yaml_error(error: Any, lines: Sequence[str], file: str, latest: Any = None) -> Problem:
    """Turn a parser's error into a problem that an editor can act on.

    Args:
        error: a `yaml.MarkedYAMLError`.
        lines: the file's lines.
        file: how the file is called in problems.
        latest: the last `yaml.Event` before it.
    """
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    line = lines[mark.line] if mark.line < len(lines) else ""
    if other := re.match(r" *([^\S ])", line):
        return _problem(
            mark,
            file,
            f"This line is indented with a space of another kind: {describe(other[1])}.",
            "Delete the spaces at its beginning, and type them again.",
        )
    if "could not find expected ':'" in said:
        mark = error.context_mark or mark
        return _problem(mark, file, *_no_colon(lines[mark.line] if mark.line < len(lines) else ""))
    if "mapping values are not allowed" in said:
        if (bar := _bar_without_colon(lines[: mark.line + 1])) is not None:
            number, key = bar
            message, hint = f"There is no colon after '{key[1]}'.", f"Write '{key[1]}: {key[2]}'."
            return Problem(Location(file, number + 1, key.start(1) + 1), "yaml", message, hint)
        return _problem(mark, file, *_stray_colon(line, mark.column))
    if "expected key" in said or "<block end>" in said:
        if getattr(latest, "style", None) in ("'", '"') and latest.end_mark.line == mark.line:
            return _after_quotes(latest, mark, file)
        return _problem(
            mark,
            file,
            "This line does not line up with the lines above it.",
            "Indent it by as many spaces as the lines it belongs to.",
        )
    for pattern, message, hint in _SLIPS:
        if re.search(pattern, said):
            # What was never closed is mended where it opens, as is a sign; everything else where the parser stopped.
            opening = error.context_mark if re.search("closed|begin with [*]", message) else None
            return _problem(opening or mark, file, message.format(sign=line[mark.column : mark.column + 1]), hint)
    return _problem(mark, file, "YAML cannot be read on from here.", f"The parser says: {said.strip()}.")


def _no_colon(line: str) -> tuple[str, str]:
    if key := re.match(r"[\s-]*(\w+):\S", line):
        return (
            f"There is no space after the colon of '{key[1]}'.",
            f"Write '{key[1]}: ...', with a space after the colon.",
        )
    return (
        "This line has no key with a colon.",
        "If it belongs to the text above it, indent it as that text. Else write 'key: ...'.",
    )


def _bar_without_colon(lines: Sequence[str]) -> tuple[int, re.Match[str]] | None:
    """Find the line that begins the text in which the last line stands, if a | or > ends it and no colon is there."""
    for number in range(len(lines) - 1, -1, -1):
        if bar := re.fullmatch(r"[ -]*(\w+) +([|>][-+]?) *", lines[number]):
            return number, bar
        if number < len(lines) - 1 and re.match(r"[ -]*\w+:(\s|$)", lines[number]):
            return None
    return None


def _stray_colon(line: str, column: int) -> tuple[str, str]:
    if re.search(r":\s+[“”„«‘’]", line[:column]):
        return "Curly quotes are part of a text, so the colon in it is out of place.", _STRAIGHT
    if re.search(r":\s", line[:column]):
        return "There is a colon inside a text that has no quotes.", _QUOTE
    return (
        "A key cannot stand here, because the line above it is a text.",
        "Look at the line above: is there a space after its colon? If so, indent this line as the keys around it.",
    )


def _after_quotes(text: Any, mark: Any, file: str) -> Problem:
    if text.start_mark.line < mark.line:
        return _problem(
            text.start_mark,
            file,
            "The quotes that open here are not closed at the end of the text.",
            "Write the same quotation mark at the end of the text.",
        )
    if text.style == "'":
        hint = "An apostrophe ends a text in single quotes. Put double quotes around the whole text instead."
    else:
        hint = 'Write \\" for each quotation mark inside the text, and one " at each end of it.'
    return _problem(mark, file, "The text goes on after its closing quotation mark.", hint)


def _problem(mark: Any, file: str, message: str, hint: str) -> Problem:
    return Problem(Location(file, mark.line + 1, mark.column + 1), "yaml", message, hint)

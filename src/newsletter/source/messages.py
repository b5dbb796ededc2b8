"""Translates errors of the YAML parser into messages for editors."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from newsletter.english import with_article
from newsletter.problems import Location, Problem
from newsletter.source.indents import wrong_indent
from newsletter.source.lines import indentation

_SPACE = re.compile(r"[ -]*+(?:\w+:)?(?: ?[|>][-+\d]*+ *+)?([^\S ])")
"""An unusual space where a line is indented, after the colon of its key, or after its | or >."""
_AFTER_QUOTES = re.compile(r" *+([^\S ])\s*+(?:[]},#]|\Z)")
_QUOTE = "Put the whole text in double quotes."
_STRAIGHT = 'Put straight double quotes (") around the whole text.'

_NOT_IN_LINE = "This line does not line up with the lines above it."
_NO_ITEM = "This line is not an item of the list above it."
_NO_KEY_HERE = "There cannot be a key here, because the line above it is a text."
_NO_KEY = "This line has no key with a colon."
_MAYBE_INDENT = (_NOT_IN_LINE, _NO_ITEM, _NO_KEY_HERE, _NO_KEY)
"""What the parser says, in our words, where a line begins with too many or too few spaces."""
_PART_OF_TEXT = "Or, if it is a part of the text above it, put that whole text in double quotes."

# A pattern for the error of libyaml or of PyYAML's own scanner, our message, and our hint.
_MISTAKES = (
    (
        "cannot start any token|node content|mapping keys are not allowed",
        "A text cannot begin with “{sign}”.",
        _QUOTE,
    ),
    (
        "while scanning an (alias|anchor)|alphabetic or numeric",
        "A text cannot begin with * or &, because they have a special meaning in YAML.",
        _QUOTE,
    ),
    (
        "unknown escape|escape sequence|hexa?decimal|Unicode character escape",
        "A backslash in double quotes begins a special character, but there is none like this.",
        "Write it twice (\\\\), or put single quotes around the text.",
    ),
    (
        "block scalar",
        "There is text after | or > in the same line.",
        "Begin the text in the next line, indented by two more spaces; or put the whole text in double quotes.",
    ),
    (
        "nesting depth",  # libyaml's own limit, from PyYAML 6.0.4 on
        "Lists and keys are nested too deep here.",
        "Look for a bracket that is not closed.",
    ),
    (
        "flow (sequence|mapping)",
        "The bracket that opens here is not closed, or a comma is missing.",
        "Close it. Put each text with a bracket, a comma or a colon in double quotes.",
    ),
    (
        "sequence entries are not allowed",
        "A list cannot begin in the same line as its key.",
        "Begin the list in the next line, each item after “- ”. Or, if this is a text, put it in double quotes.",
    ),
    (
        "directive",
        "A line cannot begin with %, because it has a special meaning in YAML.",
        _QUOTE,
    ),
    (
        "<document start>",
        "The file should have ended above this line.",
        "Delete the line of three dots or the closing bracket above it. Or delete everything from here on.",
    ),
    (
        "'-' indicator|block collection",
        _NO_ITEM,
        "Begin it with “- ”, or indent it as the lines it belongs to.",
    ),
)


def explain_yaml_error(error: Any, lines: Sequence[str], file: str, latest: Any = None) -> Problem:
    """Return a problem that an editor can fix for an error of the parser.

    Args:
        error: a `yaml.MarkedYAMLError`.
        lines: the file's lines.
        file: the name of the file in problems.
        latest: the last `yaml.Event` before the error.
    """
    problem = _explain(error, lines, file, latest)
    location = problem.location
    is_line = location.line <= len(lines)  # and not the end of the file
    if is_line and problem.message in _MAYBE_INDENT and (wrong := wrong_indent(lines[: location.line])):
        is_text = problem.message == _NO_KEY_HERE
        hint = f"{wrong.hint} {_PART_OF_TEXT}" if is_text else wrong.hint
        return replace(problem, location=Location(file, location.line, wrong.column), message=wrong.message, hint=hint)
    return problem


def _explain(error: Any, lines: Sequence[str], file: str, latest: Any) -> Problem:
    reason = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    line = lines[mark.line] if mark.line < len(lines) else ""
    if space := _unusual_space(lines, mark.line, file):
        return space
    if sign := _wrong_hyphen(lines, mark.line, file) or _wide_colon(lines[: mark.line + 1], file):
        return sign
    if re.search("quoted scalar.*(end of stream|document separator)", reason):
        return _never_closed(lines, error.context_mark or mark, file)
    if "could not find expected ':'" in reason:
        mark = error.context_mark or mark
        return _problem(mark, file, *_no_colon(lines[mark.line] if mark.line < len(lines) else ""))
    if "mapping values are not allowed" in reason:
        if problem := _colon_forgotten(lines[: mark.line + 1], file):
            return problem
        return _problem(mark, file, *_stray_colon(line, mark.column))
    if "expected key" in reason or "<block end>" in reason:
        if type(latest).__name__ in ("SequenceEndEvent", "MappingEndEvent") and (
            bracket := _bracket_before(line, mark)
        ):
            message = f"A text cannot begin with “{bracket[1]}”."
            return Problem(Location(file, mark.line + 1, bracket.start(1) + 1), "yaml", message, _QUOTE)
        if getattr(latest, "style", None) in ("'", '"') and latest.end_mark.line == mark.line:
            return _after_quotes(latest, mark, line, file)
        if item := _item_without_hyphen(lines[: mark.line + 1]):
            number, name = item
            message, hint = "This item of a list does not begin with a hyphen.", f"Write “- {name}: ...”."
            return Problem(Location(file, number + 1, lines[number].index(name) + 1), "yaml", message, hint)
        return _problem(
            mark,
            file,
            _NOT_IN_LINE,
            "Indent it by as many spaces as the lines it belongs to.",
        )
    for pattern, message, hint in _MISTAKES:
        if re.search(pattern, reason):
            # A bracket that is not closed, and a sign, are fixed where they are. Else it is where the parser stopped.
            opening = error.context_mark if re.search("closed|begin with [*]", message) else None
            return _problem(opening or mark, file, message.format(sign=line[mark.column : mark.column + 1]), hint)
    return _problem(mark, file, "The file cannot be read as YAML from here on.", f"The parser says: {reason.strip()}.")


def unusual_space(space: str, location: Location) -> Problem:
    """Return the problem of a character that looks like a space, where YAML needs a plain one."""
    name = unicodedata.name(space, "control character").lower()
    message = f"There is {with_article(name)} here (U+{ord(space):04X}), which looks like a space."
    return Problem(location, "yaml", message, "Delete the spaces around it, and type them again.")


def _unusual_space(lines: Sequence[str], number: int, file: str) -> Problem | None:
    """Look for an unusual space in a line and in the line above it, which it makes a part of something else."""
    above = next((index for index in range(number - 1, -1, -1) if index < len(lines) and lines[index].strip()), number)
    for index in (above, number):
        if index < len(lines) and (space := _SPACE.match(lines[index])):
            return unusual_space(space[1], Location(file, index + 1, space.start(1) + 1))
    return None


def _wrong_hyphen(lines: Sequence[str], number: int, file: str) -> Problem | None:
    """Look for an item with a dash or a bullet instead of its hyphen, or with a hyphen but no space after it.

    It is in a line that the parser could not read, in the line above it, or in the item above it.
    """
    before = [index for index in range(min(number, len(lines)) - 1, -1, -1) if lines[index].strip()]
    spaces = indentation(lines[number]) if number < len(lines) else 0
    item_above = next((index for index in before if indentation(lines[index]) <= spaces), number)
    for index in (item_above, *before[:1], number):
        if index < len(lines) and (item := re.match(r" *([–—−•·] *|-)(\w+):(?:\s|$)", lines[index])):
            location, sign = Location(file, index + 1, item.start(1) + 1), item[1].strip()
            message = "There is no space after the hyphen." if sign == "-" else f"An item cannot begin with “{sign}”."
            return Problem(location, "yaml", message, f"Write “- {item[2]}: ...”.")
    return None


def wide_colon(key: str, location: Location) -> Problem:
    """Return the problem of a colon of East Asian text after a key, where YAML needs a plain one."""
    message = f"The colon after “{key}” is a wide one (U+FF1A), which is not read as a colon."
    return Problem(location, "yaml", message, f"Write “{key}: ...”, with a plain colon and a space after it.")


def _wide_colon(lines: Sequence[str], file: str) -> Problem | None:
    """Look for a wide colon after a key, in the last line and in those above it up to a whole key."""
    for number in range(len(lines) - 1, -1, -1):
        if key := re.match(r"[ -]*([a-z_]+)：", lines[number]):
            return wide_colon(key[1], Location(file, number + 1, key.end()))
        if number < len(lines) - 1 and re.match(r"[ -]*\w+:(\s|$)", lines[number]):
            return None
    return None


def _never_closed(lines: Sequence[str], mark: Any, file: str) -> Problem:
    hint = "Write the same quotation mark at the end of the text."
    if lines[mark.line][mark.column] == "'":
        hint += " If this is an apostrophe, put double quotes around the whole text."
    return _problem(mark, file, "The quotes that open here are never closed.", hint)


def _bracket_before(line: str, mark: Any) -> re.Match[str] | None:
    """Find the bracket at the beginning of a value that goes on after it, as in `title: [Spring] news`."""
    return re.match(r"[ -]*(?:\w+: +)?([\[{])", line[: mark.column])


def _no_colon(line: str) -> tuple[str, str]:
    if key := re.match(r"[\s-]*(\w+):\S", line):
        return (
            f"There is no space after the colon of “{key[1]}”.",
            f"Write “{key[1]}: ...”, with a space after the colon.",
        )
    if word := re.fullmatch(r"(?:- +)?(\w+)\s*", line.strip()):
        return f"There is no colon after “{word[1]}”.", f"Write “{word[1]}:”, or indent it like the text it belongs to."
    return (
        _NO_KEY,
        "If it belongs to the text above it, indent it like that text. If not, write “key: ...”.",
    )


def _item_without_hyphen(lines: Sequence[str]) -> tuple[int, str] | None:
    """Find the first key of an item that has no hyphen, if the last line is a key of that item.

    Returns:
        The number of its line (from 0) and the key. None if the line above the last is not the first one under a key
        without a value, or not two spaces less indented than the last.
    """
    *_, above, first, last = ["", "", *lines]
    key = re.match(r"( *)(\w+):(\s|$)", first)
    is_first = re.match(r" *(- +)?\w+: *(#.*)?$", above) is not None
    if key is None or not is_first or not re.match(rf"{key[1]}  \w+:(\s|$)", last):
        return None
    return len(lines) - 2, key[2]


def _bar_without_colon(lines: Sequence[str]) -> tuple[int, re.Match[str]] | None:
    """Find the line that begins the text of the last line, if it ends with | or > but has no colon.

    Returns:
        Its number (from 0), and a match of its key and its sign; None if there is no such line.
    """
    for number in range(len(lines) - 1, -1, -1):
        if bar := re.fullmatch(r"[ -]*(\w+) +([|>][-+]?) *", lines[number]):
            return number, bar
        if number < len(lines) - 1 and re.match(r"[ -]*\w+:(\s|$)", lines[number]):
            return None
    return None


def _colon_forgotten(lines: Sequence[str], file: str) -> Problem | None:
    """Return the problem of a key without its colon above the last line; None if there is none."""
    if (line := _bar_without_colon(lines) or _key_without_colon(lines)) is None:
        return None
    number, key = line
    better = f"{key[1]}: {key[2]}" if key[2] else f"{key[1]}:"
    location = Location(file, number + 1, key.start(1) + 1)
    return Problem(location, "yaml", f"There is no colon after “{key[1]}”.", f"Write “{better}”.")


def _key_without_colon(lines: Sequence[str]) -> tuple[int, re.Match[str]] | None:
    """Find the line above the last one, if it is one word and the last one is indented as if that were its key.

    Returns:
        Its number (from 0), and a match of the word and of no sign; None if the line above is another.
    """
    *_, above, last = ["", *lines]
    word = re.fullmatch(r"(?:[ -]* )?([a-z_]+)() *", above)
    if word is None or indentation(last) <= word.start(1):
        return None
    return len(lines) - 2, word


def _stray_colon(line: str, column: int) -> tuple[str, str]:
    if re.search(r":\s+[“”„«‘’‹「『]", line[:column]):
        return "Curly quotes are part of the text, so there is a colon inside a text that has no quotes.", _STRAIGHT
    if re.search(r":\s+\Z", line[:column]):
        return "There is one colon too many here.", "Delete it."
    if re.search(r":\s", line[:column]):
        hint = (
            _QUOTE if '"' not in line else "Put the whole text in double quotes, and write each quote in it as ‘ or ’."
        )
        return "There is a colon inside a text that has no quotes.", hint
    return (
        _NO_KEY_HERE,
        "Check the line above: is there a space after its colon? If so, indent this line like the keys around it.",
    )


def _after_quotes(text: Any, mark: Any, line: str, file: str) -> Problem:
    if space := _AFTER_QUOTES.match(line, text.end_mark.column):
        return unusual_space(space[1], Location(file, mark.line + 1, space.start(1) + 1))
    if text.start_mark.line < mark.line:
        hint = "Write the same quotation mark at the end of the text."
        if text.style == "'":
            hint += " If this is an apostrophe, put double quotes around the whole text."
        return _problem(text.start_mark, file, "The quotes that open here are not closed at the end of the text.", hint)
    if text.style == "'":
        hint = "An apostrophe ends a text in single quotes. Put double quotes around the whole text instead."
    else:
        hint = 'Write \\" for each quotation mark inside the text, and one " at each end of it.'
    return _problem(mark, file, "The text goes on after its closing quotation mark.", hint)


def _problem(mark: Any, file: str, message: str, hint: str) -> Problem:
    return Problem(Location(file, mark.line + 1, mark.column + 1), "yaml", message, hint)

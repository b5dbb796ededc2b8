"""Marks of Markdown do something, or they are not there.

Marks that open or close nothing are shown as they are: a reader sees stars, and a screen reader says “star star”. So
are marks that only other editors know. A price between ~~ is read as a price that is still true.

Bad:
    - text: |
        **Warning:**do not stop. ~~Old price £5~~ New price £4.

Good:
    - text: |
        **Warning:** do not stop. New price £4, instead of £5.

CommonMark 0.31, 4.2 ATX headings and 6.2 Emphasis and strong emphasis.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from newsletter.characters import PLAIN_TO_RAISED, quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.english import join
from newsletter.issue.markdown import MASK, typed_words
from newsletter.issue.markdown_problems import LARGEST_HEADING
from newsletter.issue.text_fields import InlineMarkdown, Markdown
from newsletter.problems import Fix
from newsletter.rules.issue._references import references
from newsletter.source.nodes import KeyPath

SEVERITY = "error"


@dataclass(frozen=True)
class _Mark:
    """A mark that would be shown.

    It has one of the `signs`. There is what to do, and how the only fix ends if there is one.
    """

    signs: str
    pattern: re.Pattern[str]
    hint: str
    severity: Literal["error", "warning"] = "error"
    ending: str | None = None


_SMALL = re.compile(
    r"(?<![\w$])(?:\w++(?:~[\w+-]{1,4}~(?!~)|\^[\w+-]{1,4}\^|(?<!\d)\^[\w+-]{1,4}(?![\w^])|\^(?=[^\W\d])[\w+-]{1,4}(?![\w^])))+\w*"
)
_SMALL_HINT = "There are no marks for small letters. Write the characters themselves, such as ² or ₂."
_SMALL_PART = re.compile(r"~([\w+-]+)~|\^([\w+-]+)\^?")
_TO_SUBSCRIPT = str.maketrans("+-0123456789", "₊₋₀₁₂₃₄₅₆₇₈₉")
_ORDINALS = ("st", "nd", "rd", "th")
_HEADING_ABOVE = re.compile(r"^(#{3,6})[ \t]", re.MULTILINE)
_HEADING = "Write “{}”, with one plain space. To show the sign itself, write \\#."
_MARKS = (
    _Mark(
        "*",
        re.compile(
            r"(?<![\w*])\*{2,}+(?=[^\s*.,:;!?)])|(?<=\w)\*{2,}+(?=\w)"
            r"|(?<!\S)\*\*[^\S\n]+(?=[^\W\d])[^*\n]*\*\*(?!\*)"
        ),
        "Write ** directly before and after the words, then a space: **bold** words. To show a star, write \\*.",
    ),
    _Mark(
        "*",
        re.compile(r"(?<![\w*])\*(?=[^\W\d_])|(?<!\S)\*[^\S\n ]+(?=[^\W\d_])[^*\n]*\*(?!\*)"),
        "Write another * after the last of these words, or delete this one. To show a star, write \\*.",
    ),
    _Mark(
        "_",
        re.compile(r"(?<![\w@_])_{1,3}(?=[^\W_])|(?<!\S)_[^\S\n]+(?=[^\W_])[^_\n]*_(?!\w)|(?<=[^\W_])_{1,3}(?!\w)"),
        "Write _ directly before and after the words, or delete it. To show the sign, write \\_.",
    ),
    _Mark("#", re.compile(r"^#{3,6}(?:[^\S\n ][^\S\n]*|(?=[^\s#]))", re.MULTILINE), _HEADING, ending=" "),
    _Mark("#", re.compile(r"^(?:#{1,2}[^\S\n ]|##(?=[^\s#])|#{7,})", re.MULTILINE), _HEADING),
    _Mark(
        "=",
        re.compile(r"^={3,}$", re.MULTILINE),
        "For a heading, write ### and a space before the words above. If not, delete this line.",
    ),
    _Mark(
        "-*+",
        re.compile(r"^[-*+][^\S\n ][^\S\n]*(?=[^\W\d])", re.MULTILINE),
        "For an item of a list, write one plain space after the sign, and leave an empty line above the first item.",
        ending=" ",
    ),
    _Mark(
        ">",
        re.compile(r"^>(?![ \t]*+(?:=[ \t]*+)?[-−+]?[£$€]?[.,]?\d)", re.MULTILINE),
        "For a quotation, leave an empty line above it. To show the sign itself, write \\>.",
    ),
    _Mark(
        ">",
        re.compile(r"\A>[ \t]+(?=\d)"),
        "Write “more than” in words: some screen readers leave this sign out. For a quotation, begin with a word.",
        "warning",
    ),
    _Mark(
        "-+",
        re.compile(r"^[-+] (?=[A-Z\u00c0-\u00de])", re.MULTILINE),
        "For a list, leave an empty line above it. For a dash, write it at the end of the line above.",
        "warning",
    ),
    _Mark(
        ":",
        re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]++:(?![\w:])"),
        "Write the emoji itself, or say it in words.",
        "warning",
    ),
    _Mark(
        "~",
        re.compile(r"~~(?=[^\s~])|(?<=[^\s~])~~|(?<![\w~/.])~(?=[^\W\d])[^~\n]{1,200}(?<=\w)~(?![\w~])"),
        "Nothing can be crossed out. Say in words what is no longer true, or delete it.",
        "warning",
    ),
    _Mark(
        "[",
        re.compile(r"\[\^[^\[\]\s]++\]"),
        "There are no footnotes here. Write the note in the sentence, or in brackets after it.",
        "warning",
    ),
    _Mark(
        "[",
        re.compile(r"(?<!\S)\[[ xX]?\](?!\S)"),
        "Nobody can tick a box in an email. Delete it: a list with “- ” is enough.",
        "warning",
    ),
    _Mark(
        "=",
        re.compile(r"(?<![=\w])==(?=[^\s=])|(?<=[^\s=])==(?![=\w])"),
        "Nothing can be highlighted. Write ** before and after the few words that matter most.",
        "warning",
    ),
    _Mark(
        "[",
        re.compile(r"\[\[[^\[\]\n]+\]\]"),
        "Write the words in square brackets, then the address in round brackets: [Our guide](https://...).",
    ),
    _Mark(
        "$",
        re.compile(r"(?<![\w$])\$(?=[^\s$])(?=[^$\n]*[\\^_{=])[^$\n]++(?<=\S)\$(?!\w)"),
        "There are no marks for formulas. Write it in words, or with signs such as ² and ×.",
        "warning",
    ),
    _Mark(
        "{",
        re.compile(r"\{(?::[ \t]*+)?[.#][A-Za-z][^{}\n]*\}"),
        "There are no styles here. Delete it.",
        "warning",
    ),
    _Mark(
        "[",
        re.compile(r"^\[![A-Za-z]+\]", re.MULTILINE),
        "This is no box here. Delete it, or write a block of its own, “- notice:”.",
        "warning",
    ),
    _Mark("<", re.compile(r"</?[a-z]{1,3}:[a-z]+>"), "This comes from Word. Delete it."),
    _Mark("`", re.compile(r"`{3,}"), "There are no blocks of code here. Delete it.", "warning"),
    _Mark("~", re.compile(r"(?<!~)~{3,}(?!\S)"), "There are no blocks of code here. Delete it.", "warning"),
    _Mark(
        "\\",
        re.compile(r"\\\Z"),
        "A backslash begins a new line only if another line follows. Delete it.",
        "warning",
        ending="",
    ),
)
_MOST_NAMED = 3
_ADDRESS = re.compile(r"[\w./:?&=%#@+-]+")
_ONE_STAR = re.compile(r"\s*\*[^*]+", re.DOTALL)
_NOTE = re.compile(r"(?<=[\w.,;:!?)\]])(\*{1,4})(?![\w*])")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the first mark of each kind in a paragraph, and each at the start of a line."""
    for path, value in issue.values:
        if not isinstance(value, Markdown):
            continue
        starts = [0, *(newline.end() for newline in re.finditer("\n", issue.source(path)))]
        texts = [(line, _ADDRESS.sub(_masked, text)) for line, text in typed_words(value.tokens)]
        yield from _references(issue, path, [text for _, text in texts])
        # The words of a footnote begin with the stars that are after a word elsewhere.
        notes = {note for _, text in texts for note in _NOTE.findall(text)}
        if isinstance(value, InlineMarkdown) and _ONE_STAR.fullmatch(value):
            notes.add("*")  # the words of a footnote whose star is in another cell or line
        for line, text in texts:
            yield from _small_letters(issue, path, starts[line], text)
            signs = set(text)
            for mark in _MARKS:
                if signs.isdisjoint(mark.signs):
                    continue
                matches = (match for match in mark.pattern.finditer(text) if match[0] not in notes)
                every = mark.pattern.flags & re.MULTILINE
                if every and value.form != "text":
                    continue  # these begin a heading, a list or a quotation, which there are only in a whole text
                for match in matches if every else islice(matches, 1):
                    start = starts[line + text.count("\n", 0, match.start())]
                    yield _finding(issue, path, start, mark, match)


def _finding(issue: IssueText, path: KeyPath, start: int, mark: _Mark, match: re.Match[str]) -> Finding:
    """Return the finding of a mark; `start` is the offset of its line."""
    source = issue.source(path)
    words = re.match(r"\S*(?:\s\S+)?", match.string[match.start() :])[0].split(MASK)[0]  # type: ignore[index]
    offset = max(source.find(words, start), start)
    begin, hint = match[0].rstrip("\\\N{NO-BREAK SPACE} "), mark.hint
    if mark.hint == _HEADING:
        begin = "#" * min(max(begin.count("#"), LARGEST_HEADING), _deepest(source[:start]))
        hint = _HEADING.format(f"{begin} {match.string[match.end() :].split(chr(10))[0].strip()}")
    fix = None
    if mark.ending is not None and source.startswith(match[0], offset):
        fix = Fix(path, offset, offset + len(match[0]), begin + mark.ending)
    message = f"The marks of {quoted(words)} would be shown."
    return Finding(issue.at_source(path, offset), message, hint, mark.severity, fix)


def _deepest(above: str) -> int:
    """Return the level of the smallest heading that may follow a text: one below the last heading in it."""
    headings = _HEADING_ABOVE.findall(above)
    return len(headings[-1]) + 1 if headings else LARGEST_HEADING


def _small_letters(issue: IssueText, path: KeyPath, start: int, text: str) -> Iterator[Finding]:
    """Report the marks for raised and lowered characters of a paragraph, as one problem."""
    words = list(dict.fromkeys(match[0] for match in _SMALL.finditer(text)))[:_MOST_NAMED]
    if words:
        source = issue.source(path)
        characters = [_SMALL_PART.sub(_as_character, word) for word in words]
        is_clear = not any(re.search(r"[~^]", word) for word in characters)
        hint = (
            f"There are no marks for small letters. Write {join(map(quoted, characters))}." if is_clear else _SMALL_HINT
        )
        message = f"The marks of {join(map(quoted, words))} would be shown."
        yield Finding(issue.at_source(path, max(source.find(words[0], start), start)), message, hint, "warning")


def _as_character(match: re.Match[str]) -> str:
    """Return the character instead of a mark, or the mark if there is none."""
    lowered, raised = match[1], match[2]
    if raised in _ORDINALS:
        return raised
    characters = lowered.translate(_TO_SUBSCRIPT) if lowered else raised.translate(PLAIN_TO_RAISED)
    return match[0] if re.search(r"[a-zA-Z0-9]", characters) else characters


def _references(issue: IssueText, path: KeyPath, texts: list[str]) -> Iterator[Finding]:
    """Report the links whose address is in a line of its own."""
    for each in references(issue.source(path)):
        if any(each.typed[each.typed.rindex("[") :] in text for text in texts):
            hint = f"Write [{each.words}]({each.address or 'https://...'})."
            if each.address:
                hint += " Then delete the line with the address."
            message = f"The marks of {quoted(each.typed)} would be shown."
            yield Finding(issue.at_source(path, each.start), message, hint)


def _masked(match: re.Match[str]) -> str:
    is_address = any(sign in match[0] for sign in ("://", "@", "www."))
    return MASK * len(match[0]) if is_address else match[0]

"""A line that should be a line of its own is shown as one.

In Markdown, a new line in a file is only a space for readers: an address, opening hours or a poem become one long
sentence. A line directly under a list or a quotation becomes a part of it.

Bad:
    - text: |
        Lantern House
        12 Example Street

Good:
    - text: |
        Lantern House\
        12 Example Street

    - lines: |
        Lantern House
        12 Example Street

In a block `lines`, each line stays a line.

CommonMark 0.31, 6.7 Hard line breaks and 6.8 Soft line breaks; WCAG 2.2, 1.3.1 Info and Relationships (A).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.markdown import LINE_BREAK
from newsletter.issue.text_fields import InlineMarkdown, Markdown
from newsletter.rules.issue._folded import INSTEAD, is_mistyped_bar, lines_in_file, lost_part, name_of
from newsletter.rules.issue._list_marks import is_next, marks
from newsletter.source.lines import indentation
from newsletter.source.nodes import KeyPath

SEVERITY = "warning"
OPTIONS = {"longest": 55}
"""A line that is longer is part of a wrapped paragraph."""
STRICTER_WHEN_HIGHER = ("longest",)

_ENDS_SENTENCE = re.compile(r"[.!?…۔؟。！？।][\"'”’»)*_]*$")
_NUMBERED = re.compile(r"\d{1,9}[.)]\s", re.ASCII)
_NOTE = re.compile(r"[¹²³⁴-⁹⁰]+\s*(?=\w)|(\d{1,2}) (?=[^\W\d_a-z])")
"""The number of a footnote; the group is a number that is not raised."""
_WORD_OR_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)\S*|\S+")
_NARROWEST = 40  # nobody wraps a paragraph at fewer characters
_ALMOST_ITEM = re.compile(r"[-*+](?=[^\W\d])|[–—•·▪] ?(?=[^\W\d])|\d{1,3}[.)](?=[^\W\d])")
_BREAK = (
    "Write a backslash at the end of each line that readers should see as a line, or put all of them into a block "
    "“- lines: |”. Leave an empty line between paragraphs. "
    "If they are one sentence, write them in one line."
)
_ONE_LINE = "Readers get this in one line: write it so, with commas or full stops; or use a block “- lines: |”."
_LINE_ABOVE = "Leave an empty line above it. If it belongs to {}, indent it as the words above it."
_LIST = "For a list, begin each line with a hyphen and a space, and leave an empty line above the first."
_ITEM = "To begin an item, write the same sign as before the item above it, and one space."
_QUOTED = "Leave an empty line above it. If it belongs to the quotation, begin it with > and a space."


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph of a text: its lines as they were typed, and what it is in."""

    first: int
    """The index of its first line in the text."""
    lines: list[str]
    holder: Token | None
    """The token of the item or the quotation that holds it."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the first lost line of each paragraph."""
    for path, value in issue.values:
        if not isinstance(value, Markdown):
            continue
        if isinstance(value, InlineMarkdown) and lost_part(lines_in_file(issue.node(path)), [value]):
            continue  # folded-text reports it
        if issue.node(path).style != "|" and (joined := _folded(issue, path, value, options["longest"])):
            yield joined
            continue
        source = issue.source(path)
        lines = source.split("\n")
        starts = [0, *(newline.end() for newline in re.finditer("\n", source))]
        for paragraph in _paragraphs(value.tokens):
            # With marks and addresses: these have a length when an editor wraps a line.
            whole = [line.strip() for line in lines[paragraph.first : paragraph.first + len(paragraph.lines)]]
            for index, (line, following) in enumerate(pairwise(whole)):
                number = paragraph.first + index + 1
                is_glued = paragraph.holder is not None and _is_outside(paragraph.holder, lines, number)
                if paragraph.lines[index].endswith(LINE_BREAK) or not _is_lost(
                    whole, line, following, options["longest"], is_glued=is_glued
                ):
                    continue
                where = issue.at_source(path, starts[number])
                both = quoted(f"{line} {following}".strip())
                if is_glued and paragraph.holder is not None:
                    is_item = paragraph.holder.type == "list_item_open"
                    name, hint = ("the item", _LINE_ABOVE.format("the item")) if is_item else ("the quotation", _QUOTED)
                    if is_item and _ALMOST_ITEM.match(following):
                        hint = _ITEM
                    yield Finding(where, f"This line becomes a part of {name} above it: {both}.", hint)
                else:
                    is_list = following.startswith(("- ", "* "))
                    hint = _ONE_LINE if isinstance(value, InlineMarkdown) else _LIST if is_list else _BREAK
                    yield Finding(where, f"These lines are shown as one: {both}.", hint)
                break


def _folded(issue: IssueText, path: KeyPath, value: Markdown, longest: int) -> Finding | None:
    """Return the first line that YAML joins with the line before, unless folded-text reports it."""
    node = issue.node(path)
    lines = [line.strip(" \"'") for line in lines_in_file(node)]
    if lost_part(lines, node.text.split("\n")) or is_mistyped_bar(node, lines):
        return None
    for line, following in pairwise(lines):
        if value.form == "lines" or _is_lost(lines, line, following, longest, is_glued=False):
            hint = f"{INSTEAD[node.style].format(name_of(path))} {'' if value.form == 'lines' else _BREAK}".strip()
            return Finding(issue.at(*path), f"These lines are shown as one: {quoted(f'{line} {following}')}.", hint)
    return None


def _paragraphs(tokens: Iterable[Token]) -> Iterator[_Paragraph]:
    holders: list[Token] = []
    for token in tokens:
        if token.type in ("list_item_open", "blockquote_open"):
            holders.append(token)
        elif token.type in ("list_item_close", "blockquote_close"):
            holders.pop()
        elif token.type == "inline" and token.map:
            lines = token.meta["typed"].split("\n")
            yield _Paragraph(token.map[0], lines, holders[-1] if holders else None)


def _is_outside(holder: Token, lines: list[str], number: int) -> bool:
    """Check whether a line of an item or a quotation has no mark and no indentation that says so."""
    if holder.type == "blockquote_open":
        return not lines[number].lstrip().startswith(">")
    first = holder.map[0] if holder.map else 0
    return indentation(lines[number]) <= indentation(lines[first]) and not lines[number].lstrip().startswith(">")


def _is_lost(lines: list[str], line: str, following: str, longest: int, *, is_glued: bool) -> bool:
    """Check whether a reader would miss the break between two lines of a paragraph."""
    if not all(re.search(r"\w", each) for each in (line, following)):
        return False
    if not is_glued and _is_list_with_other_signs(line, following):
        return False
    if _NUMBERED.match(following) and _NUMBERED.match(lines[0]):
        return True
    if (is_glued and _ALMOST_ITEM.match(following)) or _goes_on_note(line, following):
        return True
    begins_alike = any(following.startswith(sign) and lines[0].startswith(sign) for sign in ("**", "["))
    words = following.lstrip("*_[(“\"'‘£€$")
    is_new = words[:1].isalnum() and not words[0].islower()
    if begins_alike or (is_glued and is_new and _ENDS_SENTENCE.search(line)):
        return True
    if len(line) > longest or _ENDS_SENTENCE.search(line):
        return False
    width = max(map(len, lines))
    # In a wrapped paragraph, the next word has no room in the line.
    word = _WORD_OR_LINK.match(following)
    has_room = len(f"{line} {word[0] if word else ''}") <= max(width, _NARROWEST)
    has_same_sign = not following[0].isalnum() and following[0] == lines[0][:1]
    return (has_room and (is_new or has_same_sign or " " not in line)) or (len(lines) > 2 and width <= _NARROWEST)


def _goes_on_note(line: str, following: str) -> bool:
    """Check whether both lines begin with the number of a footnote."""
    first, second = _NOTE.match(line), _NOTE.match(following)
    if not (first and second):
        return False
    if first[1] and second[1]:
        return int(second[1]) == int(first[1]) + 1
    return not first[1] and not second[1]


def _is_list_with_other_signs(line: str, following: str) -> bool:
    """Check whether the lines have signs that fake-list reports."""
    both = list(marks([line, following]))
    return len(both) == 2 and is_next(*both)

"""A hyphen at the start of a line is meant as the sign of a list.

In Markdown, “- 5 °C” is an item of a list, which says “5 °C”: the minus is lost. And two lines that begin with a dash
in the middle of a sentence become two items. If the sign changes from line to line, each change begins another list.

Bad:
    - text: |
        - 5 °C at night
        - 2 °C by day

Good:
    - text: |
        −5 °C at night\\
        −2 °C by day

CommonMark 0.31, 5.2 List items.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding
from newsletter.issue.text_fields import Markdown

SEVERITY = "warning"

_TEMPERATURE = re.compile(r"\d[\d.,]*+\s*(?:°(?:\s?[CF]\b)?|degrees?\b)")
_ONLY_NUMBER = re.compile(
    r"[£$€]?[.,]?\d[\d.,]*+\s*(?:%|per cent|stones?|st|lbs?|kg|g|mg|ml|l|km|cm|mm|m|points?|pts?)?[.,;]?"
)
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)*_]*\Z")


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Report the first item of each list that may not be meant as one."""
    for path, value in issue.values:
        if not isinstance(value, Markdown):
            continue
        starts = [0, *(newline.end() for newline in re.finditer("\n", issue.source(path)))]
        lines = issue.source(path).split("\n")
        for line, before, sign in _changed_signs(value.tokens):
            if lines[line - 1].strip():
                message = f"The sign changes from “{before}” to “{sign}”, so another list begins here."
                hint = f"Write “{before}” here too. For another list, leave an empty line or write words above it."
                yield Finding(issue.at_source(path, starts[line]), message, hint)
        for hyphens in _lists(value.tokens):
            firsts = [words.split("\n", 1)[0] for _, words in hyphens.items]
            numbers = list(map(_TEMPERATURE.match, firsts))
            if not any(numbers) and all(only := list(map(_ONLY_NUMBER.fullmatch, firsts))):
                numbers = only
            if number := next(filter(None, numbers), None):
                index = numbers.index(number)
                message = f"{quoted(f'- {firsts[index]}')} is an item of a list here, so readers get no minus."
                hint = (
                    f"For a minus, write −{number[0].rstrip('.,;')} with a real minus sign and no space after it. "
                    "For a list, begin each item with *."
                )
            elif hyphens.is_below_words and _is_sentence([words for _, words in hyphens.items]):
                index = 0
                message = f"{quoted(f'- {firsts[0]}')} begins a list here, in the middle of a sentence."
                hint = "For a list, leave an empty line above it. For a sentence, write it in one line."
            else:
                continue
            yield Finding(issue.at_source(path, starts[hyphens.items[index][0]]), message, hint)


def _changed_signs(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Return the line (from 0), the sign before it and the sign of each list that follows another one."""
    for token, following in pairwise(tokens):
        if (token.type, following.type) == ("bullet_list_close", "bullet_list_open") and following.map:
            yield following.map[0], token.markup, following.markup


def _is_sentence(items: Sequence[str]) -> bool:
    """Check whether a sentence goes on in two lines that begin with a dash."""
    first, *rest = items
    return (
        len(rest) == 1
        and first[0].islower()
        and rest[0][0].islower()
        and first[-1].isalnum()
        and _ENDS_SENTENCE.search(rest[0]) is not None
    )


@dataclass
class _List:
    """A list with hyphens, and whether words are directly above it."""

    level: int
    is_below_words: bool
    items: list[tuple[int, str]] = field(default_factory=list)
    """The first line and the words of each."""


def _lists(tokens: Sequence[Token]) -> Iterator[_List]:
    open_lists: list[_List] = []
    end = -1
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "bullet_list_open":
            open_lists.append(_List(token.level, token.map is not None and token.map[0] == end))
        elif token.type == "bullet_list_close":
            closed = open_lists.pop()
            if token.markup == "-" and closed.items:
                yield closed
        elif token.type == "paragraph_open" and token.map and following is not None:
            end = token.map[1]
            if open_lists and token.level == open_lists[-1].level + 2:
                open_lists[-1].items.append((token.map[0], following.meta["typed"]))

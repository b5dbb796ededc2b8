"""Edits of an issue's file: each replaces a piece of one value, and leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeVar

from newsletter.problems import Fix, Location
from newsletter.source.nodes import KeyPath, ListNode, MapNode, Node, TextNode, at_path

_State = TypeVar("_State")

IsChosen = Callable[[str, Location], bool]
"""Receives the id and the location of a finding, and returns whether it may be fixed."""


@dataclass(frozen=True, order=True)
class AppliedFix:
    """A fix in the file: where, for which rule, and the words before and after."""

    location: Location
    id: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.location}: fixed: “{self.old}” is now “{self.new}” ({self.id})"


@dataclass(frozen=True)
class Edit:
    """A fix, its rule, the value that it changes, and the text in the file that replaces what is from start to end."""

    rule: str
    fix: Fix
    value: str
    location: Location
    start: int
    end: int
    replacement: str


def edit_of(rule: str, fix: Fix, root: Node, text: str) -> Edit | None:
    """Find the piece of a file that a fix of a value replaces; None if its place cannot be determined.

    Args:
        rule: the id of the rule.
        fix: what it replaces in a value.
        root: the YAML nodes of the text.
        text: the whole file.
    """
    node = at_path(root, fix.path)
    # A fix of a snippet would change other issues, too.
    if not isinstance(node, TextNode) or node.location.file != root.location.file:
        return None
    if not (span := node.span_of(fix.start, fix.end)):
        # A field in the piece, such as {first_name|reader}, has to stay as it was typed.
        fix = _shortened(fix, node.text)
        if node.typed is node or not (span := node.span_of(fix.start, fix.end)):
            return None
    line, start, end = span
    begin = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
    location = Location(node.location.file, line, start + 1)
    return Edit(rule, fix, node.text, location, begin + start, begin + end, _between_quotes(fix.new, node.style))


def _shortened(fix: Fix, text: str) -> Fix:
    """Return a fix without what it leaves as it is at its start and its end, except white space beside a change."""
    old, new = text[fix.start : fix.end], fix.new
    start = _equal(old, new)
    end = _equal(old[start:][::-1], new[start:][::-1])
    return replace(fix, start=fix.start + start, end=fix.end - end, new=new[start : len(new) - end])


def _equal(one: str, other: str) -> int:
    """Return how many characters are the same at the start of two texts, up to the last one that is no space."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return len("".join(sign for sign, _ in pairs).rstrip())


def _between_quotes(text: str, style: str) -> str:
    """Return a text as YAML writes it in a value of this style."""
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if style == "'" else text


def non_overlapping(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Leave out each edit that overlaps one before it. The next pass of `autofix` applies it."""
    last_end = -1
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start > last_end:
            yield edit
            last_end = edit.end


def apply_most(
    before: _State, edits: Sequence[Edit], improved: Callable[[Sequence[Edit]], _State | None]
) -> tuple[_State, list[Edit]]:
    """Apply as many edits together as pass a test.

    Args:
        before: the state without an edit.
        edits: the edits.
        improved: applies edits, and returns the state with them; None if it is no better.

    Returns:
        The state with the edits that passed, and these edits in the order of the text.
    """
    latest, applied = before, list[Edit]()

    def apply(some: Sequence[Edit]) -> None:
        nonlocal latest
        if better := improved([*applied, *some]):
            latest = better
            applied.extend(some)
        elif len(some) > 1:
            apply(some[: len(some) // 2])
            apply(some[len(some) // 2 :])

    apply(edits)
    return latest, sorted(applied, key=lambda edit: edit.start)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return a file with edits."""
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def expected_values(root: Node, edits: Sequence[Edit]) -> list[tuple[KeyPath, str]]:
    """Return every value as it has to be after the fixes."""
    values = dict(values_of(root))
    for edit in sorted(edits, key=lambda edit: -edit.fix.start):
        fix = edit.fix
        values[fix.path] = values[fix.path][: fix.start] + fix.new + values[fix.path][fix.end :]
    return list(values.items())


def values_of(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Return every value with its path. A list is "[]" and a group of keys is "{}", before the values inside."""
    if isinstance(node, TextNode):
        yield path, node.text
    elif isinstance(node, MapNode):
        yield path, "{}"
        for key, value in node.items.items():
            yield from values_of(value, (*path, key))
    elif isinstance(node, ListNode):
        yield path, "[]"
        for position, item in enumerate(node.items):
            yield from values_of(item, (*path, position))


def as_applied_fix(edit: Edit) -> AppliedFix:
    """Describe a fix, with the words directly before and after it in the same line."""
    before, after = edit.value[: edit.fix.start], edit.value[edit.fix.end :]
    left = re.match(r"[^\S\n]*\S*", before[::-1])[0][::-1]  # type: ignore[index]  # it matches the empty text
    right = re.match(r"[^\S\n]*\S*", after)[0]  # type: ignore[index]
    old, new = (left + words + right for words in (edit.value[edit.fix.start : edit.fix.end], edit.fix.new))
    return AppliedFix(edit.location, edit.rule, old.replace("\n", " "), new.replace("\n", " "))

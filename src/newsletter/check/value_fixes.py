"""Fixes values that no issue can have, such as an address with a space, so that its rules can be asked.

A fix is kept only if it changes the intended values alone, and leaves fewer problems and no new one.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from newsletter.check.edits import (
    AppliedFix,
    Edit,
    IsChosen,
    apply_edits,
    apply_most,
    as_applied_fix,
    edit_of,
    expected_values,
    non_overlapping,
    values_of,
)
from newsletter.problems import Problem, Problems
from newsletter.source.nodes import Node


@dataclass(frozen=True)
class _CheckedText:
    """A text for the file, and what is wrong with it."""

    text: str
    problems: tuple[Problem, ...]


def fix_values(
    text: str, load: Callable[[str], object], read: Callable[[str], Node], is_chosen: IsChosen
) -> tuple[str, list[AppliedFix]]:
    """Fix the values that have only one possible fix.

    Args:
        text: the text of the file.
        load: reads an issue from a text, and raises `Problems`.
        read: reads the YAML nodes of an issue from a text, and raises `Problems`.
        is_chosen: which problems may be fixed.

    Returns:
        The text with the fixes, and the fixes in the order in which they were applied.
    """
    checked, fixed = _read(text, load), list[AppliedFix]()
    while edits := list(non_overlapping(_edits(checked, read, is_chosen))):
        checked, applied = apply_most(checked, edits, functools.partial(_improved, checked, load, read))
        if not applied:
            break
        fixed += map(as_applied_fix, applied)
    return checked.text, fixed


def _read(text: str, load: Callable[[str], object]) -> _CheckedText:
    try:
        load(text)
    except Problems as error:
        return _CheckedText(text, error.problems)
    return _CheckedText(text, ())


def _edits(checked: _CheckedText, read: Callable[[str], Node], is_chosen: IsChosen) -> Iterator[Edit]:
    for problem in checked.problems:
        if not problem.fix or not is_chosen(problem.id, problem.location):
            continue
        if problem.fix.path:
            edit = edit_of(problem.id, problem.fix, read(checked.text), checked.text)
        else:  # YAML cannot read the file yet
            fix = problem.fix
            edit = Edit(problem.id, fix, checked.text, problem.location, fix.start, fix.end, fix.new)
        if edit:
            yield edit


def _improved(
    before: _CheckedText, load: Callable[[str], object], read: Callable[[str], Node], edits: Sequence[Edit]
) -> _CheckedText | None:
    """Apply edits. Return None if they change anything else, fix too little or cause a new problem."""
    after = _read(apply_edits(before.text, edits), load)
    if not edits[0].fix.path:
        is_only_words = _ascii(before.text) == _ascii(after.text)
        return after if is_only_words and not {edit.location for edit in edits} & _locations(after) else None
    expected = expected_values(read(before.text), edits)
    if list(values_of(read(after.text))) != expected:
        return None
    old, new = (Counter((each.id, each.location.line) for each in checked.problems) for checked in (before, after))
    return after if new <= old and new.total() <= old.total() - len(edits) else None


def _ascii(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]", "", text)


def _locations(checked: _CheckedText) -> set[object]:
    return {problem.location for problem in checked.problems}

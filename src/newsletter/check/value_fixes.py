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
    apply_most,
    as_applied_fix,
    edit_of,
    edited,
    expected_values,
    non_overlapping,
    values_of,
)
from newsletter.problems import Problem, Problems
from newsletter.source.parser import parse_yaml


@dataclass(frozen=True)
class _Draft:
    """A text for the file, and what is wrong with it."""

    text: str
    problems: tuple[Problem, ...]


def fix_values(
    text: str, file: str, load: Callable[[str], object], is_chosen: Callable[[str], bool]
) -> tuple[str, list[AppliedFix]]:
    """Fix the values that have only one possible fix.

    Args:
        text: the text of the file.
        file: its name in problems.
        load: reads an issue from a text, and raises `Problems`.
        is_chosen: receives the id of a problem, and returns whether it may be fixed.

    Returns:
        The text with the fixes, and the fixes in the order in which they were applied.
    """
    draft, fixed = _read(text, load), list[AppliedFix]()
    while edits := list(non_overlapping(_edits(draft, file, is_chosen))):
        draft, applied = apply_most(draft, edits, functools.partial(_improved, draft, file, load))
        if not applied:
            break
        fixed += map(as_applied_fix, applied)
    return draft.text, fixed


def _read(text: str, load: Callable[[str], object]) -> _Draft:
    try:
        load(text)
    except Problems as error:
        return _Draft(text, error.problems)
    return _Draft(text, ())


def _edits(draft: _Draft, file: str, is_chosen: Callable[[str], bool]) -> Iterator[Edit]:
    for problem in draft.problems:
        if not problem.fix or not is_chosen(problem.id):
            continue
        if problem.fix.path:
            edit = edit_of(problem.id, problem.fix, parse_yaml(draft.text, file), draft.text)
        else:  # YAML cannot read the file yet
            fix = problem.fix
            edit = Edit(problem.id, fix, draft.text, problem.location, fix.start, fix.end, fix.new)
        if edit:
            yield edit


def _improved(before: _Draft, file: str, load: Callable[[str], object], edits: Sequence[Edit]) -> _Draft | None:
    """Apply edits. Return None if they change anything else, fix too little or cause a new problem."""
    after = _read(edited(before.text, edits), load)
    if not edits[0].fix.path:
        is_only_words = _ascii(before.text) == _ascii(after.text)
        return after if is_only_words and not {edit.location for edit in edits} & _places(after) else None
    expected = expected_values(parse_yaml(before.text, file), edits)
    if list(values_of(parse_yaml(after.text, file))) != expected:
        return None
    old, new = (Counter((each.id, each.location.line) for each in draft.problems) for draft in (before, after))
    return after if new <= old and new.total() <= old.total() - len(edits) else None


def _ascii(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]", "", text)


def _places(draft: _Draft) -> set[object]:
    return {problem.location for problem in draft.problems}

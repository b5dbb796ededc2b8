"""Fixes problems in an issue's file that have only one possible fix, and changes no other byte.

A rule says what to replace (`Finding.fix`). This module finds the place in the file and checks the result before it
keeps the change. Only the intended values may be different, exactly as intended. The check must report fewer problems
of that rule, and no new problem. A fix that fails this test is not applied, and its problem stays in the report.
"""

from __future__ import annotations

import codecs
import functools
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.atomic_write import write_all
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
from newsletter.check.engine import check
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.value_fixes import fix_values
from newsletter.issue.brand import Brand
from newsletter.issue.load import load
from newsletter.pipeline import build
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import Node
from newsletter.source.parser import read_text


def autofix(
    path: Path,
    project: Project,
    brand: Brand,
    settings: Settings,
    is_chosen: Callable[[str], bool] = lambda rule: True,
) -> list[AppliedFix]:
    """Fix the problems in one issue's file that have only one possible fix.

    Args:
        path: the YAML file.
        project: the folder with templates and pictures.
        brand: what is the same in every issue.
        settings: how much each rule counts. Findings of a rule that is off are not fixed.
        is_chosen: receives the id of a rule, and returns whether its findings may be fixed.

    Returns:
        The fixes, those of unusable values first, in the order in which they were applied. If there are none, the file
        is not written.

    Raises:
        Problems: if the issue cannot be built and nothing of that can be fixed, or its file cannot be changed.
    """
    file = project.name_of(path)
    text = read_text(path, file)
    try:
        data = path.read_bytes()
    except OSError:
        raise _changed_meanwhile(file) from None
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if mark + text.encode() != data:
        raise _changed_meanwhile(file)
    trial = _Trial(path, project, brand, settings)
    usable, fixed = fix_values(text, file, functools.partial(load, path, project, brand), is_chosen)
    try:
        candidate = trial.read(usable)
    except Problems:
        if fixed:
            _replace(path, project, data, mark + usable.encode())
            return fixed
        raise
    # One fix can make another one possible. Each leaves fewer findings, so this ends.
    while edits := list(non_overlapping(_edits(candidate, is_chosen))):
        candidate, applied = apply_most(candidate, edits, functools.partial(_improved, candidate, trial))
        if not applied:
            break
        fixed += map(as_applied_fix, applied)
    if fixed:
        _replace(path, project, data, mark + candidate.text.encode())
    return fixed


@dataclass(frozen=True)
class _Candidate:
    """A text for the file, its values, and the report of the check."""

    text: str
    root: Node
    report: Report


@dataclass(frozen=True)
class _Trial:
    """Checks a text for the file without writing it."""

    path: Path
    project: Project
    brand: Brand
    settings: Settings

    def read(self, text: str) -> _Candidate:
        """Check a text with every rule, because a fix must not cause a finding of another rule."""
        edition = build(self.path, self.project, self.brand, text=text)
        return _Candidate(text, edition.issue.file.root, check(edition, self.settings))


def _improved(before: _Candidate, trial: _Trial, edits: Sequence[Edit]) -> _Candidate | None:
    """Apply edits. Return None if they change anything else, fix too little or cause a new problem."""
    try:
        after = trial.read(edited(before.text, edits))
    except Problems:
        return None
    if list(values_of(after.root)) != expected_values(before.root, edits):
        return None
    old, new = (Counter(rule for rule, _ in candidate.report.findings) for candidate in (before, after))
    fewer = Counter(edit.rule for edit in edits)
    is_better = all(new[rule] <= old[rule] - number for rule, number in fewer.items())
    return after if is_better and _count_by_line(after.report) <= _count_by_line(before.report) else None


def _edits(candidate: _Candidate, is_chosen: Callable[[str], bool]) -> Iterator[Edit]:
    """Return the fixes whose place in the text can be determined."""
    for rule, finding in candidate.report.findings:
        if finding.fix and is_chosen(rule) and (edit := edit_of(rule, finding.fix, candidate.root, candidate.text)):
            yield edit


def _count_by_line(report: Report) -> Counter[tuple[str, str, int]]:
    """Count the findings and problems of each id in each line. Fixes keep the lines, but not the columns."""
    places = [(rule, finding.where.location) for rule, finding in report.findings]
    places += [(problem.id, problem.location) for problem in report.problems]
    return Counter((id, location.file, location.line) for id, location in places)


def _replace(path: Path, project: Project, old: bytes, new: bytes) -> None:
    """Replace the file, completely or not at all."""
    file = project.name_of(path)
    target = path.resolve()
    is_linked = path.is_symlink() or Path(os.path.normpath(path.absolute())).is_relative_to(project.root)
    if is_linked and not target.is_relative_to(project.root.resolve()):
        hint = "Put the file itself into the folder, or run the command where the file is."
        raise _refused(file, "This file is a link to a place outside the project, so it was not fixed.", hint)
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        # Replacing a file needs no permission to write to it. But a read-only file is not meant to change.
        if not mode & 0o222 or not os.access(target, os.W_OK):
            hint = "Allow writing to the file, and run the command again."
            raise _refused(file, "This file may only be read, so it was not fixed.", hint)
        if target.read_bytes() != old:
            raise _changed_meanwhile(file)
        write_all(target.parent, {target.name: new}, mode=mode)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        hint = "Check its name and folder."
        raise _refused(file, f"This file cannot be written, so it was not fixed: {why}.", hint) from None


def _changed_meanwhile(file: str) -> Problems:
    return _refused(
        file, "Another program changed this file in the meantime, so it was not fixed.", "Run the command again."
    )


def _refused(file: str, message: str, hint: str) -> Problems:
    return Problems.one(Location(file), "fix", message, hint)

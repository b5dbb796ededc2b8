"""Fixes problems in an issue's file that have only one possible fix, and changes no other byte.

A rule says what to replace (`Finding.fix`). This module finds the place in the file and checks the result before it
keeps the change. Only the intended values may be different, exactly as intended. The check must report fewer problems
of that rule, and no new problem, except a warning instead of an error. A fix that fails this test is not applied, and
its problem stays in the report.
"""

from __future__ import annotations

import codecs
import functools
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.atomic_write import write_all
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
from newsletter.check.engine import check
from newsletter.check.report import Report
from newsletter.check.settings import Settings
from newsletter.check.value_fixes import fix_values
from newsletter.issue.brand import Brand
from newsletter.issue.load import load, read_nodes
from newsletter.pipeline import build_editions, build_incomplete_issue
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import Node
from newsletter.source.text_file import read_text


@dataclass(frozen=True)
class Plan:
    """Fixes in one issue's file: the file before and after them, and what they are, in the order of their application.

    Fixes of unusable values come first. Without a fix, the file stays as it is.
    """

    before: bytes
    after: bytes
    fixes: tuple[AppliedFix, ...]


def autofix(
    path: Path, project: Project, brand: Brand, settings: Settings, is_chosen: IsChosen = lambda rule, place: True
) -> list[AppliedFix]:
    """Fix the problems in one issue's file that have only one possible fix, and return the fixes.

    The arguments are those of `plan`. If there are no fixes, the file is not written.

    Raises:
        Problems: as `plan`; if the file cannot be changed.
    """
    planned = plan(path, project, brand, settings, is_chosen)
    if planned.fixes:
        replace_file(path, project, planned.before, planned.after)
    return list(planned.fixes)


def plan(
    path: Path, project: Project, brand: Brand, settings: Settings, is_chosen: IsChosen = lambda rule, place: True
) -> Plan:
    """Return the fixes of the problems in one issue's file that have only one possible fix. The file stays as it is.

    Args:
        path: the YAML file.
        project: the folder with templates and pictures.
        brand: what is the same in every issue.
        settings: how much each rule counts. Findings of a rule that is off are not fixed.
        is_chosen: which findings may be fixed.

    Raises:
        Problems: if the issue cannot be built and nothing of that can be fixed, or its file cannot be read.
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
    usable, fixed = fix_values(
        text,
        functools.partial(load, path, project, brand),
        functools.partial(read_nodes, file=file, project=project, brand=brand),
        is_chosen,
    )
    try:
        candidate = trial.read(usable)
    except Problems:
        if fixed:
            return Plan(data, mark + usable.encode(), tuple(fixed))
        raise
    # One fix can make another one possible. Each leaves fewer findings, so this ends.
    while edits := list(non_overlapping(_edits(candidate, is_chosen))):
        candidate, applied = apply_most(candidate, edits, functools.partial(_improved, candidate, trial))
        if not applied:
            break
        fixed += map(as_applied_fix, applied)
    return Plan(data, mark + candidate.text.encode(), tuple(fixed))


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
        build = build_incomplete_issue(self.path, self.project, self.brand, text)
        (edition,) = build_editions(build, self.project, ["standard"])
        return _Candidate(text, edition.issue.file.root, check(edition, self.settings))


def _improved(before: _Candidate, trial: _Trial, edits: Sequence[Edit]) -> _Candidate | None:
    """Apply edits. Return None if they change anything else, fix too little or cause a new problem."""
    try:
        after = trial.read(apply_edits(before.text, edits))
    except Problems:
        return None
    if list(values_of(after.root)) != expected_values(before.root, edits):
        return None
    old, new = (Counter(rule for rule, _ in candidate.report.findings) for candidate in (before, after))
    fewer = Counter(edit.rule for edit in edits)
    is_better = all(new[rule] <= old[rule] - number for rule, number in fewer.items())
    return after if is_better and _only_milder(before.report, after.report, edits) else None


def _only_milder(before: Report, after: Report, edits: Sequence[Edit]) -> bool:
    """Return whether edits cause no problem, or at most a warning in a line where they fix an error.

    An address with a space is no link. As soon as it is one, the rules for links apply to it.
    """
    caused = _count_by_line(after) - _count_by_line(before)
    errors = {problem.location.line for problem in before.errors}
    may_warn = {edit.location.line for edit in edits} & errors
    serious = {problem.id for problem in after.errors}
    return all(id not in serious and line in may_warn for id, _, line in caused)


def _edits(candidate: _Candidate, is_chosen: IsChosen) -> Iterator[Edit]:
    """Return the fixes whose place in the text can be determined."""
    for rule, finding in candidate.report.findings:
        if not finding.fix or not is_chosen(rule, finding.where.location):
            continue
        if edit := edit_of(rule, finding.fix, candidate.root, candidate.text):
            yield edit


def _count_by_line(report: Report) -> Counter[tuple[str, str, int]]:
    """Count the findings and problems of each id in each line. Fixes keep the lines, but not the columns."""
    places = [(rule, finding.where.location) for rule, finding in report.findings]
    places += [(problem.id, problem.location) for problem in report.problems]
    return Counter((id, location.file, location.line) for id, location in places)


def replace_file(path: Path, project: Project, old: bytes, new: bytes) -> None:
    """Replace an issue's file, completely or not at all.

    Args:
        path: the file.
        project: its project. A link to a place outside of it is not followed.
        old: what has to be in the file. If it is anything else, another program changed it.
        new: what will be in it.

    Raises:
        Problems: if the file cannot be written, or something else is in it; then it stays as it is.
    """
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

"""Fixes problems in an issue's file that have only one possible fix, and changes no other byte.

A rule says what to replace (`Finding.fix`). This module finds the place in the file and checks the result before it
keeps the change. Only the intended values may be different, exactly as intended. The check must report fewer problems
of that rule, and no new problem. A fix that fails this test is not applied, and its problem stays in the report.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.atomic_write import write_all
from newsletter.check.engine import check
from newsletter.check.report import Report
from newsletter.check.rule import Fix
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import KeyPath, ListNode, MapNode, Node, TextNode, at_path
from newsletter.source.parser import read_text


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
class _Edit:
    """A fix, its rule, the value that it changes, and the text in the file that replaces what is from start to end."""

    rule: str
    fix: Fix
    value: str
    location: Location
    start: int
    end: int
    replacement: str


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
        The fixes, in the order in which they were applied. If there are none, the file is not written.

    Raises:
        Problems: if the issue cannot be built, or its file cannot be changed.
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
    candidate = trial.read(text)
    fixed: list[AppliedFix] = []
    # One fix can make another one possible. Each leaves fewer findings, so this ends.
    while edits := list(_non_overlapping(_edits(candidate, is_chosen))):
        candidate, applied = _apply_as_many_as_possible(candidate, edits, trial)
        if not applied:
            break
        fixed += map(_as_applied_fix, applied)
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


def _apply_as_many_as_possible(
    before: _Candidate, edits: Sequence[_Edit], trial: _Trial
) -> tuple[_Candidate, list[_Edit]]:
    """Apply as many edits together as pass the test.

    Returns:
        The text with these edits, and the edits in the order of the text.
    """
    latest, applied = before, list[_Edit]()

    def apply(some: Sequence[_Edit]) -> None:
        nonlocal latest
        if better := _improved(before, [*applied, *some], trial):
            latest = better
            applied.extend(some)
        elif len(some) > 1:
            apply(some[: len(some) // 2])
            apply(some[len(some) // 2 :])

    apply(edits)
    return latest, sorted(applied, key=lambda edit: edit.start)


def _improved(before: _Candidate, edits: Sequence[_Edit], trial: _Trial) -> _Candidate | None:
    """Apply edits. Return None if they change anything else, fix too little or cause a new problem."""
    try:
        after = trial.read(_edited(before.text, edits))
    except Problems:
        return None
    if list(_values(after.root)) != _expected_values(before.root, edits):
        return None
    old, new = (Counter(rule for rule, _ in candidate.report.findings) for candidate in (before, after))
    fewer = Counter(edit.rule for edit in edits)
    is_better = all(new[rule] <= old[rule] - number for rule, number in fewer.items())
    return after if is_better and _count_by_line(after.report) <= _count_by_line(before.report) else None


def _edits(candidate: _Candidate, is_chosen: Callable[[str], bool]) -> Iterator[_Edit]:
    """Return the fixes whose place in the text can be determined."""
    for rule, finding in candidate.report.findings:
        if finding.fix and is_chosen(rule) and (edit := _edit(rule, finding.fix, candidate)):
            yield edit


def _edit(rule: str, fix: Fix, candidate: _Candidate) -> _Edit | None:
    """Find the piece of the text that a fix of a value replaces."""
    node = at_path(candidate.root, fix.path)
    if not isinstance(node, TextNode) or not (span := node.span_of(fix.start, fix.end)):
        return None
    line, start, end = span
    begin = sum(map(len, candidate.text.splitlines(keepends=True)[: line - 1]))
    place = Location(node.location.file, line, start + 1)
    return _Edit(rule, fix, node.text, place, begin + start, begin + end, _between_quotes(fix.new, node.style))


def _between_quotes(text: str, style: str) -> str:
    """Return a text as YAML writes it in a value of this style."""
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if style == "'" else text


def _non_overlapping(edits: Iterator[_Edit]) -> Iterator[_Edit]:
    """Leave out each edit that overlaps one before it. The next pass of `autofix` applies it."""
    last_end = -1
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start > last_end:
            yield edit
            last_end = edit.end


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def _expected_values(root: Node, edits: Sequence[_Edit]) -> list[tuple[KeyPath, str]]:
    """Return every value as it has to be after the fixes."""
    values = dict(_values(root))
    for edit in sorted(edits, key=lambda edit: -edit.fix.start):
        fix = edit.fix
        values[fix.path] = values[fix.path][: fix.start] + fix.new + values[fix.path][fix.end :]
    return list(values.items())


def _values(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Return every value with its path. A list is "[]" and a group of keys is "{}", before the values inside."""
    if isinstance(node, TextNode):
        yield path, node.text
    elif isinstance(node, MapNode):
        yield path, "{}"
        for key, value in node.items.items():
            yield from _values(value, (*path, key))
    elif isinstance(node, ListNode):
        yield path, "[]"
        for position, item in enumerate(node.items):
            yield from _values(item, (*path, position))


def _count_by_line(report: Report) -> Counter[tuple[str, str, int]]:
    """Count the findings and problems of each id in each line. Fixes keep the lines, but not the columns."""
    places = [(rule, finding.where.location) for rule, finding in report.findings]
    places += [(problem.id, problem.location) for problem in report.problems]
    return Counter((id, location.file, location.line) for id, location in places)


def _as_applied_fix(edit: _Edit) -> AppliedFix:
    """Describe a fix, with the words directly before and after it in the same line."""
    before, after = edit.value[: edit.fix.start], edit.value[edit.fix.end :]
    left = re.match(r"[^\S\n]*\S*", before[::-1])[0][::-1]  # type: ignore[index]  # it matches the empty text
    right = re.match(r"[^\S\n]*\S*", after)[0]  # type: ignore[index]
    old, new = (left + words + right for words in (edit.value[edit.fix.start : edit.fix.end], edit.fix.new))
    return AppliedFix(edit.location, edit.rule, old.replace("\n", " "), new.replace("\n", " "))


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

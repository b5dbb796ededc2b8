"""Puts right in an issue's file what has one right answer, and touches no other byte of it.

A rule gives the answer (`Finding.fix`). Here its place in the file is found, and it is proved before it counts: in the
new text only the values that were meant may differ, and exactly as meant, and the whole check must find less of what
the rule told, and nothing new. What cannot be proved is not made, and stays reported.
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
from newsletter.check.rule import KeyPath as Keys
from newsletter.check.settings import Settings
from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.problems import Location, Problems
from newsletter.project import Project
from newsletter.source.nodes import ListNode as Items
from newsletter.source.nodes import MapNode, Node, TextNode, at_path
from newsletter.source.parser import read_text


@dataclass(frozen=True, order=True)
class AppliedFix:
    """What was put right: where, by which rule, and the words before and after."""

    location: Location
    id: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.location}: fixed: “{self.old}” is now “{self.new}” ({self.id})"


@dataclass(frozen=True)
class _Edit:
    """A fix, the rule that gave it, the value that it changes, and which piece of the file's text it replaces."""

    rule: str
    fix: Fix
    value: str
    location: Location
    start: int
    end: int


def autofix(
    path: Path,
    project: Project,
    brand: Brand,
    settings: Settings,
    is_chosen: Callable[[str], bool] = lambda rule: True,
) -> list[AppliedFix]:
    """Put right what has one right answer in one issue's file.

    Args:
        path: the YAML file.
        project: where templates and pictures are.
        brand: what is the same in every issue.
        settings: how much each rule counts; what is off is not put right.
        is_chosen: by a rule's id, whether its findings are put right.

    Returns:
        What was put right, in the order in which it was done. Without any, the file is not written.

    Raises:
        Problems: when the issue cannot be built, or its file not be changed.
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
    bench = _Trial(path, project, brand, settings)
    draft = bench.read(text)
    fixed: list[AppliedFix] = []
    # One fix can make room for another. Each leaves less to find, so this ends.
    while edits := list(_non_overlapping(_edits(draft, is_chosen))):
        draft, made = _mended(draft, edits, bench)
        if not made:
            break
        fixed += map(_told, made)
    if fixed:
        _replace(path, project, data, mark + draft.text.encode())
    return fixed


@dataclass(frozen=True)
class _Candidate:
    """What the file would hold, and what is found in it."""

    text: str
    root: Node
    report: Report


@dataclass(frozen=True)
class _Trial:
    """Where drafts are looked at; nothing is written."""

    path: Path
    project: Project
    brand: Brand
    settings: Settings

    def read(self, text: str) -> _Candidate:
        """Check a text with every rule: a fix must not make what only another rule would find."""
        edition = build(self.path, self.project, self.brand, text=text)
        return _Candidate(text, edition.issue.file.root, check(edition, self.settings))


def _mended(draft: _Candidate, edits: Sequence[_Edit], bench: _Trial) -> tuple[_Candidate, list[_Edit]]:
    """Make as many edits as can be proved together; give them in the order of the text."""
    latest, made = draft, list[_Edit]()

    def take(some: Sequence[_Edit]) -> None:
        nonlocal latest
        if proved := _proved(draft, [*made, *some], bench):
            latest = proved
            made.extend(some)
        elif len(some) > 1:
            take(some[: len(some) // 2])
            take(some[len(some) // 2 :])

    take(edits)
    return latest, sorted(made, key=lambda edit: edit.start)


def _proved(draft: _Candidate, edits: Sequence[_Edit], bench: _Trial) -> _Candidate | None:
    """Make edits; None unless they change what they mean to and nothing else, and only for the better."""
    try:
        after = bench.read(_applied(draft.text, edits))
    except Problems:
        return None
    if list(_values(after.root)) != _expected_values(draft.root, edits):
        return None
    found, left = (Counter(rule for rule, _ in read.report.findings) for read in (draft, after))
    fewer = Counter(edit.rule for edit in edits)
    is_better = all(left[rule] <= found[rule] - number for rule, number in fewer.items())
    return after if is_better and _tally(after.report) <= _tally(draft.report) else None


def _edits(draft: _Candidate, is_chosen: Callable[[str], bool]) -> Iterator[_Edit]:
    """Give the fixes whose place in the text can be found."""
    for rule, finding in draft.report.findings:
        if finding.fix and is_chosen(rule) and (edit := _edit(rule, finding.fix, draft)):
            yield edit


def _edit(rule: str, fix: Fix, draft: _Candidate) -> _Edit | None:
    """Find in the text what a fix replaces in a value."""
    scalar = at_path(draft.root, fix.path)
    if not isinstance(scalar, TextNode) or not (span := scalar.span_of(fix.start, fix.end)):
        return None
    line, start, end = span
    begin = sum(map(len, draft.text.splitlines(keepends=True)[: line - 1]))
    return _Edit(rule, fix, scalar.text, Location(scalar.location.file, line, start + 1), begin + start, begin + end)


def _non_overlapping(edits: Iterator[_Edit]) -> Iterator[_Edit]:
    """Leave out what overlaps what comes before it; its turn is the next pass."""
    reached = -1
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start > reached:
            yield edit
            reached = edit.end


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.fix.new + text[edit.end :]
    return text


def _expected_values(root: Node, edits: Sequence[_Edit]) -> list[tuple[Keys, str]]:
    """Give every value as it has to be after the fixes."""
    values = dict(_values(root))
    for edit in sorted(edits, key=lambda edit: -edit.fix.start):
        fix = edit.fix
        values[fix.path] = values[fix.path][: fix.start] + fix.new + values[fix.path][fix.end :]
    return list(values.items())


def _values(node: Node, path: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Give every value by its path; of a list or a group of keys, that it is one."""
    if isinstance(node, TextNode):
        yield path, node.text
    elif isinstance(node, MapNode):
        yield path, "{}"
        for key, value in node.items.items():
            yield from _values(value, (*path, key))
    elif isinstance(node, Items):
        yield path, "[]"
        for position, item in enumerate(node.items):
            yield from _values(item, (*path, position))


def _tally(report: Report) -> Counter[tuple[str, str, int]]:
    """Count what was found in each line; fixes keep lines, and move columns."""
    found = [(rule, finding.where.location) for rule, finding in report.findings]
    found += [(problem.id, problem.location) for problem in report.problems]
    return Counter((rule, place.file, place.line) for rule, place in found)


def _told(edit: _Edit) -> AppliedFix:
    """Say a fix with the words around it, as far as they stand in the same line."""
    before, after = edit.value[: edit.fix.start], edit.value[edit.fix.end :]
    left = re.search(r"\S*[^\S\n]*\Z", before)[0]  # type: ignore[index]  # it matches the empty text
    right = re.match(r"[^\S\n]*\S*", after)[0]  # type: ignore[index]
    old, new = (left + words + right for words in (edit.value[edit.fix.start : edit.fix.end], edit.fix.new))
    return AppliedFix(edit.location, edit.rule, old.replace("\n", " "), new.replace("\n", " "))


def _replace(path: Path, project: Project, old: bytes, new: bytes) -> None:
    """Write the file anew, all of it or nothing."""
    file = project.name_of(path)
    target = path.resolve()
    is_linked = path.is_symlink() or Path(os.path.normpath(path.absolute())).is_relative_to(project.root)
    if is_linked and not target.is_relative_to(project.root.resolve()):
        hint = "Put the file itself into the folder, or run the command where the file is."
        raise _refused(file, "This file is a link to a place outside the project, so it was not put right.", hint)
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        # Replacing a file needs no permission to write to it, but whoever took that away did not want it changed.
        if not mode & 0o222 or not os.access(target, os.W_OK):
            hint = "Allow writing to the file, and run the command again."
            raise _refused(file, "This file may only be read, so it was not put right.", hint)
        if target.read_bytes() != old:
            raise _changed_meanwhile(file)
        write_all(target.parent, {target.name: new}, mode=mode)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        hint = "Look at its name and folder."
        raise _refused(file, f"This file cannot be written, so it was not put right: {why}.", hint) from None


def _changed_meanwhile(file: str) -> Problems:
    return _refused(
        file, "This file was changed by something else meanwhile, so it was left as it is.", "Run the command again."
    )


def _refused(file: str, message: str, hint: str) -> Problems:
    return Problems.one(Location(file), "fix", message, hint)

"""The panel beside the email: the findings, and the lines of the part that somebody chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from newsletter.preview.editor_links import EditorLinks, EditorPlace
from newsletter.preview.findings import FindingView, finding_views, lines_around
from newsletter.preview.fixes import FileChange, Fixes
from newsletter.preview.issue_state import IssueState
from newsletter.preview.parts import Part, Parts, parts_of
from newsletter.preview.views.controls import address
from newsletter.problems import Problem
from newsletter.source.lines import split_lines

_MOST_LINES = 40
_PART, _LIST = "part", "parts"
"""The parameters of an address that choose a part of the email, and that show the list of all parts."""


@dataclass(frozen=True)
class FileAccess:
    """How a reader on this computer opens the files of the project, and changes them."""

    editor: EditorLinks
    fixes: Fixes


@dataclass(frozen=True)
class ChosenPart:
    """A part of the email that was chosen, with its lines. Of a long block, they are only the first."""

    part: Part
    lines: tuple[tuple[int, str], ...]
    """The lines and those around them, each with its number; empty if they are those of a template."""
    editor: EditorPlace | None

    def is_own(self, number: int) -> bool:
        """Check whether a line is one of the part itself."""
        return self.part.lines.start.line <= number <= self.part.lines.end.line


@dataclass(frozen=True)
class SidePanel:
    """The findings of an issue, and where they lead."""

    view: str
    query: Mapping[str, str]
    """The parameters of the page's address."""
    findings: tuple[FindingView, ...]
    """In the order of their numbers."""
    earlier: tuple[FindingView, ...] = ()
    """Findings of the last good edition, if the newest save cannot be built. They are numbered after `findings`."""
    has_parts: bool = False
    """Whether the email has parts that can be chosen."""
    chosen: ChosenPart | None = None
    parts: tuple[Part, ...] = ()
    """All parts of the email, if their list was asked for."""
    undo: FileChange | None = None
    """The latest fix, if the file is still as it left it."""
    undone: FileChange | None = None
    """The latest fix that was undone, as the change that this was, if the file is still as that left it."""
    token: str = ""
    """What a form has to have; "" if the reader may not change a file."""

    def to(self, part: int | None = None, parts: bool = False) -> str:
        """Return the address, from the issue's own, of this page with a part chosen, or with the list of all parts."""
        others = {name: value for name, value in self.query.items() if name not in (_PART, _LIST)}
        chosen = {} if part is None else {_PART: str(part)}
        return address(self.view, {**others, **chosen, **({_LIST: "all"} if parts else {})})

    @property
    def back(self) -> str:
        """The address of this page, for a page that leads back to it."""
        return address(self.view, self.query)


def side_panel(
    state: IssueState, problems: Iterable[Problem], view: str, query: Mapping[str, str], files: FileAccess | None
) -> SidePanel:
    """Return what is beside a view of an issue.

    Args:
        state: the issue, with the edition that is shown.
        problems: the problems to show.
        view: the name of the view.
        query: the parameters of its address.
        files: how to open and change the project's files; None for a reader who may do neither.
    """
    page = state.page_for(state.stamp.get("v")) if view == "email" and state.has_page else None
    parts = parts_of(page) if page else None
    # Until the check the problems are those of the last edition, and where they are in it is known: the new page
    # appears sooner if they are not searched for in it.
    known = parts_of(state.edition) if parts and state.provisional and state.edition else parts
    editor = files.editor if files else None
    undo = files.fixes.latest(state.slug) if files else None
    undone = files.fixes.undone(state.slug) if files else None
    # The lines of a newer file that cannot be built are not those of the email.
    findings = finding_views(state, problems, None if state.is_outdated else known, editor)
    return SidePanel(
        view,
        dict(query),
        findings,
        _earlier(state, parts, findings),
        parts is not None,
        _chosen(parts, query.get(_PART, ""), editor) if parts else None,
        parts.all if parts and _LIST in query else (),
        undo if undo and _is_now(undo, state) else None,
        undone if undone and _is_now(undone, state) else None,
        files.fixes.token if files else "",
    )


def _is_now(change: FileChange, state: IssueState) -> bool:
    """Check whether an issue is still as a change left it."""
    return change.after.decode("utf-8-sig", "replace") == state.source


def _earlier(state: IssueState, parts: Parts | None, newer: tuple[FindingView, ...]) -> tuple[FindingView, ...]:
    """Return the findings of an edition that is older than the file, numbered after the newer ones.

    Their lines are those of the older text. So they have no links to an editor, and no fixes.
    """
    if state.edition is None or not state.earlier_problems:
        return ()
    older = replace(state, problems=state.earlier_problems, source=state.edition.issue.file.text, report=None)
    of_edition = [each for each in older.problems if not each.editions or state.kind in each.editions]
    return finding_views(older, of_edition, parts, above=newer)


def _chosen(parts: Parts, number: str, editor: EditorLinks | None) -> ChosenPart | None:
    part = parts.with_number(number)
    if part is None:
        return None
    start, end = part.lines.start, part.lines.end
    texts = split_lines(parts.files.get(start.file, ""))
    lines = lines_around(start.line, texts, min(end.line, start.line + _MOST_LINES))
    return ChosenPart(part, lines, editor.to(start) if editor else None)

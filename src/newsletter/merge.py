"""`newsletter merge`: write a message for each reader of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from newsletter.personal.list_file import ListFile
from newsletter.personal.merge_journal import MergeJournal
from newsletter.personal.merge_run import MergeRun, Progress
from newsletter.personal.recipients import RecipientList
from newsletter.personal.rejects import RejectsFile
from newsletter.personal.shard import Shard
from newsletter.personal.shared_tokens import TokenLines
from newsletter.personal.targets import LINE_ENDS, TargetKind, open_target, part_path
from newsletter.prepare import PreparedIssue, check_columns, templates_digest
from newsletter.problems import HINT_FOR_DISK, Location, Problem, Problems
from newsletter.project import Project

_JOURNAL = re.compile(r"(?:\.\d+-of-(\d+))?\.journal")
"""What is after the name of a target in the names of its journals."""
_OWN_MBOX = "Each part of a list needs an mbox of its own: write to another path."
_CHANGED = {
    "issue": "The issue or the brand has changed since the last run, so some readers have another version.",
    "target": "The last run wrote messages in another form there.",
    "shard": "The last run wrote another part of the list there.",
    "addresses": "An older version has written there, for which an address in capitals was another reader.",
}
_SAME_IN_CAPITALS = "the same in capitals"
"""When two addresses are one reader's. A journal of version 0.2.0 does not have this: it hashes addresses otherwise."""


@dataclass(frozen=True)
class Destination:
    """Where the messages go: the kind and the path of the target, and the part of the list."""

    kind: TargetKind
    path: Path
    shard: Shard
    resume: bool
    """Whether an earlier run goes on."""

    @property
    def journal(self) -> Path:
        """The journal, beside the target. An mbox is one file, so it has one part of the list alone."""
        return self._beside(".journal")

    @property
    def rejects(self) -> Path:
        """The file of rejected lines, beside the target."""
        return self._beside(".rejects.csv")

    @property
    def changed_files(self) -> list[Path]:
        """The files that a run overwrites, renames or deletes, also those that are not whole yet."""
        whole = [self.rejects, *([self.path] if self.kind == "mbox" else [])]
        return [self.journal, *whole, *map(part_path, whole)]

    def other_divisions(self) -> list[int]:
        """Return the other numbers of parts into which runs divided the list that wrote to the same target."""
        if self.kind == "mbox":
            return []  # its one journal knows the part
        beside = self.path.parent.glob(f"{escape(self.path.name)}*.journal")
        matches = [_JOURNAL.fullmatch(path.name, len(self.path.name)) for path in beside]
        return sorted({int(match[1] or 1) for match in matches if match} - {self.shard.of})

    def _beside(self, suffix: str) -> Path:
        shard = "" if self.kind == "mbox" else self.shard.suffix
        return self.path.parent / f"{self.path.name}{shard}{suffix}"


def merge(
    issue: PreparedIssue,
    file: ListFile,
    destination: Destination,
    project: Project,
    on_progress: Callable[[Progress], None],
) -> tuple[Progress, Sequence[Problem]]:
    """Write a message for each reader of a list.

    Args:
        issue: the issue; its first edition is for readers who chose none.
        file: the list.
        destination: where the messages go.
        project: for names of files in problems.
        on_progress: called after each batch.

    Returns:
        The result, and warnings about the list.

    Raises:
        Problems: if the list, the target or the journal cannot be used. Run again with `resume` to go on.
    """
    _require_other_files(destination, file)
    templates = issue.templates(LINE_ENDS[destination.kind])
    readers = RecipientList(file, tuple(issue.brand.fields), tuple(templates))
    warnings = list(check_columns(readers, file, templates))
    readers.require_readers()
    _require_free(destination, project)
    location = Location(project.name_of(destination.path))
    try:
        destination.path.parent.mkdir(parents=True, exist_ok=True)
        about = {
            "issue": templates_digest(templates),
            "target": destination.kind,
            "shard": destination.shard.suffix,
            "addresses": _SAME_IN_CAPITALS,
        }
        name = project.name_of(destination.journal)
        journal = MergeJournal(destination.journal, name, about)
        try:
            if journal.changed:
                is_part = journal.changed[0] == "shard" and destination.kind == "mbox"
                hint = _OWN_MBOX if is_part else "Change that back, or write all messages to another place."
                if journal.changed[0] == "addresses":
                    hint = "Go on with that version, or write all messages to another place."
                raise Problems.one(Location(name), "journal", _CHANGED[journal.changed[0]], hint)
            date, sender = issue.editions[0].issue.sent_at(issue.brand.zone), issue.brand.sender.address
            target = open_target(destination.kind, destination.path, journal.id, sender, date)
            rejects = RejectsFile(destination.rejects, readers)
            tokens = TokenLines(destination.shard) if issue.unsubscribes_by_token else None
            run = MergeRun(readers, templates, destination.shard, journal, target, rejects, tokens=tokens)
            return run.write(on_progress), warnings
        finally:
            journal.close()
    except KeyboardInterrupt:
        hint = "Type the same command with --resume to go on."
        raise Problems.one(location, "stopped", "Stopped before the end of the list.", hint) from None
    except OSError as error:
        hint = f"{HINT_FOR_DISK} Then run it again with --resume."
        raise Problems.not_written(location, error, "Messages", hint) from error


def _require_other_files(destination: Destination, file: ListFile) -> None:
    """Report a list that the run would overwrite or delete, such as the file of rejected lines of an earlier run."""
    if any(map(file.is_read_from, destination.changed_files)):
        message = "This run would overwrite or delete this list."
        hint = "Save the list under another name, and use that one."
        raise Problems.one(Location(file.name), "recipients", message, hint)


def _require_free(destination: Destination, project: Project) -> None:
    """Report a target that has messages already, unless a run goes on there."""
    location = Location(project.name_of(destination.path))
    if destination.kind != "mbox" and destination.path.exists() and not destination.path.is_dir():
        message = "This is a file, and a folder is needed."
        raise Problems.one(location, "write", message, "Choose another name.")
    if others := destination.other_divisions():
        division = f"divided the list into {others[0]} parts" if others[0] > 1 else "did not divide the list"
        message = f"A run that {division} has written here."
        hint = "Readers would get two emails. Divide it as that run did, or write to another place."
        raise Problems.one(location, "write", message, hint)
    if destination.resume and destination.journal.exists():
        return
    path = destination.path
    if destination.journal.exists():
        if destination.kind == "mbox" and destination.shard.of > 1:
            hint = f"{_OWN_MBOX} To go on with the same part, add --resume."
        else:
            hint = "Add --resume to go on there, or write to another place."
        raise Problems.one(location, "write", "A run of `newsletter merge` has written here.", hint)
    is_used = path.is_dir() and destination.kind == "folder" and not destination.shard.suffix and any(path.iterdir())
    if is_used or (destination.kind == "mbox" and path.exists()):
        message = "The folder has other files in it." if is_used else "There is a file or folder of this name already."
        raise Problems.one(location, "write", message, "Choose another name.")

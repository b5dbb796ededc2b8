"""Whether an audit has passed this very content. `render --audited`, the preview and the list of points ask here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.english import count, date_in_words
from newsletter.problems import Location, Problem
from newsletter.project import STATE_FOLDER, Project
from newsletter.ready.context import command_name
from newsletter.ready.notes import Notes, content_digest, read_notes

DAMAGED = f"The notes in {STATE_FOLDER}/ cannot be read, so nothing in them counts."


class AuditProblem(NamedTuple):
    """Why an audit does not count, and what to do."""

    why: str
    hint: str


def missing_audit(editions: Sequence[Edition], notes: Notes | None) -> AuditProblem | None:
    """Find the first edition that no audit has passed as it is now.

    Args:
        editions: editions of one issue.
        notes: the notes of that issue; None if they cannot be read.

    Returns:
        What is wrong, or None if an audit of each edition, by its SHA-256, found no error.
    """
    hint = f"Type `newsletter audit {command_name(editions[0].issue.file.name)}`."
    if notes is None:
        return AuditProblem(DAMAGED, hint)
    for edition in editions:
        note, name = notes.audits.get(edition.kind), _edition(edition.kind, len(editions) > 1)
        if note is None:
            return AuditProblem(f"There was no audit{name} yet.", hint)
        if note.sha256 != content_digest(edition):
            return AuditProblem(f"The email{name} has changed since the audit of {date_in_words(note.day)}.", hint)
        if note.errors:
            why = f"The audit{name} of {date_in_words(note.day)} reported {count(note.errors, 'error')}."
            return AuditProblem(why, f"Fix what it reported. {hint}")
    return None


def audit_problem(editions: Sequence[Edition], project: Project) -> Problem | None:
    """Return the problem of editions that may only be written after an audit; None if an audit has passed them all."""
    issue = editions[0].issue
    if missing := missing_audit(editions, read_notes(project, issue.slug)):
        return Problem(Location(issue.file.name), "not-audited", *missing)
    return None


def _edition(kind: EditionKind, is_one_of_many: bool) -> str:
    """Return the name of an edition in a sentence; empty if there is only one."""
    return f" of the {EDITION_KINDS[kind].label.lower()} edition" if is_one_of_many else ""

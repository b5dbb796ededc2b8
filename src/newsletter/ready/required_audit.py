"""Whether an audit has passed this very content. `render --audited`, the preview and the checklist ask here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsletter.check.settings import Settings
from newsletter.edition import Edition, WebPage
from newsletter.edition_kinds import EDITION_KINDS
from newsletter.english import count, date_in_words
from newsletter.problems import Location, Problem
from newsletter.project import STATE_FOLDER, Project
from newsletter.ready.context import command_name
from newsletter.ready.notes import AuditedKind, Notes, content_digest, read_notes, settings_digest, web_digest

DAMAGED = f"The notes in {STATE_FOLDER}/ cannot be read, so nothing in them counts."


class AuditProblem(NamedTuple):
    """Why an audit does not count, and what to do."""

    why: str
    hint: str


def missing_audit(
    editions: Sequence[Edition], web: WebPage | None, settings: Settings, notes: Notes | None
) -> AuditProblem | None:
    """Find the first edition that no audit has passed as it is now; the web version is the last to look at.

    Args:
        editions: editions of one issue.
        web: its web version; None if that is not built.
        settings: the settings of the rules.
        notes: the notes of that issue; None if they cannot be read.

    Returns:
        What is wrong, or None if an audit of each, by its SHA-256 and with these settings, found no error.
    """
    hint = f"Type `newsletter audit {command_name(editions[0].issue.file.name)}`."
    if notes is None:
        return AuditProblem(DAMAGED, hint)
    digests: dict[AuditedKind, str] = {edition.kind: content_digest(edition) for edition in editions}
    digests["web"] = web_digest(web) if web else ""
    settings_now = settings_digest(settings, editions[0].issue)
    for kind, digest in digests.items():
        note, name = notes.audits.get(kind), _of_which(kind, len(editions) > 1)
        if note is None or note.settings is None:
            return AuditProblem(f"There was no audit{name} yet.", hint)
        day = date_in_words(note.day)
        if note.sha256 != digest:
            changed = "The web version" if kind == "web" else f"The email{name}"
            return AuditProblem(f"{changed} has changed since the audit of {day}.", hint)
        if note.settings != settings_now:
            why = f"What the settings or the issue allow has changed since the audit{name} of {day}."
            return AuditProblem(why, hint)
        if note.errors:
            why = f"The audit{name} of {day} reported {count(note.errors, 'error')}."
            return AuditProblem(why, f"Fix what it reported. {hint}")
    return None


def audit_problem(
    editions: Sequence[Edition], web: WebPage | None, settings: Settings, project: Project
) -> Problem | None:
    """Return the problem of an issue that may only be written after an audit; None if an audit has passed all of it.

    Args:
        editions: as for `missing_audit`.
        web: as for `missing_audit`.
        settings: as for `missing_audit`.
        project: where the notes are.
    """
    issue = editions[0].issue
    if missing := missing_audit(editions, web, settings, read_notes(project, issue.slug)):
        return Problem(Location(issue.file.name), "not-audited", *missing)
    return None


def _of_which(kind: AuditedKind, is_one_of_many: bool) -> str:
    """Return the name of an edition or of the web version in a sentence; empty if there is only one edition."""
    if kind == "web":
        return " of the web version"
    return f" of the {EDITION_KINDS[kind].label.lower()} edition" if is_one_of_many else ""

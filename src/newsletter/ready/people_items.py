"""The items that the notes remember: the audit of this very content, and a second reader of these words."""

from __future__ import annotations

from newsletter.english import count, date_in_words, join
from newsletter.ready.context import ReadyContext
from newsletter.ready.item import ChecklistItem
from newsletter.ready.notes import AuditedKind, Notes, words_digest
from newsletter.ready.required_audit import DAMAGED, missing_audit


def audit_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about the audit."""
    id, question = "audit", "Has a browser tested this very content?"
    if missing := missing_audit(context.editions, context.web, context.settings, context.notes):
        return ChecklistItem(id, question, "to-do", *missing)
    return ChecklistItem(id, question, "done", _passed(context))


def second_reader_item(context: ReadyContext) -> ChecklistItem:
    """Return the item about somebody else who has read the issue."""
    id, question = "second-reader", "Has somebody else read these very words?"
    hint = f"Ask somebody to read it, then type `newsletter ready {context.name} --read-by NAME`."
    if context.notes is None:
        return ChecklistItem(id, question, "to-do", DAMAGED, hint)
    if (note := context.notes.reader) is None:
        return ChecklistItem(id, question, "to-do", "Nobody is noted as a second reader.", hint)
    if note.sha256 != words_digest(context.editions[0]):
        why = f"{note.name} read it on {date_in_words(note.day)}, and its words or addresses have changed since."
        return ChecklistItem(id, question, "to-do", why, hint)
    return ChecklistItem(id, question, "done", f"{note.name} read it on {date_in_words(note.day)}.")


def _passed(context: ReadyContext) -> str:
    notes = context.notes or Notes()
    kinds: list[AuditedKind] = [*(edition.kind for edition in context.editions), "web"]
    audits = [notes.audits[kind] for kind in kinds]
    days = join(dict.fromkeys(date_in_words(note.day) for note in audits))
    warnings = max(note.warnings for note in audits)
    return f"The audit of {days} reported no errors and {count(warnings, 'warning') if warnings else 'no warnings'}."

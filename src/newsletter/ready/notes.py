"""Remembers for each issue which content an audit tested, and which words somebody else read.

The notes of an issue are `.newsletter/<slug>.json` in the project. The folder has its own `.gitignore`, so git leaves
it alone. They name content, and the settings of an audit, by their SHA-256: after a change, they do not count any more.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from newsletter.atomic_write import write_all
from newsletter.characters import UNPRINTABLE, is_blank
from newsletter.check.allow import allowances
from newsletter.check.registry import all_rules
from newsletter.check.settings import Settings
from newsletter.edition import Edition, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.inputs import will_read
from newsletter.issue.model import Issue
from newsletter.problems import Location, Problems
from newsletter.project import STATE_FOLDER, Project
from newsletter.stages.data_urls import browser_page

if TYPE_CHECKING:
    from newsletter.audit.result import Audit

_MAX_BYTES = 100_000
_LONGEST_NAME = 100


def is_name(text: str) -> bool:
    """Check whether a text can be the name of a reader: one line that can be seen, and not too long."""
    return not is_blank(text) and len(text) <= _LONGEST_NAME and not re.search(f"\n|{UNPRINTABLE}", text)


def _name(text: str) -> str:
    if not is_name(text):
        raise ValueError("This is no name.")
    return text


AuditedKind = EditionKind | Literal["web"]
"""What can be audited: an edition, or the web version."""

_Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Number = Annotated[int, Field(ge=0, le=1_000_000)]


class _Note(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    sha256: _Digest
    day: datetime.date


class AuditNote(_Note):
    """The last audit of an edition or of the web version: the day, the content, and the numbers of problems."""

    settings: _Digest | None = None
    """The settings that it had (see `settings_digest`); None in notes of versions that did not note them."""
    errors: _Number
    warnings: _Number


class ReaderNote(_Note):
    """Who else read an issue, when, and which words."""

    name: Annotated[str, AfterValidator(_name)]


class Notes(BaseModel):
    """The notes of one issue."""

    model_config = ConfigDict(strict=True, frozen=True)

    audits: dict[AuditedKind, AuditNote] = {}
    reader: ReaderNote | None = None


def content_digest(edition: Edition) -> str:
    """Return the SHA-256 of an edition: of its message with all headers, and of its page with the pictures inside."""
    page = browser_page(edition) if edition.has_page else ""
    return _sha256(edition.message + page.encode())


def web_digest(web: WebPage) -> str:
    """Return the SHA-256 of a web version, which has its pictures and styles inside."""
    return _sha256(web.encode())


def settings_digest(settings: Settings, issue: Issue) -> str:
    """Return the SHA-256 of what decides which findings of a browser count.

    Those are the settings of the rules that only an audit can run, and what the issue allows. All other rules run again
    before anything is handed out.
    """
    rules = [
        [rule.id, settings.severity(rule), settings.is_overridden(rule), settings.options(rule)]
        for rule in all_rules()
        if rule.scope == "browser"
    ]
    allowed = [[item.rule, item.path] for item in allowances(issue)]
    return _sha256(json.dumps([rules, allowed]).encode())


def words_digest(edition: Edition) -> str:
    """Return the SHA-256 of all words and addresses of an issue, which are the same in every edition."""
    words = f"{edition.issue.subject} {edition.issue.preheader} {edition.text}".split()
    return _sha256(" ".join(words).encode())


def read_notes(project: Project, slug: str) -> Notes | None:
    """Return the notes of an issue, empty ones if there are none yet, or None if they cannot be read."""
    path = project.root / STATE_FOLDER / f"{slug}.json"
    will_read(path)
    try:
        if not path.exists() and not path.is_symlink():
            return Notes()
        # Only a plain file: opening a pipe would wait for ever.
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        return Notes.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def note_audits(project: Project, audits: Sequence[Audit], settings: Settings, day: datetime.date) -> None:
    """Remember the audits of some editions of one issue, or of its web version. Those of the others stay.

    Args:
        project: where the notes are.
        audits: one for each edition that was tested, and one for the web version if that was.
        settings: the settings of the audits.
        day: the day of the audits.

    Raises:
        Problems: if the notes cannot be written.
    """
    issue = audits[0].edition.issue
    slug, of_settings = issue.slug, settings_digest(settings, issue)
    notes = read_notes(project, slug) or Notes()
    new = {one.name: _audit_note(one, of_settings, day) for one in audits}
    _write(project, slug, notes.model_copy(update={"audits": {**notes.audits, **new}}))


def note_reader(project: Project, edition: Edition, name: str, day: datetime.date) -> None:
    """Remember who read the words of an issue.

    Args:
        project: where the notes are.
        edition: any edition of the issue.
        name: the reader (see `is_name`).
        day: when they read it.

    Raises:
        Problems: if the notes cannot be written.
    """
    slug = edition.issue.slug
    reader = ReaderNote(sha256=words_digest(edition), day=day, name=name)
    _write(project, slug, (read_notes(project, slug) or Notes()).model_copy(update={"reader": reader}))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _audit_note(audit: Audit, of_settings: str, day: datetime.date) -> AuditNote:
    severities = Counter(problem.severity for problem in audit.problems)
    return AuditNote(
        # The message of the audit of a web version is that page (see `audit_web_version`).
        sha256=_sha256(audit.edition.message) if audit.is_web_version else content_digest(audit.edition),
        settings=of_settings,
        day=day,
        errors=severities["error"],
        warnings=severities["warning"],
    )


def _write(project: Project, slug: str, notes: Notes) -> None:
    folder: Path = project.root / STATE_FOLDER
    try:
        write_all(folder, {".gitignore": b"*\n", f"{slug}.json": f"{notes.model_dump_json(indent=2)}\n".encode()})
    except OSError as error:
        raise Problems.not_written(Location(STATE_FOLDER), error, "This folder") from error

"""Notes of an audit that passed, for tests that need no browser."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from newsletter.check.settings import Settings
from newsletter.edition import Edition, WebPage
from newsletter.ready.notes import AuditedKind, AuditNote, Notes, content_digest, settings_digest, web_digest


def audit_passed(
    editions: Sequence[Edition], web: WebPage, day: datetime.date, settings: Settings | None = None, warnings: int = 0
) -> Notes:
    """Return the notes of an audit of some editions and of the web version that reported no errors."""
    digests: dict[AuditedKind, str] = {edition.kind: content_digest(edition) for edition in editions}
    of_settings = settings_digest(settings or Settings(), editions[0].issue)
    return Notes(
        audits={
            kind: AuditNote(sha256=digest, settings=of_settings, day=day, errors=0, warnings=warnings)
            for kind, digest in {**digests, "web": web_digest(web)}.items()
        }
    )

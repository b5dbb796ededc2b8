"""Put an issue into the folder of drafts of a mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newsletter.check.report import Report
from newsletter.delivery.credentials import IMAP_PASSWORD, read_password
from newsletter.delivery.imap import Drafts, put_drafts
from newsletter.edition_kinds import EditionKind
from newsletter.issue.brand import Brand
from newsletter.may_send import SendConditions, finish_and_check
from newsletter.pipeline import build_issue
from newsletter.problems import Location, Problems
from newsletter.project import Project


def put_draft(
    path: Path, project: Project, brand: Brand, conditions: SendConditions, kinds: Sequence[EditionKind]
) -> tuple[Report, Drafts | None]:
    """Put an issue into the drafts, unless the check reports an error.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        conditions: the settings of the check and of the mailbox.
        kinds: the editions; empty for the first of the brand.

    Returns:
        The report of the check, and the folder; None if the check stopped it.

    Raises:
        Problems: if the issue cannot be built, or the mailbox does not take it.
    """
    server = conditions.settings.mailbox
    if server is None:
        hint = 'Write [tool.newsletter.mailbox] with “host = "imap.example.org"” and “user”: those of your mailbox.'
        raise Problems.one(Location("pyproject.toml"), "imap", "Nothing says which server keeps your drafts.", hint)
    build = build_issue(path, project, brand)
    checked = finish_and_check(build, project, conditions, kinds or build.brand.editions[:1])
    if checked.is_blocked:
        return checked.report, None
    messages = [edition.message for edition in checked.issue.editions]
    return checked.report, put_drafts(server, read_password(server, IMAP_PASSWORD), messages)

"""The names and contents of an issue's files in the outbox."""

from collections.abc import Collection

from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.stages.data_urls import browser_page

WEB = ".web.html"
"""The part of the web version's file name after that of the issue."""


def message_name(slug: str, kind: EditionKind) -> str:
    """Return the name of the file that holds an edition's message."""
    return f"{slug}{EDITION_KINDS[kind].files[-1]}"


def files(edition: Edition) -> dict[str, bytes]:
    """Return the files of an edition by name: plain text, the page for a browser, and last the message itself."""
    return {f"{edition.issue.slug}{suffix}": _content(edition, suffix) for suffix in EDITION_KINDS[edition.kind].files}


def _content(edition: Edition, suffix: str) -> bytes:
    match suffix.rpartition(".")[2]:
        case "txt":
            return edition.text.encode()
        case "html":
            return browser_page(edition).encode()
    return edition.message


def stale_files(slug: str, kinds: Collection[EditionKind]) -> list[str]:
    """Return the names of an issue's files of all kinds of edition except some."""
    return [f"{slug}{suffix}" for kind, form in EDITION_KINDS.items() if kind not in kinds for suffix in form.files]

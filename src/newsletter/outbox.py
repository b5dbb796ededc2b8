"""What an issue puts into the outbox."""

from collections.abc import Collection, Mapping

from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.stages.data_urls import browser_page

ENDINGS: Mapping[EditionKind, tuple[str, ...]] = {
    "standard": (".txt", ".html", ".eml"),
    "large-print": (".large-print.html", ".large-print.eml"),
    "text-only": (".text-only.txt", ".text-only.eml"),
}
"""How the names of an edition's files go on after the issue's: what to look at, and last the message itself."""


WEB = ".web.html"
"""The same for the issue's web version."""


def files(edition: Edition) -> dict[str, bytes]:
    """Give the files of an edition by name: the plain text, the page for a browser, and last the message itself."""
    return {f"{edition.issue.slug}{ending}": _content(edition, ending) for ending in ENDINGS[edition.kind]}


def _content(edition: Edition, ending: str) -> bytes:
    match ending.rpartition(".")[2]:
        case "txt":
            return edition.text.encode()
        case "html":
            return browser_page(edition).encode()
    return edition.message


def stale_files(slug: str, kinds: Collection[EditionKind]) -> list[str]:
    """Name the files that an issue would have in the outbox for the editions that are not among these."""
    return [f"{slug}{ending}" for kind in EDITION_KINDS if kind not in kinds for ending in ENDINGS[kind]]

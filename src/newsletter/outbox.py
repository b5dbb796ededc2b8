"""The names and contents of an issue's files in the outbox."""

import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.stages.data_urls import browser_page
from newsletter.stages.picture_urls import documents

WEB = ".web.html"
"""The part of the web version's file name after that of the issue."""


PICTURES = "pictures"
"""The folder of copies of pictures in the folder of an issue."""

DOCUMENTS = "files"
"""The folder of copies of documents in the folder of an issue."""

_CHECKSUMS = "pictures.sha256"
# A digest and a name that `write_all` accepts: the file may have been changed by hand.
_CHECKSUM = re.compile(r"([0-9a-f]{64})  ((?:pictures|files)(?:/(?!\.{0,2}(?:/|$))[^/\\:\0]+)+)")


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


def uploads(editions: Iterable[Edition]) -> dict[str, bytes]:
    """Return copies of the pictures and documents that have to be on the website, by name in the outbox.

    Below `<slug>/pictures/` and `<slug>/files/`, each has the name that its address has below `base_url`. Pictures that
    are embedded need no copy.
    """
    copies: dict[str, bytes] = {}
    for edition in editions:
        slug = edition.issue.slug
        if edition.brand.images == "link":
            copies |= {f"{slug}/{PICTURES}/{picture.name}": picture.data for picture in edition.pictures.values()}
        copies |= {f"{slug}/{DOCUMENTS}/{document.name}": document.data for document in documents(edition.issue)}
    return copies


def read_checksums(output: Path, slug: str) -> dict[str, str]:
    """Return the SHA-256 of each copy of an issue's pictures, by name, as the last render wrote them down."""
    path = output / slug / _CHECKSUMS
    try:
        lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    except (OSError, ValueError):
        return {}
    return {f"{slug}/{match[2]}": match[1] for line in lines if (match := _CHECKSUM.fullmatch(line))}


def checksums(copies: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of copies of pictures, by name."""
    return {name: sha256(data).hexdigest() for name, data in copies.items()}


def checksum_file(slug: str, sums: Mapping[str, str]) -> dict[str, bytes]:
    """Return the file that `sha256sum --check` reads in the folder of an issue; none without pictures.

    By this file, a later render knows which pictures in the folder are its own.
    """
    lines = [f"{digest}  {name.removeprefix(f'{slug}/')}\n" for name, digest in sorted(sums.items())]
    return {f"{slug}/{_CHECKSUMS}": "".join(lines).encode()} if lines else {}


def stale_uploads(output: Path, slug: str, needed: Collection[str]) -> list[str]:
    """Return the names of copies of pictures that an earlier render wrote, and that no message names now.

    A file that has changed since then is somebody's own, and stays.

    Args:
        output: the outbox.
        slug: the issue.
        needed: names of copies that messages name.
    """
    stale = [
        name
        for name, digest in read_checksums(output, slug).items()
        if name not in needed and _digest(output / name) == digest
    ]
    return stale if needed else [*stale, f"{slug}/{_CHECKSUMS}"]


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; empty if there is no such file."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
    except OSError:
        return ""

"""The names and contents of an issue's files in the outbox."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from newsletter.edition import Edition
from newsletter.edition_kinds import EDITION_KINDS, EditionKind
from newsletter.inputs import file_digest
from newsletter.issue.brand import Brand
from newsletter.issue.model import Issue
from newsletter.stages.calendar_urls import FOLDER, folder_url
from newsletter.stages.data_urls import browser_page
from newsletter.stages.picture_urls import documents

WEB = ".web.html"
"""The part of the web version's file name after that of the issue."""

DRAFT = ".draft.eml"
"""The part of a draft's file name after that of the issue and its edition."""

REVIEW = ".review.html"
"""The part of the review file's name after that of the issue."""

PICTURES = "pictures"
"""The folder of copies of pictures in the folder of an issue."""

DOCUMENTS = "files"
"""The folder of copies of documents in the folder of an issue."""

CALENDAR = FOLDER
"""The folder of calendar files in the folder of an issue."""

# A digest and a name that `write_all` accepts: the file may have been changed by hand.
_CHECKSUM = re.compile(r"([0-9a-f]{64})  ((?:pictures|files|calendar)(?:/(?!\.{0,2}(?:/|$))[^/\\:\0]+)+)")

_REVIEWED = re.compile(rb'<meta name="message-sha256" content="([0-9a-f]{64})">')
_REVIEW_HEAD = 2_000  # bytes of a review file, in which the SHA-256 of its message is


def message_name(slug: str, kind: EditionKind) -> str:
    """Return the name of the file that holds an edition's message."""
    return f"{slug}{EDITION_KINDS[kind].files[-1]}"


def draft_name(slug: str, kind: EditionKind) -> str:
    """Return the name of the file that holds an edition's message as a draft."""
    return f"{slug}{EDITION_KINDS[kind].suffix}{DRAFT}"


def draft_files(edition: Edition) -> dict[str, bytes]:
    """Return the message of an edition as a draft, by its name. Classic Outlook opens such a file to send it.

    `X-Unsent` is Microsoft's own header field. Nothing else differs from the message.
    """
    return {draft_name(edition.issue.slug, edition.kind): b"X-Unsent: 1\r\n" + edition.message}


def edition_files(edition: Edition) -> dict[str, bytes]:
    """Return the files of an edition by name: plain text, the page for a browser, and last the message itself."""
    return {f"{edition.issue.slug}{suffix}": _content(edition, suffix) for suffix in EDITION_KINDS[edition.kind].files}


def source_name(slug: str) -> str:
    """Return the name of the file that keeps the words of an issue as they were rendered."""
    return f"{slug}/source.json"


def source_files(issue: Issue) -> dict[str, bytes]:
    """Return the file by which `newsletter changes` knows the last render: the YAML of an issue and its snippets."""
    snippets = {snippet.name: snippet.text for snippet in issue.file.snippets}
    content = {"issue": issue.file.text, "snippets": snippets}
    return {source_name(issue.slug): f"{json.dumps(content, ensure_ascii=False, indent=0)}\n".encode()}


def _content(edition: Edition, suffix: str) -> bytes:
    match suffix.rpartition(".")[2]:
        case "txt":
            return edition.text.encode()
        case "html":
            return browser_page(edition).encode()
    return edition.message


def stale_files(slug: str, kinds: Collection[EditionKind]) -> list[str]:
    """Return the names of an issue's files of all kinds of edition except some."""
    return [
        f"{slug}{suffix}"
        for kind, properties in EDITION_KINDS.items()
        if kind not in kinds
        for suffix in properties.files
    ]


def stale_review(output: Path, edition: Edition) -> list[str]:
    """Return the name of an issue's review file if it shows another message than this edition's; else nothing.

    A file of this name that is no review file is somebody's own, and stays.
    """
    name = f"{edition.issue.slug}{REVIEW}"
    try:
        with (output / name).open("rb") as file:
            match = _REVIEWED.search(file.read(_REVIEW_HEAD))
    except OSError:
        return []
    return [name] if match and match[1].decode() != sha256(edition.message).hexdigest() else []


def picture_files(editions: Iterable[Edition]) -> dict[str, bytes]:
    """Return copies of the pictures that have to be on the website, by name in the outbox; none if they are embedded.

    Below `<slug>/pictures/`, each has the name that its address has below `base_url`.
    """
    return {
        f"{edition.issue.slug}/{PICTURES}/{picture.name}": picture.data
        for edition in editions
        if edition.brand.images == "link"
        for picture in edition.pictures.values()
    }


def document_copies(issue: Issue) -> dict[str, bytes]:
    """Return copies of the documents of an issue, by name in the outbox. Each has the name that its address has."""
    return {f"{issue.slug}/{DOCUMENTS}/{document.name}": document.data for document in documents(issue)}


def upload_address(folder: str, issue: Issue, brand: Brand) -> str:
    """Return the address to upload the files of a folder to.

    Args:
        folder: such as `pictures`.
        issue: whose files they are.
        brand: it has the address of the website.
    """
    return folder_url(issue, brand) if folder == CALENDAR else f"{brand.base_url}"


def calendar_files(slug: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the calendar files of an issue by name in the outbox; their names in `files` have no folder."""
    return {f"{slug}/{CALENDAR}/{name}": content for name, content in files.items()}


def read_checksums(output: Path, slug: str, folder: str) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder of files to upload, by name, as the last render wrote them down.

    Args:
        output: the outbox.
        slug: the issue.
        folder: such as `pictures`.
    """
    path = output / slug / _checksum_name(folder)
    try:
        lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    except (OSError, ValueError):
        return {}
    return {f"{slug}/{match[2]}": match[1] for line in lines if (match := _CHECKSUM.fullmatch(line))}


def checksums(copies: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of files, by name."""
    return {name: sha256(data).hexdigest() for name, data in copies.items()}


def checksum_file(slug: str, folder: str, sums: Mapping[str, str]) -> dict[str, bytes]:
    """Return the file that `sha256sum --check` reads in the folder of an issue; none without files to upload.

    By this file, a later render knows which files in the folder are its own.

    Args:
        slug: the issue.
        folder: such as `pictures`.
        sums: the SHA-256 of each file, by its name in the outbox.
    """
    lines = [f"{digest}  {name.removeprefix(f'{slug}/')}\n" for name, digest in sorted(sums.items())]
    return {f"{slug}/{_checksum_name(folder)}": "".join(lines).encode()} if lines else {}


def _checksum_name(folder: str) -> str:
    return f"{folder}.sha256"


def stale_uploads(output: Path, slug: str, folder: str, needed: Collection[str]) -> list[str]:
    """Return the names of files to upload that an earlier render wrote, and that no message names now.

    A file that has changed since then is somebody's own, and stays.

    Args:
        output: the outbox.
        slug: the issue.
        folder: the folder of the files in that of the issue.
        needed: names of files that messages name.
    """
    stale = [
        name
        for name, digest in read_checksums(output, slug, folder).items()
        if name not in needed and copy_digest(output / name) == digest
    ]
    return stale if needed else [*stale, f"{slug}/{_checksum_name(folder)}"]


def copy_digest(path: Path) -> str:
    """Return the SHA-256 of a copy in the outbox; "" if there is none, or if it is a link to another file."""
    return "" if path.is_symlink() else file_digest(path)

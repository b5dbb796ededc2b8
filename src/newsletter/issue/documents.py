"""Read the documents that an issue links to, and measure what readers want to know before they open one."""

from __future__ import annotations

import io
import logging
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from newsletter.characters import quoted
from newsletter.issue.local_files import LocalFile, UnusableError, read_local_file

_DOCUMENT = LocalFile("document", "files", "guide.pdf", 20, "Save it with smaller pictures, or put it on your website.")
_SAVE_AGAIN = "Save it again, and open it once to see if it is whole."
_USE_PDF = "Save it as a PDF with headings and descriptions of pictures, or as a Word document."
_PDF = b"%PDF-"
_PDF_STARTS_WITHIN = 1024  # bytes; other bytes may come before
_ZIP = b"PK\x03\x04"
_BEGINNINGS = ((b"{\\rtf", "RTF"), (b"ID3", "MP3"), (b"\xff\xfb", "MP3"))
# The folders of Office documents, and the types that other documents name in their file `mimetype`.
_OFFICE = {"word/": "Word", "xl/": "Excel", "ppt/": "PowerPoint"}
_MIMETYPES = {
    b"application/epub+zip": "EPUB",
    b"application/vnd.oasis.opendocument.text": "OpenDocument",
    b"application/vnd.oasis.opendocument.spreadsheet": "OpenDocument",
    b"application/vnd.oasis.opendocument.presentation": "OpenDocument",
}
_LONGEST_MIMETYPE = 100

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs what it repairs in a file


@dataclass(frozen=True)
class Document:
    """A document next to the issue: its path as written and from the folder, its type, its pages and its content.

    `pages` is None if the type has no pages, or if they cannot be counted.
    """

    src: str
    name: str
    type: str
    pages: int | None
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """The size in bytes."""
        return len(self.data)


def read_document(src: str, folder: Path) -> Document:
    """Read a document.

    Args:
        src: its path, relative to the folder, with forward slashes.
        folder: the folder that it must be in, after links are followed.

    Raises:
        UnusableError: if it is missing, elsewhere, too large, damaged, locked, or of a kind that readers may not open.
    """
    name, data = read_local_file(src, folder, _DOCUMENT)
    if _PDF in data[:_PDF_STARTS_WITHIN]:
        return Document(src, name, "PDF", _pdf_pages(src, data), data)
    if not data:
        raise UnusableError(f"The file {quoted(src)} is empty.", "Copy the document again, or save it again.")
    if data.startswith(_ZIP):
        kind = _zip_type(src, data)
    else:
        kind = next((name for beginning, name in _BEGINNINGS if data.startswith(beginning)), "")
    if not kind:
        raise UnusableError(f"{quoted(src)} is not a document that most readers can open.", _USE_PDF)
    return Document(src, name, kind, None, data)


def _pdf_pages(src: str, data: bytes) -> int | None:
    # Loading the library takes as long as building an email, and most issues link to no PDF.
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import DependencyError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if is_locked else len(reader.pages)
    except DependencyError:
        return None  # it is locked against changes in a way that pypdf alone does not know
    except Exception:  # noqa: BLE001 - a damaged file can break pypdf anywhere
        is_locked, pages = False, 0
    if is_locked:
        message = f"The document {quoted(src)} asks for a password, so readers cannot open it."
        raise UnusableError(message, "Save it without a password.")
    if not pages:
        raise UnusableError(f"The document {quoted(src)} is damaged.", _SAVE_AGAIN)
    return pages


def _zip_type(src: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    return _MIMETYPES.get(stream.read(_LONGEST_MIMETYPE).strip(), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        raise UnusableError(f"The document {quoted(src)} is damaged.", _SAVE_AGAIN) from None
    return next((kind for folder, kind in _OFFICE.items() if any(name.startswith(folder) for name in names)), "")

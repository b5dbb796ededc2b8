"""A document is what its bytes say, and one that readers could not open is refused with what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from newsletter.issue.documents import read_document
from newsletter.issue.local_files import UnusableError
from newsletter.issue.model import LinkedDocument


def pdf(pages: int = 1, *, user: str = "", owner: str = "") -> bytes:
    writer, output = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if owner:
        writer.encrypt(user, owner)
    writer.write(output)
    return output.getvalue()


def zipped(**files: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "/"), content)
    return output.getvalue()


READ = {
    "three-pages.pdf": (pdf(3), "PDF", 3),
    "called-a-letter.docx": (b"\n" + pdf(2), "PDF", 2),
    "locked-against-changes.pdf": (pdf(owner="owner"), "PDF", 1),
    "form.docx": (zipped(word_document="x"), "Word", None),
    "sheet.bin": (zipped(xl_workbook="x"), "Excel", None),
    "book.epub": (zipped(mimetype="application/epub+zip"), "EPUB", None),
    "letter.odt": (zipped(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument", None),
    "read-aloud.mp3": (b"ID3\x04", "MP3", None),
}
REFUSED = {
    "empty.pdf": (b"", "is empty"),
    "half.pdf": (pdf(3)[:300], "is damaged"),
    "half.docx": (zipped(word_document="x")[:40], "is damaged"),
    "secret.pdf": (pdf(user="secret", owner="owner"), "asks for a password"),
    "notes.txt": (b"Notes", "is not a document that most readers can open"),
    "photo.pdf": (b"\x89PNG\r\n\x1a\n", "is not a document that most readers can open"),
    "program.zip": (zipped(run="x"), "is not a document that most readers can open"),
}


@pytest.mark.parametrize("name", READ)
def test_a_document_is_measured(name: str, tmp_path: Path) -> None:
    data, kind, pages = READ[name]
    (tmp_path / name).write_bytes(data)
    document = read_document(name, tmp_path)
    assert (document.type, document.pages, document.size) == (kind, pages, len(data))


@pytest.mark.parametrize("name", REFUSED)
def test_what_readers_could_not_open_is_refused(name: str, tmp_path: Path) -> None:
    data, message = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnusableError, match=message):
        read_document(name, tmp_path)


KEYS = {
    "url": ("https://www.example.org/", "a file and a url"),
    "pages": ("1", "is measured"),
    "type": ("PDF", "is measured"),
    "size": ("1 KB", "is measured"),
}


@pytest.mark.parametrize("key", KEYS)
def test_what_is_measured_is_not_given(key: str, tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(pdf())
    value, message = KEYS[key]
    with pytest.raises(ValidationError, match=message):
        LinkedDocument.model_validate({"text": "Guide", "file": "guide.pdf", key: value}, context={"folder": tmp_path})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 700), new=st.binary(max_size=12))
def test_a_damaged_pdf_is_measured_or_refused(start: int, new: bytes, tmp_path: Path) -> None:
    data = pdf(2)
    (tmp_path / "damaged.pdf").write_bytes(data[:start] + new + data[start + len(new) :])
    try:
        read_document("damaged.pdf", tmp_path)
    except UnusableError as error:
        assert error.hint

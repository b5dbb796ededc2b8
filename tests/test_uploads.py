"""With `images: link`, the outbox has copies of all pictures that the messages name, under their very names."""

from __future__ import annotations

import io
import json
import quopri
import re
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import Result
from PIL import Image
from pypdf import PdfWriter

from newsletter.project import DEFAULT_TEMPLATES
from support.command import run
from support.own_brand import own_brand

SLUG = "2026-12-03-winter"
BASE = "https://news.saltby.test/pictures/"
ISSUE = """\
subject: "What helps when you are tired"
preheader: "Small changes that people with MS told us about"
title: "Neuro News, December 2026"
date: 2026-12-03
articles:
  - title: "A chair by the cooker"
    summary: "Small changes save your strength."
    content:
      - text: |
          Sit down while you stir.
"""
BLOCK = '      - image: {{src: "{}", alt: "A field with the number {} in it."}}\n'
COPIES = f"outbox/{SLUG}/pictures"


def picture(colour: str, **how: object) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(output, "JPEG", **how)
    return output.getvalue()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "issues/images").mkdir(parents=True)
    for name, colour in (("a", "red"), ("b", "blue"), ("été n°1", "green")):
        (tmp_path / f"issues/images/{name}.jpg").write_bytes(picture(colour))
    return tmp_path


def write_brand(home: Path, images: str) -> None:
    brand = own_brand((DEFAULT_TEMPLATES / "brand.yaml").read_text("utf-8"))
    (home / "templates/images").mkdir(parents=True, exist_ok=True)
    (home / "templates/images/logo.png").write_bytes((DEFAULT_TEMPLATES / "images/logo.png").read_bytes())
    (home / "templates/brand.yaml").write_text(brand.replace("images: link", f"images: {images}"), "utf-8")


def render(home: Path, *sources: str, images: str = "link", options: tuple[str, ...] = ()) -> Result:
    blocks = "".join(BLOCK.format(source, number) for number, source in enumerate(sources))
    (home / f"issues/{SLUG}.yaml").write_text(ISSUE + blocks, "utf-8")
    write_brand(home, images)
    result = run("render", *options)
    assert result.exit_code == 0, result.output
    return result


def copies(home: Path) -> dict[str, bytes]:
    folder = home / COPIES
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_copies_have_the_names_that_the_messages_use(home: Path) -> None:
    result = render(home, "images/a.jpg", "./images/../images/b.jpg", "images/été n°1.jpg")
    page = (home / f"outbox/{SLUG}.html").read_text("utf-8")
    assert BASE not in page, "the page for a browser has its pictures inside"
    message = quopri.decodestring((home / f"outbox/{SLUG}.eml").read_bytes()).decode()
    named = {unquote(name) for name in re.findall(rf'src="{BASE}([^"]+)"', message)}
    assert named == set(copies(home)) == {"images/logo.png", "images/a.jpg", "images/b.jpg", "images/été n°1.jpg"}
    assert copies(home)["images/a.jpg"] == (home / "issues/images/a.jpg").read_bytes()
    assert f"{COPIES}: 4 pictures. Upload what is in this folder to {BASE} before you send.\n" in result.output
    checked = subprocess.run(
        ["sha256sum", "--check", "pictures.sha256"], cwd=home / f"outbox/{SLUG}", capture_output=True, check=False
    )
    assert checked.returncode == 0


def test_a_copy_has_nothing_private_and_the_editors_file_stays(home: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Larkmoor camera", 6
    source = picture("red", exif=exif)
    (home / "issues/images/a.jpg").write_bytes(source)
    render(home, "images/a.jpg")
    copy = copies(home)["images/a.jpg"]
    assert b"Larkmoor" not in copy
    assert Image.open(io.BytesIO(copy)).size == (40, 60)
    assert (home / "issues/images/a.jpg").read_bytes() == source


def test_json_names_what_to_upload(home: Path) -> None:
    data = json.loads(render(home, "images/a.jpg", options=("--json",)).stdout)
    assert data["uploads"] == [{"path": COPIES, "address": BASE, "names": ["images/a.jpg", "images/logo.png"]}]


def test_copies_that_no_message_names_go_and_other_files_stay(home: Path) -> None:
    render(home, "images/a.jpg", "images/b.jpg")
    folder = home / COPIES
    (folder / "notes.txt").write_text("mine", "utf-8")
    (folder / "images/mine.jpg").write_bytes(picture("white"))
    render(home, "images/a.jpg")
    assert set(copies(home)) == {"images/a.jpg", "images/logo.png", "images/mine.jpg", "notes.txt"}
    (folder / "images/a.jpg").write_bytes(picture("black"))
    render(home, images="embed")
    assert set(copies(home)) == {"images/a.jpg", "images/mine.jpg", "notes.txt"}, "a changed copy is somebody's own"
    assert not (home / f"outbox/{SLUG}/pictures.sha256").exists()


def test_nothing_is_left_when_pictures_travel_inside(home: Path) -> None:
    render(home, "images/a.jpg", "images/b.jpg")
    result = render(home, "images/a.jpg", images="embed")
    # What `newsletter changes` compares with stays.
    assert [path.name for path in (home / f"outbox/{SLUG}").iterdir()] == ["source.json"]
    assert "Upload" not in result.output


def test_one_edition_leaves_the_pictures_of_the_others(home: Path) -> None:
    render(home, "images/a.jpg", "images/b.jpg")
    before = copies(home)
    render(home, "images/a.jpg", options=("--edition", "text-only"))
    assert copies(home) == before
    render(home, "images/a.jpg")
    assert set(copies(home)) == {"images/a.jpg", "images/logo.png"}


@pytest.mark.parametrize(
    "line",
    ["{}  pictures/../../kept.jpg", "{}  /kept.jpg", "{}  pictures//kept.jpg", "{}  pictures/C:kept.jpg", "kept", "\0"],
)
def test_a_list_of_checksums_that_was_changed_by_hand_deletes_nothing_else(home: Path, line: str) -> None:
    render(home, "images/a.jpg")
    other_picture = home / "outbox/kept.jpg"
    other_picture.write_bytes(b"")
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of an empty file
    (home / f"outbox/{SLUG}/pictures.sha256").write_text(line.format(digest) + "\n", "utf-8")
    render(home, "images/b.jpg")
    assert other_picture.exists()


def test_a_link_in_place_of_the_folder_is_not_followed(home: Path) -> None:
    render(home, "images/a.jpg", "images/b.jpg")
    (home / COPIES).rename(home / "elsewhere")
    (home / COPIES).symlink_to(home / "elsewhere")
    render(home, images="embed")
    assert {path.name for path in (home / "elsewhere/images").iterdir()} == {"a.jpg", "b.jpg", "logo.png"}


DOCUMENTS = """\
      - documents:
          items:
            - {text: "Fatigue: a short guide", file: files/guide.pdf}
            - {text: "Our form", file: "files/été n°1.docx"}
            - {text: "How to join", url: "https://www.example.org/join.pdf", type: PDF, size: "1.2 MB", pages: 4}
"""


def test_documents_are_measured_and_copied_even_if_pictures_are_embedded(home: Path) -> None:
    (home / "issues/files").mkdir()
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(200, 200)
    writer.write(home / "issues/files/guide.pdf")
    with zipfile.ZipFile(home / "issues/files/été n°1.docx", "w") as archive:
        archive.writestr("word/document.xml", "x" * 1_500_000)
    (home / f"issues/{SLUG}.yaml").write_text(ISSUE + DOCUMENTS, "utf-8")
    write_brand(home, "embed")
    result = run("render")
    assert result.exit_code == 0, result.output
    assert (
        f"outbox/{SLUG}/files: 2 documents. Upload what is in this folder to {BASE} before you send." in result.output
    )
    text = (home / f"outbox/{SLUG}.txt").read_text("utf-8")
    assert f"- Fatigue: a short guide (PDF, 1 KB, 2 pages):\n  {BASE}files/guide.pdf\n" in text
    assert f"- Our form (Word, 1.5 MB):\n  {BASE}files/%C3%A9t%C3%A9%20n%C2%B01.docx\n" in text
    assert "- How to join (PDF, 1.2 MB, 4 pages):\n  https://www.example.org/join.pdf\n" in text
    copy = home / f"outbox/{SLUG}/files/files/guide.pdf"
    assert copy.read_bytes() == (home / "issues/files/guide.pdf").read_bytes()
    render(home)
    assert not copy.exists(), "no message links to it now"


def test_a_document_needs_an_address(home: Path) -> None:
    (home / "issues/files").mkdir()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(home / "issues/files/guide.pdf")
    render(home, images="embed")
    brand = home / "templates/brand.yaml"
    brand.write_text(re.sub(r"(?m)^base_url:.*\n", "", brand.read_text("utf-8")), "utf-8")
    blocks = '      - documents: {items: [{text: "Our guide", file: files/guide.pdf}]}\n'
    (home / f"issues/{SLUG}.yaml").write_text(ISSUE + blocks, "utf-8")
    result = run("render")
    assert result.exit_code == 1
    assert f"issues/{SLUG}.yaml:11:55: error: This document has no address yet." in result.output

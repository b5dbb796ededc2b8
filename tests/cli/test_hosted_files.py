"""Every link to a hosted file, in a message for a reader or for a service, is to a file that `render` writes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fast_mail_parser import parse_email

from newsletter.export.registry import service_ids
from support.command import run
from support.fields import write_fields
from support.reader_project import SLUG, URL

HOST = "https://www.saltby.test/mail/"
EVENTS = """\
      - events:
          calendar: true
          items:
            - {title: "Tea with {first_name|us}", date: 2190-12-04}
            - {title: "{first_name}'s walk", date: 2190-12-05}
            - {title: "Friend's walk", date: 2190-12-06}
"""


@pytest.fixture
def calendar_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The calendar files that `render` wrote for an issue whose events have fields in their titles."""
    monkeypatch.chdir(tmp_path)
    write_fields(tmp_path)
    brand = tmp_path / "templates/brand.yaml"
    text = brand.read_text("utf-8").replace("images: embed", "images: link").replace(URL, f'"{URL}/{{token}}"', 1)
    brand.write_text(f"base_url: {HOST}\n{text}", "utf-8")
    run("new", SLUG)
    issue = Path("issues", f"{SLUG}.yaml")
    issue.write_text(issue.read_text("utf-8").replace("    content:\n", f"    content:\n{EVENTS}", 1), "utf-8")
    result = run("render")
    assert result.exit_code == 0, result.output
    return {path.name for path in Path("outbox", SLUG, "calendar").iterdir()}


def calendar_links(path: Path) -> set[str]:
    """Return the names of the calendar files to which the files of a folder link."""
    pattern = re.compile(rf"{re.escape(HOST + SLUG)}/calendar/([^\s\"'\\<>)]+)")
    return {name for text in texts(path) for name in pattern.findall(text)}


def texts(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield archive.read("index.html").decode()
        elif path.suffix == ".eml":
            mail = parse_email(path.read_bytes(), strict=True)
            yield from (*mail.text_plain, *mail.text_html)
        elif path.suffix in {".html", ".json", ".md", ".txt"}:
            yield path.read_text("utf-8")


def test_links_of_merged_messages(calendar_names: set[str]) -> None:
    assert calendar_names == {"tea-with-us.ics", "friend-s-walk.ics", "friend-s-walk-2.ics"}
    Path("readers.csv").write_text("address,first_name,token\nzoe@saltby.test,Zoë,1\nal@saltby.test,,2\n", "utf-8")
    assert run("merge", SLUG, "--recipients", "readers.csv", "--folder", "mail").exit_code == 0
    assert calendar_links(Path("mail")) == calendar_names


@pytest.mark.parametrize("id", service_ids())
def test_links_of_an_export(id: str, calendar_names: set[str]) -> None:
    result = run("export", SLUG, "--for", id)
    assert result.exit_code == 0, result.output
    assert calendar_links(Path("outbox", SLUG, "export", id)) == calendar_names

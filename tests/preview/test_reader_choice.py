"""The Email view as each reader gets it: with the fallbacks, an example or long words in the fields."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from newsletter.edition import PageBuild
from newsletter.edition_kinds import EditionKind
from newsletter.issue.load import load_brand
from newsletter.issue.substitutes import NO_TEXT
from newsletter.pipeline import build
from newsletter.preview.reader_choice import build_for_reader, needs_fill
from newsletter.preview.views.email import frame_page
from newsletter.project import Project
from support.fields import write_fields
from support.live_preview import Live, running, write_simple

SLUG, PLAIN, INCOMPLETE = "a-short-one", "another-one", "an-incomplete-one"
WORDS = "Hello {first_name|you}, see [our group](https://www.example.org/?t={town})."


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("project")
    write_fields(folder)
    write_simple(folder, SLUG, words=WORDS)
    write_simple(folder, PLAIN)
    path = write_simple(folder, INCOMPLETE, words=WORDS)
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n      - button: {{url: https://www.example.org/}}\n", "utf-8")
    with running(folder) as preview:
        yield preview


def get(live: Live, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()
    finally:
        connection.close()


def words_of(page: str) -> str:
    document: Any = html.document_fromstring(page)
    return " ".join(document.text_content().split())


READERS = [
    ("fallback", "Hello you, see our group", "your%20town"),
    ("example", "Hello Sam, see our group", "York"),
    ("long", "Hello Wilhelmina-Konstantina O’Shaughnessy-Llanfairpwllgwyngyll, see", "Llanfairpwllgwyngyll"),
]


@pytest.mark.parametrize(("reader", "words", "town"), READERS)
def test_the_email_has_the_words_of_the_reader(live: Live, reader: str, words: str, town: str) -> None:
    page = get(live, f"/issues/{SLUG}/page?reader={reader}")
    assert words in words_of(page)
    assert f"/?t={town}" in unquote(page).replace(" ", "%20")


def test_a_text_that_is_missing_stops_it_for_no_reader(live: Live) -> None:
    for reader, words, _ in READERS:
        page = words_of(get(live, f"/issues/{INCOMPLETE}/page?reader={reader}"))
        assert words in page and NO_TEXT in page


@pytest.mark.parametrize(("reader", "words", "town"), READERS[1:])
@pytest.mark.parametrize("kind", ["large-print", "text-only"])
def test_so_has_each_edition(live: Live, kind: EditionKind, reader: str, words: str, town: str) -> None:
    project, query = Project(live.folder), {"reader": reader}
    path = project.issues / f"{SLUG}.yaml"
    edition = build(path, project, load_brand(project), kind)
    assert needs_fill(edition, query) and not needs_fill(edition, {})
    result = build_for_reader(edition, path, project, query)
    assert isinstance(result, PageBuild)
    page = frame_page(result, query)
    assert words in words_of(page)
    assert f"/?t={town}" in unquote(page).replace(" ", "%20")


def test_the_control_is_there_for_an_issue_with_fields_alone_and_keeps_the_other_choices(live: Live) -> None:
    view: Any = html.document_fromstring(get(live, f"/issues/{SLUG}/email?scheme=dark&reader=example"))
    (control,) = view.xpath("//*[@aria-labelledby='control-reader']")
    chosen = {link.text: (link.get("href"), link.get("aria-current")) for link in control.iter("a")}
    assert chosen == {
        "Fallback": ("email?scheme=dark", None),
        "Example": ("email?scheme=dark&reader=example", "true"),
        "Long words": ("email?scheme=dark&reader=long", None),
    }
    assert "reader=example" in view.xpath("//iframe/@src")[0]
    assert "control-reader" not in get(live, f"/issues/{PLAIN}/email")

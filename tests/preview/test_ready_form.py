"""The form that notes a second reader: it writes only from a page of the preview, and for the words of that page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from support.live_preview import Live, ask, make_project, running, write_simple

SLUG = "short"
NOTES = f".newsletter/{SLUG}.json"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("form"))
    write_simple(folder, SLUG)
    with running(folder) as live:
        yield live


@pytest.fixture
def live(server: Live) -> Live:
    """The preview, with no notes of the issue."""
    write_simple(server.folder, SLUG)
    (server.folder / NOTES).unlink(missing_ok=True)
    return server


def form(live: Live) -> dict[str, str]:
    """Open the list until it has the form, and return the fields of that."""
    while True:
        page: Any = html.document_fromstring(ask(live, f"/issues/{SLUG}/ready")[2])
        if fields := page.xpath("//form[@id='note-reader']//input[@name]"):
            return {field.get("name"): field.get("value") or "" for field in fields}
        time.sleep(0.05)


def test_a_reader_is_noted_and_the_page_says_so(live: Live) -> None:
    status, place, _ = ask(live, f"/issues/{SLUG}/read", {**form(live), "name": " Zoë <b> "})
    assert (status, place) == (303, f"/issues/{SLUG}/ready#point-second-reader")
    assert (live.folder / NOTES).is_file()
    page: Any = html.document_fromstring(ask(live, f"/issues/{SLUG}/ready")[2])
    assert "Zoë <b> read it on" in page.get_element_by_id("point-second-reader").text_content()
    assert not page.xpath("//form[@id='note-reader']")


def test_the_focus_goes_to_the_note(chromium: Browser, live: Live) -> None:
    page = chromium.new_context().new_page()
    page.goto(f"{live.address}issues/{SLUG}/ready")
    page.get_by_label("Who has read it?").fill("Sam")
    page.keyboard.press("Enter")
    point = page.locator("#point-second-reader")
    expect(point).to_contain_text("Sam read it on")
    expect(point).to_be_focused()
    expect(point).to_be_in_viewport()
    page.context.close()


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"name": " "}, 409, "Write a name"),
        ({"name": "Sam\nDone"}, 409, "Write a name"),
        ({"read_words": "0" * 64}, 409, "The words have changed"),
        ({"read_words": ""}, 409, "The words have changed"),
        ({"token": "0"}, 403, ""),
    ],
)
def test_a_wrong_form_writes_no_note(live: Live, changes: dict[str, str], status: int, reason: str) -> None:
    answer, _, page = ask(live, f"/issues/{SLUG}/read", {**form(live), "name": "Sam", **changes})
    assert answer == status and reason in page
    assert not (live.folder / NOTES).exists()


def test_the_words_have_changed_since_the_page_was_opened(live: Live) -> None:
    fields = form(live)
    write_simple(live.folder, SLUG, words="Other words.")
    status, _, page = ask(live, f"/issues/{SLUG}/read", {**fields, "name": "Sam"})
    assert status == 409 and "The words have changed" in page
    assert not (live.folder / NOTES).exists()


def test_the_address_is_no_page_and_other_issues_do_not_exist(live: Live) -> None:
    assert ask(live, f"/issues/{SLUG}/read")[0] == 404
    assert ask(live, "/issues/none/read", {**form(live), "name": "Sam"})[0] == 404

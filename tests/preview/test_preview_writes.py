"""Only a form of the preview's own page, sent by this computer, changes a file; it shows the change first."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html

from support.live_preview import Live, running, save, write_simple

SLUG = "a-short-one"
WORDS = "Read  this first."
FIXED = "Read this first."
RULE = [("rule", "double-spaces"), ("at", "11:14")]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "issues").mkdir()
    write_simple(folder, SLUG, words=WORDS)
    with running(folder) as preview:
        yield preview


@pytest.fixture
def file(live: Live) -> Path:
    return write_simple(live.folder, SLUG, words=WORDS)


def ask(
    live: Live, path: str, fields: list[tuple[str, str]] | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Ask for a path, with a form if there are fields. Return the status, the headers, and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
    own_headers = {name.replace("_", "-"): value for name, value in headers.items() if value}
    if fields is not None:
        own_headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        if "Origin" not in headers:
            own_headers["Origin"] = f"http://127.0.0.1:{live.port}"
    body = None if fields is None else urlencode(fields)
    try:
        connection.request("GET" if fields is None else "POST", path, body, own_headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def form(live: Live) -> list[tuple[str, str]]:
    """Open the page that shows the fix, and return the fields of its form."""
    status, _, page = ask(live, f"/issues/{SLUG}/fix?{urlencode([*RULE, ('back', 'checks')])}")
    assert status == 200
    return fields_of(page, "fix")


def fields_of(page: str, action: str) -> list[tuple[str, str]]:
    root: Any = html.document_fromstring(page)
    inputs = root.xpath(f"//form[contains(@action, '{action}')]//input")
    return [(field.get("name"), field.get("value")) for field in inputs]


def without(fields: list[tuple[str, str]], *names: str) -> list[tuple[str, str]]:
    return [field for field in fields if field[0] not in names]


def test_the_change_is_shown_and_then_applied(live: Live, file: Path) -> None:
    page: Any = html.document_fromstring(ask(live, f"/issues/{SLUG}/fix?{urlencode(RULE)}")[2])
    main_text = " ".join(page.get_element_by_id("main").text_content().split())
    assert f"Line 11 Before {WORDS} After {FIXED}".replace("  ", " ") in main_text
    assert WORDS in file.read_text(encoding="utf-8")
    status, headers, _ = ask(live, f"/issues/{SLUG}/fix", form(live))
    assert (status, headers["location"]) == (303, f"/issues/{SLUG}/checks#fixed")
    assert FIXED in file.read_text(encoding="utf-8")


def test_a_fix_is_offered_again_at_its_new_line(live: Live, file: Path) -> None:
    """Somebody opens the list, adds a line at the top of the file, and then follows the link of the list."""
    save(file, "# A note\n" + file.read_text(encoding="utf-8"))
    page: Any = html.document_fromstring(ask(live, f"/issues/{SLUG}/fix?{urlencode(RULE)}")[2])
    assert "The file was changed since you opened that page" in page.text_content()
    (again,) = page.xpath("//a[contains(@href, '/fix?')]")
    assert again.text_content() == "Look at the fix, in line 12"
    assert "Make this change" in ask(live, again.get("href"))[2]


def test_it_is_undone(live: Live, file: Path) -> None:
    before = file.read_bytes()
    ask(live, f"/issues/{SLUG}/fix", form(live))
    fields = fields_of(ask(live, f"/issues/{SLUG}/checks")[2], "undo")
    assert ask(live, f"/issues/{SLUG}/undo", without(fields, "token"))[0] == 403
    assert ask(live, f"/issues/{SLUG}/undo", fields)[0] == 303
    assert file.read_bytes() == before
    assert ask(live, f"/issues/{SLUG}/undo", fields)[0] == 409
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "origin", ["http://example.org", "null", "http://127.0.0.1", "https://127.0.0.1:{port}", "http://localhost:{port}"]
)
def test_another_origin_changes_nothing(live: Live, file: Path, origin: str) -> None:
    status, _, answer = ask(live, f"/issues/{SLUG}/fix", form(live), Origin=origin.format(port=live.port))
    assert (status, FIXED in file.read_text(encoding="utf-8")) == (403, False)
    assert answer.startswith("Only a page of the preview")


def test_without_an_origin_the_browser_has_to_say_that_it_is_the_same(live: Live, file: Path) -> None:
    fields = form(live)
    for site in ("", "none", "same-site", "cross-site"):
        assert ask(live, f"/issues/{SLUG}/fix", fields, Origin="", Sec_Fetch_Site=site)[0] == 403
    assert ask(live, f"/issues/{SLUG}/fix", fields, Origin="", Sec_Fetch_Site="same-origin")[0] == 303


@pytest.mark.parametrize("token", [None, "", "0" * 43, "ä"])
def test_another_token_changes_nothing(live: Live, file: Path, token: str | None) -> None:
    fields = without(form(live), "token") + ([] if token is None else [("token", token)])
    assert ask(live, f"/issues/{SLUG}/fix", fields)[0] == 403
    assert WORDS in file.read_text(encoding="utf-8")


def test_another_host_or_kind_of_form_changes_nothing(live: Live, file: Path) -> None:
    fields = form(live)
    assert ask(live, f"/issues/{SLUG}/fix", fields, Host="example.org")[0] == 400
    assert ask(live, f"/issues/{SLUG}/fix", fields, Content_Type="text/plain")[0] == 400
    assert ask(live, f"/issues/{SLUG}/fix", fields, Content_Type="multipart/form-data; boundary=a")[0] == 400
    assert ask(live, f"/issues/{SLUG}/fix", [*fields, ("more", "a" * 30_000)])[0] == 400
    assert WORDS in file.read_text(encoding="utf-8")


def test_an_address_alone_changes_nothing(live: Live, file: Path) -> None:
    assert ask(live, f"/issues/{SLUG}/fix?{urlencode(form(live))}")[0] == 200
    assert ask(live, f"/issues/{SLUG}/undo?{urlencode(form(live))}")[0] == 404
    assert WORDS in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", ["..%2f..%2fsecret", "%2e%2e", "none", "..%5csecret", f"{SLUG}.yaml"])
def test_no_part_of_an_address_is_a_path(live: Live, file: Path, slug: str) -> None:
    fields = form(live)
    for action in ("fix", "undo"):
        assert ask(live, f"/issues/{slug}/{action}", fields)[0] in (404, 405)
    back = [*without(fields, "back"), ("back", "//example.org/?a=%0d%0aSet-Cookie:b")]
    assert ask(live, f"/issues/{SLUG}/fix", back)[1]["location"].startswith(f"/issues/{SLUG}/email")


@pytest.mark.parametrize("at", [[], ["11"], ["11:14:1"], ["-1:2"], ["9" * 30 + ":1"], ["../a:1"]])
def test_what_is_no_place_is_not_there(live: Live, at: list[str]) -> None:
    query = urlencode([("rule", "double-spaces"), *(("at", place) for place in at)])
    assert ask(live, f"/issues/{SLUG}/fix?{query}")[0] == 404


def test_a_second_window_comes_too_late(live: Live, file: Path) -> None:
    """Both windows show the change. The second one finds another file, and says so."""
    first, second = form(live), form(live)
    assert ask(live, f"/issues/{SLUG}/fix", first)[0] == 303
    status, _, answer = ask(live, f"/issues/{SLUG}/fix", second)
    assert status == 409 and "it is fixed already" in answer


def test_a_file_that_was_saved_meanwhile_stays(live: Live, file: Path) -> None:
    fields = form(live)
    mine = file.read_text(encoding="utf-8") + "# my note\n"
    save(file, mine)
    status, _, answer = ask(live, f"/issues/{SLUG}/fix", fields)
    assert status == 409 and re.search("The file was changed in the meantime", answer)
    assert file.read_text(encoding="utf-8") == mine

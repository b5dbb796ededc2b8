"""The views "Take it away" and "What changed", and the versions that the preview remembers."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from newsletter.changes.version import Version
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.preview import pages
from newsletter.preview.history import Comparison, History
from newsletter.preview.issue_state import IssueState
from newsletter.preview.views import VIEWS
from newsletter.problems import Location, Problem
from support.live_preview import SIMPLE, Live, make_project, running, save, write_simple

SLUG = "2023-09-26-stem-cell-hope"
START = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
ERROR = Problem(Location("issues/a.yaml", 2), "link-text", "An error.")


def view(name: str, state: IssueState) -> Any:
    """Return the part of a view's page that differs between views."""
    chosen = next(view for view in VIEWS if view.name == name)
    page: Any = html.document_fromstring(pages.issue(state, chosen, {}, Settings()))
    return page.get_element_by_id("view")


@pytest.fixture
def ready(editions: dict[str, Edition]) -> IssueState:
    edition = editions[SLUG]
    return IssueState(SLUG, f"issues/{SLUG}.yaml", edition, source=edition.issue.file.text, all_editions_built=True)


def test_the_whole_html_and_the_whole_text_can_be_copied(ready: IssueState) -> None:
    assert ready.edition
    view_page = view("share", ready)
    assert view_page.get_element_by_id("html").text_content().strip() == ready.edition.inlined.strip()
    assert view_page.get_element_by_id("text").text_content().strip() == ready.edition.text.strip()
    assert f"/issues/{SLUG}.eml" in [link.get("href") for link in view_page.iter("a")]


@pytest.mark.parametrize(
    ("count", "images", "words"),
    [
        (1, "embed", "Its 1 picture travels inside"),
        (2, "embed", "Its 2 pictures travel inside"),
        (1, "link", "Upload the picture first"),
        (2, "link", "Upload the 2 pictures first"),
    ],
)
def test_it_says_where_the_pictures_are(
    ready: IssueState, count: int, images: Literal["embed", "link"], words: str
) -> None:
    assert ready.edition
    build, picture = ready.edition.build, next(iter(ready.edition.pictures.values()))
    changed = replace(
        ready.edition,
        pictures={f"{number}.png": picture for number in range(count)},
        build=replace(build, brand=build.brand.model_copy(update={"images": images})),
    )
    assert words in " ".join(view("share", replace(ready, edition=changed)).text_content().split())


@pytest.mark.parametrize("changes", [{"problems": (ERROR,)}, {"is_pending": True}, {"all_editions_built": False}])
def test_with_an_error_only_the_review_file_can_be_downloaded(ready: IssueState, changes: dict[str, Any]) -> None:
    view_page = view("share", replace(ready, **changes))
    links = [link.get("href") for link in view_page.iter("a")]
    assert f"/issues/{SLUG}/review" in links
    assert not any(link.endswith(".eml") for link in links)
    assert not list(view_page.iter("textarea", "button"))
    assert "You cannot take it away yet." in view_page.text_content()


def saved(words: str, minutes: int, slug: str = "one") -> IssueState:
    source = SIMPLE.format(title="t", words=words)
    return IssueState(slug, f"issues/{slug}.yaml", source=source, saved_at=START + timedelta(minutes=minutes))


def compared(history: History, state: IssueState, since: str | None = None) -> list[str]:
    comparison = history.comparison(state, since)
    return [f"{change.removed}>{change.added}" for part in comparison.parts for change in part.changes]


def test_without_a_commit_or_a_render_it_is_since_the_start(tmp_path: Path) -> None:
    history = History(tmp_path)
    for minute, words in enumerate(("One word.", "Two words.", "Two words.", "Three words.")):
        history.record(saved(words, minute))
    now = saved("Three words.", 3)
    assert compared(history, now) == ["One word>Three words"]
    newest, first = history.comparison(now, None).saves
    assert (newest[1], first[1]) == ("What you saved at 09:31:00", "The start of this preview, 09:30:00")
    assert compared(history, now, newest[0]) == ["Two>Three"]


def test_what_is_remembered_is_bounded(tmp_path: Path) -> None:
    history = History(tmp_path)
    for minute in range(200):
        history.record(saved(f"{'x' * 500_000 if minute > 100 else ''} {minute}.", minute))
    saves = history.comparison(saved("now", 300), None).saves
    assert len(saves) < 5
    assert saves[-1][1].startswith("The start of this preview")
    history.forget({})
    assert not history.comparison(saved("now", 300), None).saves


def test_a_time_leads_to_the_save_or_the_commit_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(tmp_path)
    long_ago = -365 * 24 * 60  # minutes; no moment that is compared with may be still to come
    for minute, words in ((0, "One word."), (10, "Two words."), (20, "Three words.")):
        history.record(saved(words, long_ago + minute))
    now = saved("Three words.", long_ago + 20)

    def at(minute: int) -> str:
        return f"{(START + timedelta(minutes=long_ago + minute)).astimezone():%Y-%m-%d %H:%M}"

    assert compared(history, now, at(15)) == ["Two>Three"]
    assert compared(history, now, at(5)) == ["One word>Three words"]
    problem = history.comparison(now, at(-5)).problem
    assert problem and "not in a git repository" in problem.message
    for minute, words in ((5, "Two>Three"), (12, "A commit>Three words")):
        version = Version("a commit", saved("A commit.", 0).source, {}, START + timedelta(minutes=long_ago + minute))
        monkeypatch.setattr("newsletter.preview.history.earlier_version", lambda *_, version=version: version)
        assert compared(history, now, at(15)) == [words]


def test_a_time_that_cannot_be_read_is_explained(tmp_path: Path, ready: IssueState) -> None:
    comparison = History(tmp_path).comparison(ready, "<script>")
    assert comparison.problem
    view_page = view("changes", replace(ready, comparison=comparison))
    assert "not in a git repository" in view_page.get_element_by_id("changes-summary").text_content()
    assert view_page.get_element_by_id("since").get("value") == "<script>"


def test_no_change_is_reported_as_such(ready: IssueState) -> None:
    view_page = view("changes", replace(ready, comparison=Comparison("commit", "the last commit", ())))
    assert view_page.get_element_by_id("changes-summary").text_content() == "Since the last commit: Nothing changed."


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("share"))
    write_simple(folder, "short")
    with running(folder) as server:
        yield server


@pytest.fixture
def page(chromium: Browser, live: Live) -> Iterator[Page]:
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{live.address}issues/short/share")
    expect(page.get_by_role("button", name="Copy the HTML")).to_be_visible()
    yield page
    context.close()


def test_copying_says_that_it_worked(page: Page) -> None:
    page.get_by_role("button", name="Copy the plain text").press("Enter")
    expect(page.locator("#text-result")).to_contain_text("Copied: ")
    assert "Some plain words." in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Copy the HTML").click()
    expect(page.locator("#html-result")).to_contain_text("Copied: ")
    assert page.evaluate("navigator.clipboard.readText()").startswith("<!DOCTYPE html>")


def test_where_copying_is_not_allowed_all_of_it_is_selected(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy the plain text").click()
    expect(page.locator("#text-result")).to_contain_text("All of it is selected")
    selected = page.evaluate("(area => area.selectionEnd - area.selectionStart)(document.activeElement)")
    assert selected == page.locator("#text").evaluate("area => area.value.length")


def test_without_javascript_there_is_no_button_that_does_nothing(chromium: Browser, live: Live, page: Page) -> None:
    context = chromium.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(f"{live.address}issues/short/share")
    expect(still.get_by_role("button")).to_have_count(0)
    still.get_by_text("Show the plain text").click()
    expect(still.locator("#text")).to_be_visible()
    expect(still.locator("#text")).to_have_value(page.locator("#text").input_value())
    context.close()


def test_a_change_appears_by_itself_and_is_named_in_words(chromium: Browser, live: Live) -> None:
    page = chromium.new_page()
    page.goto(f"{live.address}issues/short/changes")
    expect(page.locator("#changes-summary")).to_contain_text("Nothing changed.")
    path = live.folder / "issues" / "short.yaml"
    save(path, path.read_text("utf-8").replace("Some plain words", "Some clear words"))
    expect(page.get_by_role("listitem").filter(has_text="removed")).to_contain_text(
        "Text: removed “plain”, added “clear”, after “Some”."
    )
    page.close()


def test_the_review_file_is_offered_and_may_do_nothing(live: Live) -> None:
    with urllib.request.urlopen(f"{live.address}issues/short/review") as answer:
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "To review: " in answer.read().decode()

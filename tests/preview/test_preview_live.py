"""The preview in a real browser while files are saved, broken, deleted and restored beneath it."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from support.live_preview import ROOT, Live, make_project, running, save, write_simple

SLUG = "a-short-one"
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("project"))
    brand = folder / "templates" / "brand.yaml"
    brand.write_text(re.sub(r"(?m)^editions: .*$", "editions: [standard, large-print]", brand.read_text("utf-8")))
    with running(folder) as preview:
        yield preview


@pytest.fixture
def issue(live: Live) -> Path:
    """A small issue, new for each test, without problems. Its title is not that of the test before."""
    return write_simple(live.folder, SLUG, title=f"A short issue, number {next(_NUMBERS)}")


def title_of(issue: Path) -> str:
    """Return the whole title: other tests have titles with numbers, too."""
    title = re.search(r"A short issue, number \d+", issue.read_text())
    assert title
    return title[0]


@pytest.fixture
def page(chromium: Browser, live: Live, issue: Path) -> Iterator[Page]:
    """The Email view of that issue, with what a reload would destroy: a mark on the window."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(f"{live.address}issues/{SLUG}/email")
    shows(opened, title_of(issue))
    expect(opened.locator("#status")).to_contain_text("No problems")
    opened.evaluate("window.isSame = true")
    yield opened
    assert opened.evaluate("window.isSame"), "the page was loaded again"
    context.close()


def email(page: Page) -> str:
    """Return the words of the email in its frame."""
    return page.frame_locator(".frames > iframe").locator("body").inner_text()


def shows(page: Page, words: str) -> None:
    """Wait until the email says something."""
    frame = page.frame_locator(".frames > iframe")
    expect(frame.locator("body")).to_contain_text(words)


def wait_for_status(page: Page, words: str) -> None:
    """Wait until the status says something."""
    expect(page.locator("#announcement")).to_contain_text(words)


def test_a_saved_change_appears_and_is_announced(page: Page, issue: Path) -> None:
    issue.write_text(issue.read_text().replace("Some plain words.", "Other plain words."))
    shows(page, "Other plain words.")
    wait_for_status(page, "No problems.")
    assert page.locator("#announcement").get_attribute("role") == "status"


# Of each element in the frame: what it is, where it is, and how it looks.
_STATE_OF_EACH_ELEMENT = """() => {
  const { contentDocument: page, contentWindow: inside } = document.querySelector(".frames > iframe");
  inside.scrollTo(0, 0);
  return [...page.querySelectorAll("*")].map(element => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { color, backgroundColor, fontSize, fontFamily, display } = inside.getComputedStyle(element);
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort();
    const own = [...element.childNodes].filter(node => node.nodeType !== 1).map(node => node.data);
    const look = [color, backgroundColor, fontSize, fontFamily, display];
    return [element.localName, attributes, own, x, y, width, height, ...look];
  });
}"""


LOOKS = ("", "?scheme=dark&text=150", "?scheme=inverted&images=off")


def test_a_changed_email_looks_as_if_it_were_reloaded(page: Page, issue: Path, live: Live) -> None:
    """Each look has a window of its own, so that each save is built once for all of them."""
    windows = [page, *(page.context.new_page() for _ in LOOKS[1:])]
    for window, look in zip(windows, LOOKS, strict=True):
        window.goto(f"{live.address}issues/{SLUG}/email{look}")
        window.evaluate("window.isSame = true")
    fresh = page.context.new_page()
    simple = issue.read_text()
    shipped = [path.read_text() for path in sorted((ROOT / "issues").glob("[0-9]*.yaml"))]
    for number, text in enumerate([*shipped, simple, *reversed(shipped)]):
        save(issue, re.sub(r"(?m)^title: .*$", f'title: "Issue {number}"', text))
        for window in windows:
            shows(window, f"Issue {number}")
            changed = window.evaluate(_STATE_OF_EACH_ELEMENT)
            fresh.goto(window.url)
            shows(fresh, f"Issue {number}")
            assert fresh.evaluate(_STATE_OF_EACH_ELEMENT) == changed
    assert all(window.evaluate("window.isSame") for window in windows)


def test_each_save_is_announced_in_words_of_its_own(page: Page, issue: Path) -> None:
    whole = issue.read_text()
    announcements = set()
    for number, text in enumerate([whole, whole, whole.replace("title: ", "titel: ", 1)] * 2):
        before = page.locator("#status").text_content() or ""
        page.wait_for_timeout(1100)
        save(issue, text.replace("Some plain words.", f"Words number {number}."))
        expect(page.locator("#status")).not_to_have_text(before)
        expect(page.locator("#status")).not_to_contain_text("Checking")
        for part in (".status-summary", ".status-when"):
            wait_for_status(page, page.locator(part).inner_text())
        announcements.add(page.locator("#announcement").inner_text())
    assert len(announcements) == 6


def test_no_status_outlives_what_it_is_about(page: Page, issue: Path) -> None:
    whole = issue.read_text()
    save(issue, whole.replace("title: ", "titel: ", 1))
    wait_for_status(page, "You are seeing the")
    # At the moment at which the new page is there, not a moment later.
    page.evaluate(
        """() => {
          const look = () => {
            const frame = document.querySelector(".frames > iframe");
            const words = frame?.contentDocument?.body?.innerText ?? "";
            if (!words.includes("Mended.")) return requestAnimationFrame(look);
            window.then = document.querySelector("#bar").textContent;
          };
          look();
        }"""
    )
    save(issue, whole.replace("Some plain words.", "Mended."))
    page.wait_for_timeout(200)
    shows(page, "Mended.")
    expect(page.locator("#status")).to_contain_text("No problems")
    then = page.evaluate("window.then")
    assert then and "You are seeing" not in then and "error" not in then


def test_the_email_of_a_save_does_not_wait_for_the_page_around_it(page: Page, issue: Path) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(f"**/issues/{SLUG}/email", hold)
    save(issue, issue.read_text().replace("Some plain words.", "New words."))
    shows(page, "New words.")
    # A newer request may have taken the place of the first one, which is answered nowhere then.
    page.unroute(f"**/issues/{SLUG}/email")
    for route in waiting:
        with contextlib.suppress(Error):
            route.continue_()
    expect(page.locator("#status")).to_contain_text("No problems")


# The line of text at each of some heights of the window: its words, and the height of its middle.
_LINES_AT = """heights => heights.map(height => {
  const { startContainer: node, startOffset: at } = document.caretRangeFromPoint(400, height);
  const start = node.data.slice(0, at).lastIndexOf("\\n") + 1;
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, start + 1);
  const { top, bottom } = range.getBoundingClientRect();
  return [node.data.slice(start, start + 40), (top + bottom) / 2];
})"""


@pytest.mark.parametrize("view", ["plain-text", "plain-text?lines=1", "listening", "source"])
def test_the_reading_place_stays_and_the_bar_shows_an_error(
    chromium: Browser, live: Live, issue: Path, view: str
) -> None:
    parts = [f"Paragraph {number} of many, each of some plain words." for number in range(150)]
    # Headings, since many words without one are a problem.
    parts[::30] = [f"### Part {number}\n\n          {part}" for number, part in enumerate(parts[::30])]
    whole = issue.read_text().replace("Some plain words.", "\n\n          ".join(["Some plain words.", *parts]))
    save(issue, whole)
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.goto(f"{live.address}issues/{SLUG}/{view}")
    # The issue of the test before has the same paragraphs.
    expect(page.get_by_role("heading", level=1)).to_have_text(title_of(issue))
    expect(page.locator("#view")).to_contain_text("Paragraph 149 of many")
    expect(page.locator("#status")).to_contain_text("No problems")
    page.evaluate("scrollTo(0, 3000)")
    # At the middle of a line, a shift by a pixel, such as from rounding, does not reach the next line.
    middles = [middle for _, middle in page.evaluate(_LINES_AT, [200, 400, 600])]
    lines = page.evaluate(_LINES_AT, middles)
    assert any("Paragraph" in words for words, _ in lines)

    def assert_lines_stay() -> None:
        # On a busy computer, the browser may still be at it.
        end = time.monotonic() + 60
        now = page.evaluate(_LINES_AT, middles)
        while not is_same(now) and time.monotonic() < end:
            page.wait_for_timeout(50)
            now = page.evaluate(_LINES_AT, middles)
        assert is_same(now), now

    def is_same(now: list[tuple[str, float]]) -> bool:
        return all(
            words == before and abs(middle - wanted) <= 2
            for (words, middle), (before, _), wanted in zip(now, lines, middles, strict=True)
        )

    save(issue, whole.replace("title: ", "titel: ", 1))
    expect(page.locator(".banner")).to_have_count(1)
    expect(page.locator(".banner")).not_to_be_in_viewport()
    assert_lines_stay()
    expect(page.locator("#status")).to_be_in_viewport(ratio=1)
    expect(page.locator("#status")).to_contain_text("1 to fix")
    save(issue, whole.replace("Some plain words.", "Some plain words.\n\n          One paragraph more above it."))
    expect(page.locator("#view")).to_contain_text("One paragraph more")
    expect(page.locator("#status")).to_contain_text("No problems")
    assert_lines_stay()
    save(issue, whole.replace("title: ", "titel: ", 1))
    expect(page.locator("#status")).to_contain_text("1 to fix")
    page.locator("#to-problems").click()
    expect(page.locator(".banner")).to_be_in_viewport()
    bar, banner = page.locator(".top").bounding_box(), page.locator(".banner").bounding_box()
    assert bar and banner and banner["y"] >= bar["y"] + bar["height"]
    context.close()


def test_a_new_title_reaches_the_heading_and_the_window(page: Page, issue: Path, live: Live) -> None:
    write_simple(live.folder, SLUG, title="Another name for it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Another name for it")
    assert page.title().startswith("Email: Another name for it")


def test_broken_then_recovered(page: Page, issue: Path) -> None:
    whole = issue.read_text()
    save(issue, whole.replace("title: ", "titel: ", 1))
    expect(page.get_by_text("Did you mean “title”?")).to_be_visible()
    expect(page.locator(".banner")).to_contain_text(f"issues/{SLUG}.yaml:3")
    wait_for_status(page, "You are seeing the")
    assert "Some plain words." in email(page)
    beside = page.locator(".banner").bounding_box()
    frame = page.locator("#email").bounding_box()
    assert beside and frame and beside["x"] >= frame["x"] + frame["width"]
    expect(page.locator(".banner .finding").first).to_be_in_viewport(ratio=1)
    save(issue, whole.replace("Some plain words.", "Whole again."))
    shows(page, "Whole again.")
    expect(page.locator(".banner")).to_have_count(0)
    wait_for_status(page, "Updated at")


def test_a_page_that_loses_words_is_removed_again(page: Page, issue: Path) -> None:
    """A page is shown as soon as it is drawn, and counted afterwards. This Markdown is too tight for its engine."""
    whole = issue.read_text()
    save(issue, whole.replace("Some plain words.", "Some _soft_[words](tel:1)."))
    wait_for_status(page, "You are seeing the")
    expect(page.locator("#problems")).to_contain_text("lost on the way")
    shows(page, "Some plain words.")
    save(issue, whole.replace("Some plain words.", "Some _soft_ [words](tel:1)."))
    shows(page, "Some soft words.")
    wait_for_status(page, "No problems.")


def test_the_error_and_the_focus_on_it_stay_until_it_is_fixed(page: Page, issue: Path) -> None:
    whole = issue.read_text()
    saves = {
        # Broken each time, and only found to be so when the page is drawn.
        "You are seeing": [f"{number} _soft_[words](tel:1)." for number in range(3)],
        # A finding of the check, saved again before it was checked again.
        "1 to fix": [f"[click here](https://www.example.org/) {number}." for number in range(5)],
    }
    for state, texts in saves.items():
        save(issue, whole)
        expect(page.locator("#status")).to_contain_text("No problems")
        save(issue, whole.replace("Some plain words.", texts[0]))
        expect(page.locator("#status")).to_contain_text(state)
        page.locator("#to-problems").focus()
        page.evaluate(
            """() => {
              window.lost = 0;
              const links = document.getElementsByTagName("a");
              const look = () => { lost += !links.namedItem("to-problems"); looking = requestAnimationFrame(look); };
              let looking = requestAnimationFrame(look);
              window.end = () => cancelAnimationFrame(looking);
            }"""
        )
        for text in texts[1:]:
            save(issue, whole.replace("Some plain words.", text))
            page.wait_for_timeout(300)
        expect(page.locator("#status")).to_contain_text(state)
        page.evaluate("end()")
        assert page.evaluate("[lost, document.activeElement.id]") == [0, "to-problems"]


def test_deleted_then_restored(page: Page, issue: Path) -> None:
    text = issue.read_text()
    issue.unlink()
    expect(page.locator(".banner")).to_contain_text("This file does not exist any more.")
    assert "Some plain words." in email(page)
    issue.write_text(text.replace("Some plain words.", "Back again."))
    shows(page, "Back again.")
    expect(page.locator(".banner")).to_have_count(0)


def test_it_goes_on_watching_however_often_an_issue_is_renamed(page: Page, issue: Path, live: Live) -> None:
    page.goto(live.address)
    page.evaluate("window.isSame = true")
    here = issue
    for number in range(14):
        here = here.rename(here.with_name(f"name-{number}.yaml"))
        expect(page.locator(".place")).to_have_text([f"issues/{here.name}"])
    for number in range(14):
        write_simple(live.folder, f"other-{number}")
    expect(page.locator(".issue")).to_have_count(15)
    for number in range(14):
        (live.folder / "issues" / f"other-{number}.yaml").unlink()
    expect(page.locator(".place")).to_have_text([f"issues/{here.name}"])
    # The browser asks for the icon and the like; and somebody for an issue that is gone.
    assert page.request.get(f"{live.address}issues/other-3/email").status == 404
    here.unlink()


def test_a_window_of_a_renamed_issue_shows_its_new_name(page: Page, issue: Path) -> None:
    renamed = issue.rename(issue.with_name("another-name.yaml"))
    expect(page.locator(".banner")).to_contain_text("now called “issues/another-name.yaml”")
    assert "Some plain words." in email(page)
    wait_for_status(page, "File missing since")
    renamed.rename(issue)
    expect(page.locator(".banner")).to_have_count(0)


@pytest.mark.parametrize("name", ["brand.yaml", "masthead.mjml", "words.yaml", ""], ids=lambda name: name or "all")
def test_a_missing_template_is_reported_and_not_replaced(page: Page, live: Live, issue: Path, name: str) -> None:
    brand = live.folder / "templates" / "brand.yaml"
    was = brand.read_text()
    save(brand, was.replace('address: "Lantern House', 'address: "Candle House'))
    shows(page, "Candle House")
    missing = (live.folder / "templates" / name) if name else live.folder / "templates"
    away = missing.rename(live.folder / "away")
    expect(page.locator(".banner")).to_contain_text("does not exist any more")
    expect(page.locator(".banner")).to_contain_text(f"templates/{name}".rstrip("/"))
    expect(page.locator(".banner")).to_contain_text("stop the preview with Control-C and start it again")
    save(issue, issue.read_text().replace("Some plain words.", "Saved without it."))
    page.wait_for_timeout(500)
    assert "Candle House" in email(page) and "Some plain words." in email(page)
    away.rename(missing)
    shows(page, "Saved without it.")
    expect(page.locator(".banner")).to_have_count(0)
    assert "Candle House" in email(page)
    save(brand, was)
    # The next test begins with a page that is of now.
    shows(page, "Lantern House")


def test_the_whole_folder_renamed_and_brought_back(page: Page, issue: Path, live: Live) -> None:
    issues = live.folder / "issues"
    away = live.folder / "elsewhere"
    issues.rename(away)
    expect(page.locator(".banner")).to_contain_text("This file does not exist any more.")
    away.rename(issues)
    expect(page.locator(".banner")).to_have_count(0)
    # And it is watched again.
    save(issue, issue.read_text().replace("Some plain words.", "After the move."))
    shows(page, "After the move.")


def test_a_template_a_brand_and_the_configuration(page: Page, live: Live) -> None:
    brand, masthead = live.folder / "templates" / "brand.yaml", live.folder / "templates" / "masthead.mjml"
    was_brand, was_masthead = brand.read_text(), masthead.read_text()
    save(brand, was_brand.replace('address: "Lantern House', 'address: "Candle House'))
    shows(page, "Candle House")
    save(brand, was_brand.replace("timezone:", "timezon:"))
    expect(page.locator(".banner")).to_contain_text("templates/brand.yaml")
    assert "Candle House" in email(page)
    save(brand, was_brand)
    shows(page, "Lantern House")
    save(masthead, was_masthead.replace("{{", "{{ nonsense", 1))
    expect(page.locator(".banner")).to_contain_text("templates/masthead.mjml")
    save(masthead, was_masthead)
    expect(page.locator(".banner")).to_have_count(0)
    settings = live.folder / "pyproject.toml"
    was_settings = settings.read_text()
    save(settings, '[tool.newsletter]\nprofile = "nonsense"\n')
    expect(page.locator(".banner")).to_contain_text("pyproject.toml")
    save(settings, was_settings)
    expect(page.locator(".banner")).to_have_count(0)


def test_a_picture(page: Page, issue: Path, live: Live) -> None:
    image_block = "    image: {src: images/new.png, alt: 'A nurse holds a bag of cells'}\n    content:\n"
    save(issue, issue.read_text().replace("    content:\n", image_block))
    expect(page.locator(".banner")).to_contain_text("There is no picture “images/new.png”")
    picture = live.folder / "issues" / "images" / "new.png"
    shutil.copy(live.folder / "issues" / "images" / "clinic.png", picture)
    expect(page.locator(".banner")).to_have_count(0)
    image = page.frame_locator("#email").get_by_alt_text("A nurse holds a bag of cells")
    first = image.get_attribute("src")
    shutil.copy(live.folder / "issues" / "images" / "winter-moor.png", picture)
    expect(page.frame_locator("#email").get_by_alt_text("A nurse holds a bag of cells")).not_to_have_attribute(
        "src", first or ""
    )
    picture.unlink()


def test_going_back_shows_what_was_chosen(page: Page, issue: Path) -> None:
    grounds = page.frame_locator("#email").locator(".page")
    light = grounds.evaluate("element => getComputedStyle(element).backgroundColor")
    page.get_by_role("link", name="Dark").click()
    page.wait_for_url("**scheme=dark**")
    expect(grounds).not_to_have_css("background-color", light)
    dark = grounds.evaluate("element => getComputedStyle(element).backgroundColor")
    page.get_by_role("link", name="Inbox").click()
    page.wait_for_url("**/inbox")
    page.go_back()
    page.wait_for_url("**scheme=dark**")
    expect(grounds).to_have_css("background-color", dark)
    expect(page.get_by_role("link", name="Dark")).to_have_attribute("aria-current", "true")
    page.evaluate("window.isSame = true")


# The words at the top of the part of the email that is visible.
_TOP = """() => {
  const { contentDocument: inside, contentWindow: its } = document.querySelector("#email");
  // A mark of a problem may be on top of the words.
  const marks = inside.querySelector("newsletter-marks");
  if (marks) marks.hidden = true;
  const { startContainer: node } = inside.caretRangeFromPoint(its.innerWidth / 3, 12);
  if (marks) marks.hidden = false;
  const element = node.nodeType === 1 ? node : node.parentElement;
  return element.closest("p, h2, h3, li, td")?.innerText.slice(0, 60) ?? element.innerText.slice(0, 60);
}"""


def test_the_place_in_the_email_stays_whatever_is_chosen_or_removed(page: Page, issue: Path) -> None:
    shipped = (ROOT / "issues" / "2023-09-26-stem-cell-hope.yaml").read_text()
    title = re.search(r'(?m)^title: "(.*)"$', shipped)
    assert title
    longer = shipped.replace(title[1], title[1] + " very" * 100)
    save(issue, longer)
    shows(page, "very very")
    frame = page.frame_locator("#email")
    source = frame.get_by_text(re.compile("^Source: Swedish study")).last
    source.evaluate("element => element.scrollIntoView()")
    page.evaluate("document.querySelector('#email').isSame = true")
    assert page.evaluate(_TOP).startswith("Source: Swedish study")
    top = source.evaluate("element => element.getBoundingClientRect().top")
    save(issue, shipped)
    expect(frame.locator("body")).not_to_contain_text("very very")
    assert source.evaluate("element => element.getBoundingClientRect().top") == pytest.approx(top, abs=2)
    page.locator("#menu-more > summary").click()
    for choice in ("#images-off", "#text-200", "#grey-1", "#device-phone"):
        page.locator(choice).click()
        expect(page.locator(choice)).to_have_attribute("aria-current", "true")
        page.wait_for_timeout(300)
        assert page.evaluate(_TOP).startswith("Source: Swedish study"), choice
    assert page.evaluate("document.querySelector('#email').isSame")


def test_the_target_of_a_link_stays_announced_while_a_save_is_checked(page: Page, issue: Path) -> None:
    save(issue, issue.read_text().replace("Some plain words.", "Some [linked words](https://www.example.org/there)."))
    shows(page, "Some linked words.")
    page.frame_locator("#email").get_by_role("link", name="linked words").click()
    wait_for_status(page, "No problems.")
    expect(page.locator("#beside")).to_contain_text("Large print No problems")
    expect(page.locator("#notice")).to_contain_text("This link goes to https://www.example.org/there")


def test_scroll_choice_and_focus_stay(page: Page, issue: Path) -> None:
    long = "".join(f"\n\n          Paragraph {number} of many." for number in range(60))
    save(issue, issue.read_text().replace("Some plain words.", "Some plain words." + long))
    shows(page, "Paragraph 59 of many.")
    page.get_by_role("link", name="Phone").click()
    expect(page.locator(".frames.phone")).to_be_visible()
    page.set_viewport_size({"width": 1000, "height": 600})
    page.evaluate("document.querySelector('#email').contentWindow.scrollTo(0, 900)")
    assert page.evaluate("document.querySelector('#email').contentWindow.scrollY") == 900
    page.evaluate("document.querySelector('#scheme-dark').focus({preventScroll: true})")
    # The element itself, not another one in its place.
    page.evaluate("window.focused = document.activeElement")
    save(issue, issue.read_text().replace("Paragraph 0 of many.", "Paragraph nought of many."))
    shows(page, "Paragraph nought of many.")
    assert page.url.endswith("/email?device=phone")
    assert page.evaluate("document.querySelector('#email').contentWindow.scrollY") == 900
    assert page.evaluate("document.activeElement === window.focused && window.focused.id === 'scheme-dark'")


@pytest.mark.parametrize(
    "broken",
    [b"", b"\xff\xfe\xfa", b"\x00" * 1000, b"[" * 100_000, b"a: &x [*x]\n", b"subject: " + b"x" * 2_000_000, b"%&/()="],
    ids=["empty", "no UTF-8", "NUL", "deep", "alias", "large", "signs"],
)
def test_whatever_is_saved_the_last_good_page_stays(page: Page, issue: Path, broken: bytes) -> None:
    whole = issue.read_text()
    issue.write_bytes(broken)
    expect(page.locator(".banner")).to_be_visible()
    assert "Some plain words." in email(page)
    save(issue, whole)
    expect(page.locator(".banner")).to_have_count(0)


def test_every_view_renews_itself(chromium: Browser, live: Live, issue: Path) -> None:
    context = chromium.new_context()
    views = ("plain-text", "listening", "source", "inbox", "message", "plain-text?edition=large-print")
    for number, view in enumerate(views):
        page = context.new_page()
        page.goto(f"{live.address}issues/{SLUG}/{view}")
        page.evaluate("window.isSame = true")
        write_simple(live.folder, SLUG, title=f"Title number {number}", words=f"Words number {number}.")
        expected = f"Title number {number}" if view in ("inbox", "message") else f"Words number {number}."
        expect(page.locator("body")).to_contain_text(expected)
        assert page.evaluate("window.isSame")
        page.close()
    context.close()


def test_an_edition_that_fails_keeps_its_last_page_and_is_named(page: Page, issue: Path, live: Live) -> None:
    expect(page.locator("#beside")).to_contain_text("Large print No problems")
    page.locator("#menu-edition > summary").click()
    page.get_by_role("link", name="Large print").click()
    expect(page).to_have_url(re.compile("edition=large-print"))
    # Until this large print is built, the frame has that of the test before. If the rules broke first, it would stay.
    shows(page, title_of(issue))
    rules = live.folder / "templates" / "large-print.css"
    was = rules.read_text("utf-8")
    save(rules, was + "{{ nonsense }}")
    expect(page.locator("#beside")).to_contain_text("Only in the edition “Large print”.")
    assert "Some plain words." in email(page)
    save(rules, was)
    save(issue, issue.read_text().replace("Some plain words.", "In large letters."))
    shows(page, "In large letters.")
    expect(page.locator("#beside")).not_to_contain_text("Only in the edition")


def test_the_list_has_new_drafts_missing_and_rendered_issues(chromium: Browser, live: Live) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(live.address)
    page.evaluate("window.isSame = true")
    draft = write_simple(live.folder, "_not-yet")
    item = page.get_by_role("region", name="Unfinished").locator("#issue-_not-yet")
    expect(item).to_contain_text("No problems")
    expect(item).to_contain_text("Not rendered yet")
    (live.folder / "outbox").mkdir()
    rendered = live.folder / "outbox" / "not-yet.eml"
    rendered.write_bytes(b"")
    expect(item).not_to_contain_text("Not rendered yet")
    expect(item).not_to_contain_text("changed since")
    os.utime(rendered, (1, 1))
    expect(item).to_contain_text("1 January 1970, ")
    expect(item).to_contain_text("changed since")
    # So it is when something else than the issue itself was saved since.
    styles = live.folder / "templates" / "styles.css"
    os.utime(rendered)
    expect(item).not_to_contain_text("changed since")
    os.utime(styles, (time.time() + 60, time.time() + 60))
    expect(item).to_contain_text("changed since")
    expect(page.locator("main")).not_to_contain_text(re.compile("Checking|Building|Reading"))
    page.wait_for_timeout(1000)
    draft.unlink()
    expect(item).to_have_count(0)
    expect(page.locator("#announcement")).to_contain_text("_not-yet: 1 to fix. File missing since")
    assert page.evaluate("window.isSame")
    context.close()


def test_a_folder_without_issues(chromium: Browser, tmp_path: Path) -> None:
    with running(tmp_path) as live:
        page = chromium.new_page()
        page.goto(live.address)
        expect(page.get_by_text("There are no issues yet.")).to_be_visible()
        (tmp_path / "issues").mkdir()
        write_simple(tmp_path, "the-first")
        expect(page.get_by_role("link", name="A short issue about one thing", exact=True)).to_be_visible()
        page.close()


def test_an_open_window_says_that_the_preview_ended_and_finds_the_next(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    issue = write_simple(tmp_path, SLUG)
    page = chromium.new_page()
    with running(tmp_path) as live:
        page.goto(f"{live.address}issues/{SLUG}/email")
        shows(page, "Some plain words.")
    expect(page.locator("#notice")).to_contain_text("Not connected")
    assert "Some plain words." in email(page)
    save(issue, issue.read_text().replace("Some plain words.", "Changed meanwhile."))
    with running(tmp_path, port=live.port):
        shows(page, "Changed meanwhile.")
    page.close()


@pytest.mark.skipif(sys.platform != "linux", reason="Memory is read from /proc, which Linux alone has.")
def test_five_hundred_saves_in_half_a_minute(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    issue = write_simple(tmp_path, SLUG)
    whole = issue.read_text()
    dice = random.Random(4)

    def disturb() -> None:
        kind = dice.choice(["whole", "whole", "cut", "changed", "in place", "gone", "renamed"])
        text = whole.replace("Some plain words.", f"Save {dice.random()}.")
        if kind == "whole":
            save(issue, text)
        elif kind == "cut":
            save(issue, text[: dice.randrange(len(text))])
        elif kind == "changed":
            at = dice.randrange(len(text))
            save(issue, text[:at] + chr(dice.randrange(0xD7FF)) + text[at + 1 :])
        elif kind == "in place":
            issue.write_text(text, encoding="utf-8")
        elif kind == "gone":
            issue.unlink(missing_ok=True)
        elif issue.exists():
            issue.rename(issue.with_name(f"renamed-{dice.randrange(30)}.yaml"))

    with running(tmp_path) as live:
        page = chromium.new_page()
        page.goto(f"{live.address}issues/{SLUG}/email")
        shows(page, "Some plain words.")
        for _ in range(60):
            disturb()
            time.sleep(0.05)
        save(issue, whole.replace("Some plain words.", "Warm."))
        shows(page, "Warm.")
        # Every rule has run, so that what it keeps is in the memory before.
        wait_for_status(page, "No problems.")
        before = live.memory()
        for _ in range(500):
            disturb()
            time.sleep(0.05)
        save(issue, whole.replace("Some plain words.", "The last save."))
        shows(page, "The last save.")
        expect(page.locator(".banner")).to_have_count(0)
        wait_for_status(page, "No problems.")
        assert live.memory() < 1.2 * before
        assert live.process.poll() is None
        page.close()

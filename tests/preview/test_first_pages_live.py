"""The list of issues and the gallery in a browser: for everyone, while somebody types and while files change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.axe import assert_axe_finds_nothing
from support.live_preview import SIMPLE, Live, make_project, running, save, wait_until, write_simple

BLOCK = 'about: "A block of this project."\nfields: {words: text}\nexample:\n  words: "Sit down"\n'
TEMPLATE = "<mj-text><p>{{ block.words }}</p></mj-text>\n"
WELSH = {
    "A short issue": "Rhifyn byr",
    "What one reader asked us, and what we answered to it": "Beth ofynnodd un darllenydd, a beth oedd ein hateb ni",
    "One plain sentence about it.": "Un frawddeg syml am hynny.",
    "Some plain words for everybody who reads this.": "Geiriau syml i bawb sydd yn darllen hwn.",
}
# What leaves the window, or the box that it is in. A long title in the bar is cut.
_OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(element =>
  element.checkVisibility() && getComputedStyle(element).clipPath === 'none' && !element.closest('.title')
  && element.getBoundingClientRect().right > innerWidth + 1).map(element => element.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("project"))
    pictured = SIMPLE.format(title="Pictured", words=8 * "Some plain words for everybody who reads this. ").replace(
        "    content:\n", "    image: {src: images/clinic.png, decorative: true}\n    content:\n"
    )
    (folder / "issues/pictured.yaml").write_text(pictured, encoding="utf-8")
    # The name of no issue, but of one in another language, and of a draft.
    welsh = pictured.replace("subject: ", "language: cy\nsubject: ")
    for english, own in WELSH.items():
        assert english in welsh
        welsh = welsh.replace(english, own)
    (folder / "issues/pictured.cy.yaml").write_text(welsh, encoding="utf-8")
    write_simple(folder, "_idea", words="See [click here](https://example.org/).")
    (folder / "issues/broken.yaml").write_text("subject: A broken one\narticles: [\n", encoding="utf-8")
    for name, template in (("bad", TEMPLATE.replace(" }}", "")), ("tip", TEMPLATE)):
        (folder / f"templates/blocks/{name}.yaml").write_text(BLOCK, encoding="utf-8")
        (folder / f"templates/blocks/{name}.mjml").write_text(template, encoding="utf-8")
    with running(folder) as preview:
        yield preview


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("place", ["", "?q=nothing&state=warning", "gallery", "gallery?scheme=dark"])
def test_they_are_for_everyone(live: Live, page: Page, place: str) -> None:
    page.goto(live.address + place)
    assert_axe_finds_nothing(page)
    for width, text in ((1280, 4), (320, 1), (320, 2)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * text}%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, text)
        assert page.evaluate(_OVERFLOWING) == [], (width, text)


def test_the_selection_is_visible_with_forced_colours(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(live.address + "gallery")
    backgrounds = [
        page.locator(f"#scheme-{name}").evaluate("link => getComputedStyle(link).backgroundColor")
        for name in ("light", "dark")
    ]
    assert backgrounds[0] != backgrounds[1]
    assert_axe_finds_nothing(page)
    context.close()


def test_the_list_is_filtered_while_somebody_types(live: Live, page: Page) -> None:
    page.goto(live.address)
    result, words = page.locator("#result"), page.get_by_label("Find an issue")
    expect(result).to_have_text("4 issues")
    expect(result).to_have_role("status")
    words.click()
    page.keyboard.type("broken")
    expect(result).to_have_text("1 of 4 issues")
    expect(page.locator("h3")).to_have_text(["A broken one"])
    expect(words).to_be_focused()
    page.wait_for_url("**/?q=broken")
    # A save while somebody types takes nothing away, and the address opens the same list again.
    write_simple(live.folder, "_idea", words="Other words.")
    page.keyboard.press("Backspace")
    expect(words).to_have_value("broke")
    page.wait_for_url("**/?q=broke")
    page.reload()
    expect(words).to_have_value("broke")
    page.get_by_role("link", name="Show all").click()
    expect(result).to_have_text("4 issues")
    page.get_by_label("Show", exact=True).select_option("To fix")
    expect(page.locator("h3")).to_have_text(["A broken one"])


def test_the_filter_is_a_form_without_a_script(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live.address)
    page.get_by_label("Find an issue").fill("welsh")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("#result")).to_have_text("1 of 4 issues")
    expect(page.get_by_label("Find an issue")).to_have_value("welsh")
    context.close()


def test_a_new_verdict_appears_by_itself(live: Live, page: Page) -> None:
    page.goto(live.address)
    item = page.locator("#issue-_idea .verdict")
    write_simple(live.folder, "_idea", words="See [click here](https://example.org/).")
    expect(item).to_contain_text("1 to fix")
    write_simple(live.folder, "_idea", words="See [how plain words help](https://example.org/).")
    expect(item).to_have_text(re.compile("No problems|^1 to consider"))


def test_each_issue_has_a_small_picture(live: Live, page: Page) -> None:
    page.goto(live.address)
    pictures = page.locator(".issue > img")
    expect(pictures).to_have_count(3)
    wait_until(page, "[...document.querySelectorAll('.issue > img')].every(image => image.naturalWidth > 0)")
    types = [page.request.get(live.address.rstrip("/") + str(each.get_attribute("src"))) for each in pictures.all()]
    assert sorted(answer.headers["content-type"] for answer in types) == ["image/jpeg", *2 * ["image/svg+xml"]]


def test_a_frame_is_as_high_as_its_block(live: Live, page: Page) -> None:
    page.goto(live.address + "gallery#block-tip")
    frame = page.frame_locator("#block-tip iframe")
    expect(frame.locator("body")).to_contain_text("Sit down")
    wait_until(
        page,
        """(() => {
          const frame = document.querySelector('#block-tip iframe');
          return Math.abs(frame.clientHeight - frame.contentDocument.body.offsetHeight) < 2;
        })()""",
    )


def test_a_broken_example_says_why_and_the_others_stay(live: Live, page: Page) -> None:
    page.goto(live.address + "gallery#block-bad")
    body = page.frame_locator("#block-bad iframe").locator("body")
    expect(body).to_contain_text("templates/blocks/bad.mjml:1")
    page.locator("#block-button").scroll_into_view_if_needed()
    expect(page.frame_locator("#block-button iframe").locator("body")).to_contain_text("Order the large-print edition")


def test_a_saved_template_appears_by_itself(live: Live, page: Page) -> None:
    page.goto(live.address + "gallery#block-tip")
    inside = page.frame_locator("#block-tip iframe").locator("body")
    expect(inside).to_contain_text("Sit down")
    path: Path = live.folder / "templates/blocks/tip.mjml"
    save(path, TEMPLATE.replace("{{ block.words }}", "{{ block.words }}, and rest"))
    expect(inside).to_contain_text("Sit down, and rest")


def test_the_yaml_can_be_copied(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(live.address + "gallery")
    page.get_by_role("button", name="Copy the YAML of tip").click()
    expect(page.locator("#copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == '- tip:\n    words: "Sit down"\n'
    context.close()


def test_the_keyboard_stops_once_at_each_frame(live: Live, page: Page) -> None:
    page.goto(live.address + "gallery#block-items")
    frame = page.frame_locator("#block-items iframe")
    expect(frame.locator("a").first).to_have_role("link")
    assert frame.locator("a[href]").count() == 0
    page.locator("#block-items").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy the YAML of items")).to_be_focused()

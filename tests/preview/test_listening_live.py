"""Stepping through what a screen reader says, and hearing it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from support.live_preview import Live, make_project, running, save, wait_until

SLUG = "2026-12-03-everything-at-once"

# Voices that say nothing, write down what they were given, and end at once or when a test asks for it;
# after eighty times they stop.
_VOICES = """
window.spoken = [];
window.isPatient = false;
const voices = [
  {name: "Far", lang: "en-GB", localService: false, default: true},
  {name: "English", lang: "en-GB", localService: true},
  {name: "Welsh", lang: "cy_GB", localService: true},
];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices,
  addEventListener() {},
  speak(utterance) {
    spoken.push([utterance.text, utterance.lang, utterance.voice.name]);
    window.last = utterance;
    if (!isPatient && spoken.length < 80) setTimeout(() => utterance.onend());
  },
  cancel() { spoken.push("cancelled"); },
}});
"""


@pytest.fixture(scope="module")
def live(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with running(make_project(tmp_path_factory.mktemp("project"), SLUG)) as preview:
        page = chromium.new_page()
        page.goto(f"{preview.address}issues/{SLUG}/listening")
        expect(page.locator("#status")).not_to_contain_text(re.compile("Checking|Reading"))
        page.close()
        yield preview


def opened(browser: Browser, live: Live, **options: Any) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 700}, reduced_motion="reduce", **options)
    page = context.new_page()
    if options.get("java_script_enabled", True):
        page.add_init_script(_VOICES)
    page.goto(f"{live.address}issues/{SLUG}/listening")
    return page


@pytest.fixture
def page(chromium: Browser, live: Live) -> Iterator[Page]:
    page = opened(chromium, live)
    yield page
    page.context.close()


def current(page: Page) -> str:
    return " ".join((page.locator("#utterances > [aria-current=true] p").text_content() or "").split())


def position(page: Page, at: int) -> None:
    """Wait until the page gives this number as that of the current stop."""
    expect(page.locator("#position")).to_have_value(f"{at}")
    expect(page.locator(".position")).to_contain_text(f"of {page.locator('#utterances > li').count()}")


def test_every_step_works_by_keyboard_alone(page: Page) -> None:
    page.locator("#step-on").focus()
    page.keyboard.press("Enter")
    assert 'can "just" walk, a study' in current(page)
    position(page, 1)
    page.keyboard.press("Space")
    assert current(page) == "link, Read this email on the web"
    expect(page.get_by_role("status").filter(has_text="link, Read this email on the web")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert current(page).startswith("heading level 1")
    page.locator("#step-back").focus()
    page.keyboard.press("Enter")
    assert current(page) == "Saltby Neuro Trust"
    expect(page.locator("#step-back")).to_be_focused()


def test_the_current_stop_is_in_sight_and_there_is_one(page: Page) -> None:
    for _ in range(20):
        page.locator("#step-heading").click()
    assert page.locator("[aria-current=true] .words").count() == 1
    expect(page.locator("#utterances > [aria-current=true]")).to_be_in_viewport()
    page.locator("#step-back").click(click_count=3)
    expect(page.locator("#utterances > [aria-current=true]")).to_be_in_viewport()


def test_before_the_first_and_after_the_last_stop_there_is_none(page: Page) -> None:
    page.locator("#step-back").click()
    position(page, 1)
    for _ in range(60):
        page.locator("#step-heading").click()
    expect(page.locator("#hearing")).to_have_text("There is no heading after this step.")
    for _ in range(60):
        page.locator("#step-heading-back").click()
    assert current(page).startswith("heading level 1")
    expect(page.locator("#hearing")).to_have_text("There is no heading before this step.")


def test_somebody_can_begin_at_any_stop(page: Page) -> None:
    page.locator("#step-12").click()
    position(page, 12)
    page.locator("#step-on").click()
    position(page, 13)
    page.locator("#position").fill("200")
    page.keyboard.press("Enter")
    position(page, 200)
    expect(page.locator("#utterances > [aria-current=true]")).to_have_id("step-200")
    expect(page.locator("#step-200")).to_be_in_viewport()
    page.locator("#position").fill("nonsense")
    page.keyboard.press("Enter")
    position(page, 200)


@pytest.mark.parametrize("text", [100, 200])
def test_in_a_narrow_window_the_buttons_stay_in_sight_and_leave_room(page: Page, text: int) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
    for _ in range(12):
        page.locator("#step-heading").click()
        expect(page.locator("#step-heading")).to_be_in_viewport(ratio=1)
    stepper, current = page.locator("#stepper"), page.locator("#utterances > [aria-current=true]")
    above, below = stepper.bounding_box(), current.bounding_box()
    assert above and below
    assert above["y"] + above["height"] <= 640 * 0.4
    assert below["y"] >= above["y"] + above["height"], "the stop is behind the buttons"


def test_it_reads_each_part_in_its_own_language_with_this_computers_voices(page: Page) -> None:
    page.locator("#step-aloud").click()
    wait_until(page, "spoken.length === 80")
    spoken = page.evaluate("spoken")
    spoken_items = [item for item in spoken if isinstance(item, list)]
    assert ["link", "en-GB", "English"] in spoken_items
    assert ["in Welsh, 4, link", "en-GB", "English"] in spoken_items
    assert ["Cadw’n gynnes y gaeaf hwn", "cy", "Welsh"] in spoken_items
    assert {voice for _, _, voice in spoken_items} == {"English", "Welsh"}
    expect(page.locator("#voices")).to_have_text("This computer has no voice for Arabic: another voice reads it.")


def test_it_stops_when_asked_and_continues_from_there(page: Page) -> None:
    page.evaluate("window.isPatient = true")
    button = page.locator("#step-aloud")
    button.click()
    expect(button).to_have_text("Stop reading")
    expect(page.locator("#hearing")).to_have_text("")
    page.evaluate("last.onend()")
    position(page, 2)
    button.click()
    expect(button).to_have_text("Read aloud from here")
    page.evaluate("last.onend()")
    position(page, 2)
    assert page.evaluate("spoken.at(-1)") == "cancelled"
    button.click()
    assert page.evaluate("spoken.at(-1)")[0] == "link"


def test_without_a_voice_of_this_computer_reading_aloud_is_not_offered(chromium: Browser, live: Live) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(_VOICES.replace("localService: true", "localService: false"))
    page.goto(f"{live.address}issues/{SLUG}/listening")
    expect(page.locator("#step-on")).to_be_visible()
    expect(page.locator("#step-aloud")).to_be_hidden()
    expect(page.locator("#voices")).to_contain_text("This browser has found no voice on this computer")
    context.close()


def test_without_scripts_the_list_is_there_and_no_control(chromium: Browser, live: Live) -> None:
    page = opened(chromium, live, java_script_enabled=False)
    assert page.locator("#utterances > li").count() > 300
    expect(page.locator("#stepper")).to_be_hidden()
    page.context.close()


def test_a_save_keeps_the_place(page: Page, live: Live) -> None:
    for _ in range(3):
        page.locator("#step-heading").click()
    before, focused = current(page), page.locator("#step-heading")
    path = live.folder / "issues" / f"{SLUG}.yaml"
    text = path.read_text("utf-8")
    try:
        save(path, text.replace("Your blood test:", "Your new blood test:"))
        expect(page.locator("#utterances")).to_contain_text("Your new blood test:")
        assert current(page) == before
        expect(focused).to_be_focused()
    finally:
        save(path, text)

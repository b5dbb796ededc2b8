"""The preview passes its own standard: axe-core's every rule, the keyboard alone, narrow windows, large text."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from browser import installed_browser
from live_preview import Live, make_project, running, save, write_simple
from newsletter.preview.views import VIEWS

ISSUE = "2026-12-03-everything-at-once"
BROKEN = "broken-since"
# The states in which a page looks otherwise: the list, each view of a long issue with a warning, an issue that broke
# while it was shown, one that never was whole, a look that is not the first, and an address with nothing.
PLACES = [
    "",
    *(f"issues/{ISSUE}/{view.name}" for view in VIEWS),
    f"issues/{ISSUE}/email?width=320&scheme=inverted&images=off&text=200&grey=1",
    f"issues/{BROKEN}/email",
    f"issues/{BROKEN}/checks",
    f"issues/{BROKEN}/source",
    "issues/never-whole/email",
    "nothing",
]
FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex='0']"

each_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.replace(ISSUE, "long") or "list")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with installed_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def live(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("project"))
    broken = write_simple(folder, BROKEN)
    (folder / "issues" / "never-whole.yaml").write_text("subject: [\n", encoding="utf-8")
    with running(folder) as preview:
        page = chromium.new_page()
        page.goto(f"{preview.address}issues/{BROKEN}/checks")
        expect(page.locator(".state")).to_contain_text("No problems.", timeout=60_000)
        save(broken, broken.read_text().replace("articles:", "articels:").replace("date:", "dat:"))
        expect(page.locator(".banner")).to_be_visible(timeout=60_000)
        page.goto(f"{preview.address}issues/{ISSUE}/checks")
        expect(page.locator(".state")).to_contain_text("1 warning.", timeout=60_000)
        page.close()
        yield preview


def open_page(chromium: Browser, address: str, width: int, scheme: Any = "light") -> Page:
    """Open a page as somebody with this window sees it; closing it ends its context."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    return page


@each_place
def test_axe_finds_nothing(chromium: Browser, live: Live, place: str) -> None:
    for width in (1280, 320):
        page = open_page(chromium, live.address + place, width)
        page.evaluate(AXE_SCRIPT)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            # Every rule that there is: of each level of WCAG, best practice, and those that are still being tried. The
            # email in its frame runs no script, so axe does not look into it; tests/test_browser.py does.
            found = page.evaluate(
                """async () => {
                  const rules = Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]));
                  const found = await axe.run(document, {rules, iframes: false});
                  const violations = found.violations.map(({id, nodes}) => [id, nodes.map(node => node.html)]);
                  return [found.passes.length, violations];
                }"""
            )
            assert found[0] > 20
            assert found[1] == [], f"{width} px, {scheme}: {json.dumps(found[1], indent=1)}"
        page.context.close()


@each_place
def test_narrow_windows_and_large_text(chromium: Browser, live: Live, place: str) -> None:
    for width, text in ((320, 1), (640, 2), (1280, 2)):
        page = open_page(chromium, live.address + place, width)
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * text}%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{width} px, text times {text}"
        page.context.close()


@each_place
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    chromium: Browser, live: Live, place: str
) -> None:
    page = open_page(chromium, live.address + place, 1280)
    wanted = page.evaluate(
        """focusable => {
          window.all = [...document.querySelectorAll(focusable)].filter(element => element.checkVisibility());
          return all.map(element => element.outerHTML.slice(0, 100));
        }""",
        FOCUSABLE,
    )
    reached: list[int] = []
    unseen: list[str] = []
    for _ in range(len(wanted) + 60):  # the links within the email come as well
        page.keyboard.press("Tab")
        index, is_seen = page.evaluate(
            """() => {
              const element = document.activeElement, style = getComputedStyle(element);
              const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && element.matches(':focus-visible');
              return [all.indexOf(element), isSeen];
            }"""
        )
        if index == -1:
            break
        if index not in reached:
            reached.append(index)
            # Within a frame the focus is on a link of the email, where the browser shows it.
            if not is_seen and not wanted[index].startswith("<iframe"):
                unseen.append(wanted[index])
    assert [wanted[index] for index in range(len(wanted)) if index not in reached] == []
    assert reached == sorted(reached)
    assert unseen == []
    page.context.close()


@each_place
def test_what_is_pressed_is_large_enough(chromium: Browser, live: Live, place: str) -> None:
    for width in (1280, 320):
        page = open_page(chromium, live.address + place, width)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                'nav a, .choices a, .name a, .button, button, summary, h2 a, .under a')]
              .filter(element => element.checkVisibility())
              .map(element => [element.textContent, element.getBoundingClientRect()])
              .filter(([_, {height, width}]) => height < 44 || width < 44)
              .map(([words, {height, width}]) => `${words}: ${width} x ${height}`)"""
        )
        assert small == []
        page.context.close()


@each_place
def test_structure(chromium: Browser, live: Live, place: str) -> None:
    page = open_page(chromium, live.address + place, 1280)
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => Number(h.localName[1]))")
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    assert page.evaluate("document.getAnimations().length") == 0
    if place.startswith("issues/"):
        current = page.locator("nav [aria-current='page']")
        view = next(view for view in VIEWS if view.name == place.rpartition("/")[2].partition("?")[0])
        assert current.all_inner_texts() == [view.title]
        expect(page.get_by_role("complementary")).to_have_count(1)
        assert page.title().startswith(f"{view.title}: ")
        assert page.title().endswith(" – Newsletter preview")
        assert any(word in page.title() for word in ("error", "warning", "no problems"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_without_a_script_everything_but_the_renewal_works(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live.address)
    page.get_by_role("link", name="Neuro News, September 2023").click()
    expect(page.frame_locator("#email").get_by_role("heading", level=1)).to_have_text("Neuro News, September 2023")
    page.get_by_role("link", name="Dark").click()
    page.get_by_role("link", name="Phone").click()
    assert page.url.endswith("/email?width=320&scheme=dark")
    background = page.frame_locator("#email").locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert background == "rgb(15, 23, 26)"
    for view in VIEWS:
        page.get_by_role("navigation").get_by_role("link", name=view.title, exact=True).click()
        expect(page.get_by_role("heading", level=2, name=view.title, exact=True)).to_have_count(1)
    context.close()


def test_every_way_to_look_at_the_email(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{ISSUE}/email", 1280)
    page.evaluate("window.isSame = true")
    frame = page.frame_locator(".frames > iframe:not(.coming)")
    body = frame.locator("body")

    def background() -> str:
        return str(body.evaluate("body => getComputedStyle(body).backgroundColor"))

    def choose(group: str, name: str) -> None:
        page.get_by_role("group", name=group).get_by_role("link", name=name, exact=True).click()
        link = page.get_by_role("group", name=group).get_by_role("link", name=name, exact=True)
        expect(link).to_have_attribute("aria-current", "true")
        # The choice keeps the focus, so that the next one is a key away.
        expect(link).to_be_focused()
        expect(page.locator("iframe")).to_have_count(1)

    assert page.locator("#email").evaluate("frame => frame.contentDocument.documentElement.clientWidth") == 600
    light = background()
    choose("Width", "Phone")
    assert page.locator("#email").evaluate("frame => frame.clientWidth") == 320
    choose("Width", "Full")
    assert page.locator("#email").evaluate("frame => frame.clientWidth") > 700
    choose("Colours", "Dark")
    dark = background()
    choose("Colours", "Inverted")
    expect(page.get_by_text("Forced inversion, an approximation")).to_be_visible()
    assert len({light, dark, background()}) == 3
    choose("Images", "Off")
    assert frame.locator("img").count() == 0 or not frame.locator("img").first.evaluate("image => image.naturalWidth")
    sizes = "p => parseFloat(getComputedStyle(p).fontSize)"
    usual = frame.locator("p").first.evaluate(sizes)
    choose("Text size", "200 %")
    assert frame.locator("p").first.evaluate(sizes) == 2 * usual
    choose("Greyscale", "On")
    assert page.url.endswith("/email?width=full&scheme=inverted&images=off&text=200&grey=1")
    page.go_back()
    expect(page.get_by_role("group", name="Greyscale").get_by_role("link", name="Off")).to_have_attribute(
        "aria-current", "true"
    )
    assert page.evaluate("window.isSame")
    page.context.close()

"""The preview passes its own standard: axe-core's every rule, the keyboard alone, narrow windows, large text."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from newsletter.preview.views import VIEWS
from support.axe import assert_axe_finds_nothing, wait_for_paint
from support.live_preview import SIMPLE, Live, make_project, running, save, wait_until, write_simple

# Two languages, a table, a heading, a link and a warning: what the views show differently, and no more of it.
ISSUE_LINES = (
    SIMPLE.format(title="A bit of all", words=f"{'One and ' * 30}ten. See [the trial’s page](https://example.org/a).")
    + """\
      - table: {caption: "Two rows", columns: [Place, Day], rows: [[Leeds, Monday], [York, Friday]]}
  - title: Cadw’n gynnes
    language: cy
    summary: Gair byr am y gaeaf.
    content:
      - text: |
          ### Y gaeaf

          Gwisgwch yn gynnes.
"""
)
ISSUE, BROKEN, LONG = "a-bit-of-all", "broken-since", "2026-12-03-everything-at-once"
# The states in which a page looks otherwise: the list, each view of an issue with a warning, the editions that are not
# the first, a look that is not the first, an issue that broke while it was shown, one that never was whole, and an
# address with nothing.
PLACES = [
    "",
    *(f"issues/{ISSUE}/{view.name}" for view in VIEWS),
    f"issues/{ISSUE}/email?device=phone&scheme=inverted&images=off&text=200&grey=1",
    f"issues/{ISSUE}/email?edition=text-only&scheme=dark",
    f"issues/{ISSUE}/email?part=9&parts=all",
    f"issues/{ISSUE}/inbox?scheme=dark",
    f"issues/{ISSUE}/message?edition=large-print",
    f"issues/{ISSUE}/plain-text?lines=1",
    f"issues/{BROKEN}/email",
    f"issues/{BROKEN}/checks",
    f"issues/{BROKEN}/source",
    f"issues/{LONG}/checks",
    "issues/never-whole/email",
    "gallery",
    "phone",
    "nothing",
]
FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex='0']"


@pytest.fixture(scope="module")
def live(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("project"), LONG, "2023-09-26-stem-cell-hope")
    for slug, title in ((ISSUE, "A bit of all"), (BROKEN, "Broken since")):
        (folder / "issues" / f"{slug}.yaml").write_text(ISSUE_LINES.replace("A bit of all", title), encoding="utf-8")
    (folder / "issues" / "never-whole.yaml").write_text("subject: [\n", encoding="utf-8")
    with running(folder) as preview:
        page = chromium.new_page()
        page.goto(preview.address)
        # Every edition of every issue is built.
        unfinished = re.compile("Checking|Building|Reading")
        expect(page.locator("main")).not_to_contain_text(unfinished, timeout=300_000)
        broken = ISSUE_LINES.replace("articles:", "articels:").replace("date:", "dat:")
        save(folder / "issues" / f"{BROKEN}.yaml", broken)
        expect(page.locator("main")).to_contain_text("showing the last good version")
        page.close()
        yield preview


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: place or "list")
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def opened(chromium: Browser, live: Live, place: str) -> Iterator[Page]:
    """Each page, opened once for all that is asked of it."""
    page = open_page(chromium, live.address + place, 1280)
    yield page
    page.context.close()


@pytest.fixture
def page(opened: Page) -> Page:
    """The page as it was opened: light and wide, its text of the usual size, without focus."""
    opened.emulate_media(color_scheme="light")
    opened.evaluate("document.documentElement.style.fontSize = ''; document.activeElement.blur(); scrollTo(0, 0)")
    opened.evaluate("document.querySelectorAll('.menu').forEach(menu => menu.open = false)")
    opened.set_viewport_size({"width": 1280, "height": 900})
    wait_for_paint(opened)
    return opened


def open_page(chromium: Browser, address: str, width: int) -> Page:
    """Open a page in a window of its own; closing its context ends it."""
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(address)
    return page


def test_axe_finds_nothing(page: Page) -> None:
    assert_axe_finds_nothing(page)


# What leaves the window, or the box that it is in. A long title is cut; all of it is in the email. What a menu
# contains lies over the page, so it may be wider than the menu's button.
_OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element);
  if (!element.checkVisibility() || style.clipPath !== 'none' || element.closest('.title')) return false;
  const isBox = style.overflowX === 'visible' && element.clientWidth && !element.matches('.menu');
  const isWide = isBox && element.scrollWidth > element.clientWidth + 1;
  return isWide || element.getBoundingClientRect().right > innerWidth + 1;
}).map(element => element.outerHTML.slice(0, 120))"""


def test_narrow_windows_and_large_text(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    for width, text in ((768, 1), (375, 1), (320, 1), (320, 1.5), (320, 2), (640, 2), (1280, 2)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * text}%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{width} px, text times {text}"
        assert page.evaluate(_OVERFLOWING) == [], f"{width} px, text times {text}"
        # In a narrow window nothing stays in sight, and in any other it leaves three quarters of it.
        top = page.locator(".top")
        assert top.evaluate("top => getComputedStyle(top).position") == ("sticky" if width > 960 else "static")
        assert width <= 960 or top.evaluate("top => top.offsetHeight") <= 900 / 4


def test_an_email_beside_what_there_is_to_say_about_it_in_half_a_screen(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{LONG}/email", 960)
    email, about = page.locator("#email").bounding_box(), page.locator("#beside").bounding_box()
    assert email and about
    assert email["width"] >= 600
    assert about["x"] >= email["x"] + email["width"]
    assert about["y"] < email["y"]
    page.context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("view", ["checks", "source", "email"])
def test_what_has_the_focus_is_never_behind_the_bar(chromium: Browser, live: Live, view: str, width: int) -> None:
    page = open_page(chromium, f"{live.address}issues/{LONG}/{view}", width)
    page.set_viewport_size({"width": width, "height": 640})
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator("a, button, summary").last.focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        visible = page.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body || element.closest('.top') || element.matches('.skip, iframe')) return null;
              const {bottom} = element.getBoundingClientRect();
              const under = Math.max(0, document.querySelector('.top').getBoundingClientRect().bottom);
              return [bottom - under, element.outerHTML];
            }"""
        )
        assert visible is None or visible[0] > 8, visible
    page.context.close()


def test_there_is_a_way_past_the_email(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{LONG}/email", 1280)
    page.locator("#menu-more > summary").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#skip-over")).to_be_focused()
    expect(page.locator("#skip-over")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#beside")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#beside') !== null")
    page.context.close()


def test_the_page_where_a_link_ends(chromium: Browser, live: Live) -> None:
    page = chromium.new_context(viewport={"width": 320, "height": 900}).new_page()
    # No script runs at its own address, and so no axe.
    page.set_content(page.request.get(f"{live.address}link?to=https://example.org/{'long' * 40}").text())
    assert_axe_finds_nothing(page)
    expect(page.get_by_role("main")).to_contain_text("longlong")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_the_list_when_no_issue_can_be_shown(chromium: Browser, tmp_path: Path) -> None:
    make_project(tmp_path)
    (tmp_path / "issues" / f"{ISSUE}.yaml").write_text(ISSUE_LINES, encoding="utf-8")
    save(tmp_path / "templates" / "brand.yaml", "nonsense: [\n")
    with running(tmp_path) as preview:
        page = open_page(chromium, preview.address, 320)
        expect(page.get_by_role("heading", name="Fix 1 error to update the preview")).to_be_visible()
        expect(page.locator("#status")).to_contain_text("1 to fix")
        assert_axe_finds_nothing(page)
        assert page.evaluate(_OVERFLOWING) == []
        page.context.close()


# Every way in which a page can move, or be moved, by itself.
_MOVING = """() => {
  window.moves = [];
  for (const [owner, name] of [[Element.prototype, 'scrollIntoView'], [window, 'scrollTo'], [window, 'scrollBy']]) {
    const real = owner[name];
    owner[name] = function (how) { moves.push(how?.behavior ?? 'auto'); return real.apply(this, arguments); };
  }
  return [...document.querySelectorAll('*')].filter(element => {
    const {scrollBehavior, animationName, transitionDuration} = getComputedStyle(element);
    return scrollBehavior !== 'auto' || animationName !== 'none' || parseFloat(transitionDuration) > 0;
  }).map(element => element.outerHTML.slice(0, 100));
}"""


@pytest.mark.parametrize(("wish", "is_smooth"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_if_less_motion_is_preferred(chromium: Browser, live: Live, wish: Any, is_smooth: bool) -> None:
    page = chromium.new_context(reduced_motion=wish).new_page()
    page.goto(f"{live.address}issues/{LONG}/listening")
    assert page.evaluate(_MOVING) == []
    page.locator("#step-on").click()
    page.locator("#step-heading").click()
    # The save before may still be checked.
    expect(page.locator("#status")).not_to_contain_text("Checking")
    path = live.folder / "issues" / f"{LONG}.yaml"
    os.utime(path)
    # The update scrolls the page back to its place.
    wait_until(page, "moves.length >= 3")
    assert ("smooth" in page.evaluate("moves")) == is_smooth
    assert page.evaluate("document.getAnimations().length") == 0
    page.context.close()


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(page: Page) -> None:
    wanted = page.evaluate(
        """focusable => {
          const isHere = element => getComputedStyle(element.closest('.control') ?? element).display !== 'none';
          window.all = [...document.querySelectorAll(focusable)].filter(element => element.checkVisibility()
            || (element.closest('.menu:not([open]) > .menu-items') && isHere(element)));
          return all.map(element => element.outerHTML.slice(0, 100));
        }""",
        FOCUSABLE,
    )
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    visited: list[int] = []
    unseen: list[str] = []
    for _ in range(len(wanted) + 60):  # the links within the email come as well
        page.keyboard.press("Tab")
        index, is_seen = page.evaluate(
            """() => {
              const element = document.activeElement, style = getComputedStyle(element);
              const {left, right, top, bottom} = element.getClientRects()[0] ?? element.getBoundingClientRect();
              const middle = (start, end, size) => (Math.max(0, start) + Math.min(size, end)) / 2;
              const over = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
              const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && element.matches(':focus-visible') && element.contains(over);
              return [all.indexOf(element), isSeen];
            }"""
        )
        if index == -1:
            break
        if index not in visited:
            visited.append(index)
            # Within a frame the focus is on a link of the email, where the browser shows it.
            if not is_seen and not wanted[index].startswith("<iframe"):
                unseen.append(wanted[index])
            if page.evaluate("document.activeElement.matches('.menu:not([open]) > summary')"):
                page.keyboard.press("Enter")
    assert [wanted[index] for index in range(len(wanted)) if index not in visited] == []
    assert visited == sorted(visited)
    assert unseen == []


def test_buttons_and_links_are_large_enough(page: Page) -> None:
    """All are 44 px high, except those of the toolbar, which need 32 px and a gap if a mouse points at them."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                'nav a, .options a, .home a, .status a, .button, button, summary, h2 a, .links a')]
              .filter(element => element.checkVisibility())
              .map(element => [element, element.getBoundingClientRect()])
              .filter(([element, {height, width}]) => width < 44 || height < (element.closest('.toolbar') ? 32 : 44))
              .map(([{textContent}, {height, width}]) => `${textContent}: ${width} x ${height}`)"""
        )
        assert small == []


def test_structure(page: Page, place: str) -> None:
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => Number(h.localName[1]))")
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    if place.startswith("issues/"):
        current = page.locator("nav [aria-current='page']")
        view = next(view for view in VIEWS if view.name == place.rpartition("/")[2].partition("?")[0])
        assert current.all_text_contents() == [view.title]
        expect(page.get_by_role("complementary")).to_have_count(1)
        assert page.title().startswith(f"{view.title}: ")
        assert page.title().endswith(" – Newsletter preview")
        assert any(word in page.title() for word in ("to fix", "to consider", "no problems"))
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("view", ["listening", "source", "email"])
def test_a_long_issue_fits_narrow_windows_and_large_text(chromium: Browser, live: Live, view: str) -> None:
    long = open_page(chromium, f"{live.address}issues/{LONG}/{view}", 320)
    assert long.evaluate("document.documentElement.scrollWidth") <= 320
    long.set_viewport_size({"width": 640, "height": 900})
    long.evaluate("document.documentElement.style.fontSize = '200%'")
    assert long.evaluate("document.documentElement.scrollWidth") <= 640
    long.context.close()


def test_without_a_script_everything_but_the_renewal_works(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live.address)
    page.get_by_role("link", name="Stem cell hope for MS: new Swedish findings").click()
    expect(page.frame_locator("#email").get_by_role("heading", level=1)).to_have_text("Neuro News, September 2023")
    page.get_by_role("link", name="Dark").click()
    page.get_by_role("link", name="Phone").click()
    assert page.url.endswith("/email?device=phone&scheme=dark")
    background = page.frame_locator("#email").locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert background == "rgb(15, 23, 26)"
    for view in VIEWS:
        if not view.is_tab:
            page.locator("#more-views > summary").click()
        page.get_by_role("navigation").get_by_role("link", name=view.title, exact=True).click()
        expect(page.get_by_role("heading", level=2, name=view.title, exact=True)).to_have_count(1)
    context.close()


def test_every_way_to_look_at_the_email(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{LONG}/email", 1280)
    page.evaluate("window.isSame = true")
    frame = page.frame_locator(".frames > iframe")
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

    width = "frame => frame.clientWidth"
    assert page.locator("#email").evaluate(width) > 700
    light = background()
    choose("Device", "Phone")
    assert page.locator("#email").evaluate(width) == 360
    choose("Colours", "Dark")
    dark = background()
    choose("Colours", "Inverted")
    expect(page.get_by_text("An approximation of forced dark mode")).to_be_visible()
    assert len({light, dark, background()}) == 3
    page.locator("#menu-more > summary").click()
    choose("Images", "Off")
    assert frame.locator("img").count() == 0 or not frame.locator("img").first.evaluate("image => image.naturalWidth")
    sizes = "p => parseFloat(getComputedStyle(p).fontSize)"
    usual = frame.locator("p").first.evaluate(sizes)
    choose("Text size", "200 %")
    assert frame.locator("p").first.evaluate(sizes) == 2 * usual
    choose("Spacing", "Wide")
    assert frame.locator("p").first.evaluate("p => parseFloat(getComputedStyle(p).wordSpacing)") > 0
    choose("Greyscale", "In grey")
    choose("Forced colours", "On")
    assert background() == "rgb(32, 32, 32)"
    assert page.url.endswith("?device=phone&scheme=inverted&images=off&text=200&spacing=1&grey=1&contrast=1")
    page.go_back()
    page.go_back()
    expect(page.locator("#contrast-0")).to_have_attribute("aria-current", "true")
    assert page.evaluate("window.isSame")
    page.context.close()


def test_every_edition(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{ISSUE}/email", 1280)
    frame = page.frame_locator(".frames > iframe")
    editions = page.get_by_role("group", name="Edition")
    facts = page.get_by_role("complementary")
    page.locator("#menu-edition > summary").click()
    assert editions.get_by_role("link").all_inner_texts() == ["Standard", "Large print", "Text only"]
    size = "p => parseFloat(getComputedStyle(p).fontSize)"
    usual = frame.get_by_text("One plain sentence about it.").first.evaluate(size)
    editions.get_by_role("link", name="Large print").click()
    expect(facts).to_contain_text("Facts: large print")
    expect(page.locator("iframe")).to_have_count(1)
    assert frame.get_by_text("One plain sentence about it.").first.evaluate(size) >= max(24, usual + 4)
    page.get_by_role("link", name="Dark").click()
    assert page.url.endswith("/email?edition=large-print&scheme=dark")
    page.locator("#menu-edition > summary").click()
    editions.get_by_role("link", name="Text only").click()
    expect(facts).to_contain_text("There is no HTML.")
    expect(frame.locator("pre")).to_contain_text("One plain sentence about it.")
    expect(page.get_by_role("group", name="Images")).to_have_count(0)
    # The other views stay with the edition, each with its own message and address.
    page.locator("#more-views > summary").click()
    page.get_by_role("navigation").get_by_role("link", name="Message", exact=True).click()
    expect(page.get_by_role("link", name="Download the .eml")).to_have_attribute(
        "href", f"/issues/{ISSUE}.text-only.eml"
    )
    assert page.locator(".tree").all_inner_texts()[0].startswith("text/plain")
    page.locator("#more-views > summary").click()
    page.get_by_role("navigation").get_by_role("link", name="Web version").click()
    expect(page.frame_locator("#email").get_by_role("main")).to_contain_text("One plain sentence about it.")
    page.context.close()


def test_a_fix_is_previewed_and_there_may_be_none(chromium: Browser, live: Live) -> None:
    lines = "\n\n          ".join(["Read  this first. " + "Some more plain words. " * 20] * 3)
    write_simple(live.folder, "to-be-fixed", words=lines)
    places = "&".join(f"at={line}%3A14" for line in (11, 13, 15))
    page = open_page(chromium, f"{live.address}issues/to-be-fixed/fix?rule=double-spaces&{places}", 1280)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("dl.change")).to_have_count(3)
    expect(page.get_by_role("button", name="Make this change")).to_be_in_viewport(ratio=1)
    assert_axe_finds_nothing(page)
    page.goto(f"{live.address}issues/to-be-fixed/fix?rule=double-spaces&at=1%3A1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was changed")
    assert_axe_finds_nothing(page)
    page.context.close()

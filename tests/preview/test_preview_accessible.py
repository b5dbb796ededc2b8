"""The preview passes its own standard: axe-core's every rule, the keyboard alone, narrow windows, large text."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from newsletter.preview.views import VIEWS
from support.live_preview import SIMPLE, Live, make_project, running, save, wait_until

# Two languages, a table, a heading, a link and a warning: what the views show differently, and no more of it.
WRITTEN = (
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
    f"issues/{ISSUE}/email?width=320&scheme=inverted&images=off&text=200&grey=1",
    f"issues/{ISSUE}/email?edition=text-only&scheme=dark",
    f"issues/{ISSUE}/message?edition=large-print",
    f"issues/{ISSUE}/plain-text?lines=1",
    f"issues/{BROKEN}/email",
    f"issues/{BROKEN}/checks",
    f"issues/{BROKEN}/source",
    f"issues/{LONG}/checks",
    "issues/never-whole/email",
    "nothing",
]
# What axe cannot decide: the email in its frame, in which no script runs and which tests/test_browser.py looks at; and
# what is hidden until there is a voice, which tests/preview/test_screen_reader_live.py shows.
EXPLAINED = {"frame-tested", "hidden-content"}
FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex='0']"


@pytest.fixture(scope="module")
def live(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("project"), LONG, "2023-09-26-stem-cell-hope")
    for slug, title in ((ISSUE, "A bit of all"), (BROKEN, "Broken since")):
        (folder / "issues" / f"{slug}.yaml").write_text(WRITTEN.replace("A bit of all", title), encoding="utf-8")
    (folder / "issues" / "never-whole.yaml").write_text("subject: [\n", encoding="utf-8")
    with running(folder) as preview:
        page = chromium.new_page()
        page.goto(preview.address)
        # Every edition of every issue is built.
        unfinished = re.compile("Checking|Building|Reading")
        expect(page.locator("main")).not_to_contain_text(unfinished, timeout=300_000)
        broken = WRITTEN.replace("articles:", "articels:").replace("date:", "dat:")
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
    opened.set_viewport_size({"width": 1280, "height": 900})
    wait_until_drawn(opened)
    return opened


def wait_until_drawn(page: Page) -> None:
    """Wait for what follows the size of the window: it does so with the next picture of it."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def open_page(chromium: Browser, address: str, width: int) -> Page:
    """Open a page in a window of its own; closing its context ends it."""
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(address)
    return page


def test_axe_finds_nothing(page: Page) -> None:
    assert_axe_finds_nothing(page)


def assert_axe_finds_nothing(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    for width, scheme in itertools.product((1280, 320), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        wait_until_drawn(page)
        # Every rule that there is: of each level of WCAG, best practice, and those that are still being tried. The
        # email in its frame runs no script, so axe does not look into it; tests/test_browser.py does.
        found = page.evaluate(
            """async () => {
              const rules = Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]));
              const found = await axe.run(document, {rules, iframes: false, resultTypes: ['violations', 'incomplete']});
              const listed = results => results.map(({id, nodes}) => [id, nodes.map(node => node.html)]);
              return [found.passes.length, listed(found.violations), listed(found.incomplete)];
            }"""
        )
        assert found[0] > 15
        assert found[1] == [], f"{width} px, {scheme}: {json.dumps(found[1], indent=1)}"
        undecided = [result for result in found[2] if result[0] not in EXPLAINED]
        assert undecided == [], f"undecided at {width} px, {scheme}: {json.dumps(found[2], indent=1)}"


# What leaves the window, or the box that it stands in. The email scrolls in a box of its own.
_OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element);
  if (!element.checkVisibility() || style.clipPath !== 'none' || element.closest('.stage')) return false;
  const isWide = style.overflowX === 'visible' && element.clientWidth && element.scrollWidth > element.clientWidth + 1;
  return isWide || element.getBoundingClientRect().right > innerWidth + 1;
}).map(element => element.outerHTML.slice(0, 120))"""


def test_narrow_windows_and_large_text(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    for width, text in ((320, 1), (320, 1.5), (320, 2), (640, 2), (1280, 2)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * text}%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{width} px, text times {text}"
        assert page.evaluate(_OVERFLOWING) == [], f"{width} px, text times {text}"
        # What stays in sight leaves four fifths of the window of a small phone.
        bar = page.locator("#bar").evaluate("bar => bar.offsetHeight + parseFloat(getComputedStyle(bar).top)")
        assert bar <= 640 / 5, f"{width} px, text times {text}"


def test_an_email_beside_what_there_is_to_say_about_it_in_half_a_screen(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{LONG}/email", 960)
    email, about = page.locator("#email").bounding_box(), page.locator(".about").bounding_box()
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
        seen = page.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body || element.closest('#bar') || element.matches('.skip, iframe')) return null;
              const {bottom} = element.getBoundingClientRect();
              return [bottom - document.querySelector('#bar').getBoundingClientRect().bottom, element.outerHTML];
            }"""
        )
        assert seen is None or seen[0] > 8, seen
    page.context.close()


def test_there_is_a_way_past_the_email(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{LONG}/email", 1280)
    page.locator("#grey-1").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#skip-over")).to_be_focused()
    expect(page.locator("#skip-over")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Open the email alone")).to_be_focused()
    # What does not scroll is no stop; what does is one.
    stage = page.locator("#stage")
    expect(stage).to_have_attribute("tabindex", "-1")
    page.set_viewport_size({"width": 400, "height": 900})
    expect(stage).to_have_attribute("tabindex", "0")
    page.context.close()


def test_the_page_where_a_link_ends(chromium: Browser, live: Live) -> None:
    page = chromium.new_context(viewport={"width": 320, "height": 900}).new_page()
    # Where it stands no script runs, and so no axe.
    page.set_content(page.request.get(f"{live.address}link?to=https://example.org/{'long' * 40}").text())
    assert_axe_finds_nothing(page)
    expect(page.get_by_role("main")).to_contain_text("longlong")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_the_list_when_no_issue_can_be_shown(chromium: Browser, tmp_path: Path) -> None:
    make_project(tmp_path)
    (tmp_path / "issues" / f"{ISSUE}.yaml").write_text(WRITTEN, encoding="utf-8")
    save(tmp_path / "templates" / "brand.yaml", "nonsense: [\n")
    with running(tmp_path) as preview:
        page = open_page(chromium, preview.address, 320)
        expect(page.get_by_role("heading", name="Fix 1 error to update the preview")).to_be_visible()
        expect(page.locator("#status")).to_contain_text("1 error")
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
    page.goto(f"{live.address}issues/{LONG}/screen-reader")
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
          window.all = [...document.querySelectorAll(focusable)].filter(element => element.checkVisibility());
          return all.map(element => element.outerHTML.slice(0, 100));
        }""",
        FOCUSABLE,
    )
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
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


def test_buttons_and_links_are_large_enough(page: Page) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                'nav a, .options a, .name a, .status a, .button, button, summary, h2 a, .under a')]
              .filter(element => element.checkVisibility())
              .map(element => [element.textContent, element.getBoundingClientRect()])
              .filter(([_, {height, width}]) => height < 44 || width < 44)
              .map(([words, {height, width}]) => `${words}: ${width} x ${height}`)"""
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
        assert current.all_inner_texts() == [view.title]
        expect(page.get_by_role("complementary")).to_have_count(1)
        assert page.title().startswith(f"{view.title}: ")
        assert page.title().endswith(" – Newsletter preview")
        assert any(word in page.title() for word in ("error", "warning", "no problems"))
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("view", ["screen-reader", "source", "email"])
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

    assert page.locator("#email").evaluate("frame => frame.contentDocument.documentElement.clientWidth") == 600
    light = background()
    choose("Width", "Phone")
    assert page.locator("#email").evaluate("frame => frame.clientWidth") == 320
    choose("Width", "Full")
    assert page.locator("#email").evaluate("frame => frame.clientWidth") > 700
    choose("Colours", "Dark")
    dark = background()
    choose("Colours", "Inverted")
    expect(page.get_by_text("An approximation of forced dark mode")).to_be_visible()
    assert len({light, dark, background()}) == 3
    choose("Images", "Off")
    assert frame.locator("img").count() == 0 or not frame.locator("img").first.evaluate("image => image.naturalWidth")
    sizes = "p => parseFloat(getComputedStyle(p).fontSize)"
    usual = frame.locator("p").first.evaluate(sizes)
    choose("Text size", "200 %")
    assert frame.locator("p").first.evaluate(sizes) == 2 * usual
    choose("Greyscale", "In grey")
    assert page.url.endswith("/email?width=full&scheme=inverted&images=off&text=200&grey=1")
    page.go_back()
    expect(page.get_by_role("group", name="Greyscale").get_by_role("link", name="In colour")).to_have_attribute(
        "aria-current", "true"
    )
    assert page.evaluate("window.isSame")
    page.context.close()


def test_every_edition(chromium: Browser, live: Live) -> None:
    page = open_page(chromium, f"{live.address}issues/{ISSUE}/email", 1280)
    frame = page.frame_locator(".frames > iframe")
    editions = page.get_by_role("group", name="Edition")
    facts = page.get_by_role("complementary")
    assert editions.get_by_role("link").all_inner_texts() == ["Standard", "Large print", "Text only"]
    size = "p => parseFloat(getComputedStyle(p).fontSize)"
    usual = frame.get_by_text("One plain sentence about it.").first.evaluate(size)
    editions.get_by_role("link", name="Large print").click()
    expect(facts).to_contain_text("Facts: large print")
    expect(page.locator("iframe")).to_have_count(1)
    assert frame.get_by_text("One plain sentence about it.").first.evaluate(size) >= max(24, usual + 4)
    page.get_by_role("link", name="Dark").click()
    assert page.url.endswith("/email?edition=large-print&scheme=dark")
    editions.get_by_role("link", name="Text only").click()
    expect(facts).to_contain_text("there is no HTML")
    expect(frame.locator("pre")).to_contain_text("One plain sentence about it.")
    expect(page.get_by_role("group", name="Images")).to_have_count(0)
    # The other views stay with the edition, each with its own message and address.
    page.get_by_role("navigation").get_by_role("link", name="Message", exact=True).click()
    expect(page.get_by_role("link", name="Download the .eml")).to_have_attribute(
        "href", f"/issues/{ISSUE}.text-only.eml"
    )
    assert page.locator(".tree").all_inner_texts()[0].startswith("text/plain")
    page.get_by_role("navigation").get_by_role("link", name="Web version").click()
    expect(page.frame_locator("#email").get_by_role("main")).to_contain_text("One plain sentence about it.")
    page.context.close()

"""The frame of the preview: where the email begins, its choices, its keys, and two emails that scroll together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from newsletter.preview.views import VIEWS
from support.live_preview import Live, make_project, running, save, wait_until, write_simple

VIEWS_OF_KEYS = {"2": "inbox", "3": "checks", "4": "listening", "1": "email"}
SHORT, LONG, BROKEN = "a-short-one", "2026-12-03-everything-at-once", "broken-since"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Live]:
    folder = make_project(tmp_path_factory.mktemp("project"), LONG)
    (folder / "pyproject.toml").write_text("[tool.newsletter.rules]\nhtml-size = { warn_from_kb = 50 }\n", "utf-8")
    write_simple(folder, SHORT)
    broken = write_simple(folder, BROKEN)
    with running(folder) as preview:
        page = chromium.new_page()
        page.goto(preview.address)
        expect(page.locator("main")).not_to_contain_text(re.compile("Checking|Building|Reading"))
        save(broken, broken.read_text().replace("title: ", "titel: ", 1))
        expect(page.locator("main")).to_contain_text("showing the last good version")
        page.close()
        yield preview


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """An empty tab, in a browser that remembers nothing yet."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, live: Live) -> Page:
    """The Email view of the long issue in that tab."""
    tab.goto(f"{live.address}issues/{LONG}/email")
    wait_for_email(tab)
    return tab


def wait_for_email(page: Page) -> None:
    expect(page.frame_locator("#email").get_by_role("heading", level=1)).to_be_visible()


def box(page: Page, selector: str) -> Any:
    bounds = page.locator(selector).bounding_box()
    assert bounds
    return bounds


# The size of a window, the lowest top of the email, and whether it fills the window without scrolling the page.
WINDOWS = [
    ((1280, 800), 130, True),
    ((960, 600), 130, True),
    ((768, 1024), 130, False),
    ((375, 800), 200, False),
    ((320, 640), 200, False),
]


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: f"{window[0][0]} px")
@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_the_email_comes_first(chromium: Browser, live: Live, window: Any, touch: bool) -> None:
    (width, height), top, is_fixed = window
    size: Any = {"width": width, "height": height}
    context = chromium.new_context(viewport=size, has_touch=touch, is_mobile=touch)
    page = context.new_page()
    page.goto(f"{live.address}issues/{LONG}/email")
    email, toolbar = box(page, "#email"), box(page, "#toolbar")
    assert email["y"] <= top
    assert toolbar["height"] <= 48
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size[0] <= width
    if is_fixed:
        # It fills the window, and the page itself does not scroll.
        assert email["y"] + email["height"] == height == size[1]
        assert email["width"] >= 600
    else:
        assert email["width"] == width
        assert email["height"] >= height / 2
    context.close()


# The name of each option in the toolbar or in one of its menus, with the name of its control, and its height in px.
OPTIONS = """() => {
  const menus = [...document.querySelectorAll('.toolbar .menu')];
  for (const menu of menus) [menu.name, menu.open] = ['', true];
  const links = [...document.querySelectorAll('.toolbar a')].filter(link => link.checkVisibility());
  const result = [links.map(nameOf), links.map(link => link.offsetHeight)];
  for (const menu of menus) menu.open = false;
  return result;
  function nameOf(link) {
    const group = link.closest('[role=group]');
    const label = document.getElementById(group.getAttribute('aria-labelledby'))?.textContent.split(':')[0];
    return `${group.ariaLabel ?? label} ${link.textContent}`;
  }
}"""


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
@pytest.mark.parametrize(
    "choices", ["", "edition=large-print&device=both&scheme=inverted&images=off&text=150&spacing=1&grey=1&contrast=1"]
)
def test_the_toolbar_is_one_row_and_nothing_is_lost(chromium: Browser, live: Live, touch: bool, choices: str) -> None:
    """Each option is in the toolbar or in its menu, once; below 480 px without devices, below 700 px without Both."""
    context = chromium.new_context(has_touch=touch)
    page = context.new_page()
    page.goto(f"{live.address}issues/{LONG}/email?{choices}")
    every: list[str] = []
    for width in [1280, 900, 768, *range(700, 319, -20), 481, 479, 361, 359]:
        page.set_viewport_size({"width": width, "height": 800})
        assert box(page, "#toolbar")["height"] <= 48, width
        options, heights = page.evaluate(OPTIONS)
        every = every or options
        assert len(every) == len(set(every)) > 15
        expected = [name for name in every if width >= 480 or not name.startswith("Device")]
        if width < 700 and "device=both" not in choices:
            expected = [name for name in expected if name != "Device Both"]
        assert sorted(options) == sorted(expected), width
        assert min(heights) >= (44 if touch else 24), width
    context.close()


@pytest.mark.parametrize(("width", "is_above"), [(1280, False), (768, False), (375, True), (320, True)])
def test_a_view_of_the_menu_says_its_name_and_adds_no_row(tab: Page, live: Live, width: int, is_above: bool) -> None:
    """Without room beside the tabs, its name is above the view."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{live.address}issues/{LONG}/ready")
    assert box(tab, ".bar")["height"] <= 96
    assert (box(tab, "#view-title")["height"] > 10) == is_above
    assert (box(tab, "#more-views .in-menu")["width"] > 10) != is_above
    expect(tab.locator("#more-views > summary")).to_have_accessible_name("More views, now Before you send")


def test_what_is_chosen_in_the_menu_is_beside_its_name(page: Page, live: Live) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    more = page.locator("#menu-more > summary")
    expect(more).to_have_text(re.compile(r"^\s*More\s+ways to look at it\s*$"), use_inner_text=True)
    more.click()
    page.locator("#moved-scheme-dark").click()
    name = re.compile(r"^\s*More\s+ways to look at it\s*: Dark")
    expect(more).to_have_text(name, use_inner_text=True)
    page.goto(f"{live.address}issues/{LONG}/email?device=phone&scheme=dark")
    expect(more).to_have_text(name, use_inner_text=True)


@pytest.mark.parametrize("width", [1280, 768, 640, 500])
def test_what_is_chosen_differs_by_more_than_its_colour(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    looks = "getComputedStyle({0}, '::before').content + getComputedStyle({0}).textDecorationLine"
    chosen, other = (looks.format(f"document.querySelector('#device-{each}')") for each in ("desktop", "phone"))
    assert page.evaluate(chosen) != page.evaluate(other)


@pytest.mark.parametrize("view", [*(view.name for view in VIEWS), "email?device=both"])
def test_at_high_zoom_the_page_scrolls_and_nothing_stays(tab: Page, live: Live, view: str) -> None:
    tab.goto(f"{live.address}issues/{LONG}/{view}")
    stuck = "[...document.querySelectorAll('*')].filter(e => /sticky|fixed/.test(getComputedStyle(e).position))"
    for zoom, width, height in (("200 %", 640, 400), ("400 %", 320, 200)):
        tab.set_viewport_size({"width": width, "height": height})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, zoom
        assert tab.evaluate("document.documentElement.scrollHeight") > height, zoom
        assert tab.evaluate(f"{stuck}.map(element => element.className)") == [], zoom


@pytest.mark.parametrize(("width", "beside"), [(1280, 2), (375, 1), (320, 1)])
def test_inboxes_cut_as_real_ones_do(tab: Page, live: Live, width: int, beside: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{live.address}issues/{LONG}/inbox")
    lists = [bounds for each in tab.locator(".phone > .mails").all() if (bounds := each.bounding_box())]
    assert sum(bounds["y"] == lists[0]["y"] for bounds in lists) == beside
    assert all(min(350, width - 40) <= bounds["width"] <= 380 for bounds in lists)
    for name, most in ((".mail-sender", 1), (".mail-subject", 1), (".mail-words", 2)):
        lines = [
            text.evaluate("each => each.offsetHeight / parseFloat(getComputedStyle(each).lineHeight)")
            for text in tab.locator(f".phone .unread {name}").all()
        ]
        assert len(lines) == 3 and max(lines) == pytest.approx(most, abs=0.1), name
    # What a screen reader hears is not cut to the line.
    assert "and what BP" in tab.locator(".phone .mail-subject[lang]").first.inner_text()


def inner_width(page: Page, frame: str) -> int:
    return int(page.evaluate("id => document.getElementById(id).contentWindow.innerWidth", frame))


def test_both_are_beside_each_other_from_700_px(tab: Page, live: Live) -> None:
    tab.goto(f"{live.address}issues/{LONG}/email?device=both")
    wait_for_email(tab)
    for width, height in ((1280, 800), (1024, 768), (960, 600), (900, 800), (768, 1024), (700, 800)):
        tab.set_viewport_size({"width": width, "height": height})
        desktop, phone = box(tab, "#email"), box(tab, "#email-phone")
        assert desktop["y"] == phone["y"], width
        assert desktop["height"] == pytest.approx(phone["height"], abs=1), width
        assert desktop["x"] + desktop["width"] <= phone["x"] and phone["x"] + phone["width"] <= width, width
        # Below these widths, the email would be another one, and no phone is as narrow. A scroll bar takes up to 17 px.
        assert inner_width(tab, "email") >= 617 and 320 <= inner_width(tab, "email-phone") <= 360, width
        assert box(tab, "#toolbar")["height"] <= 49, width
    assert phone["width"] == 320
    # They scroll together, however small the desktop is.
    heading = tab.frame_locator("#email").locator("h2").nth(3)
    heading.evaluate("heading => heading.scrollIntoView()")
    top = "document.querySelector('#{}').contentDocument.querySelectorAll('h2')[3].getBoundingClientRect().y"
    wait_until(tab, f"Math.abs({top.format('email')} - {top.format('email-phone')}) < 4")


def test_each_device_can_be_chosen_wherever_it_changes_the_email(tab: Page, live: Live) -> None:
    """A window of 1280 px has 640 at a zoom of 200 %; below 480 px, the email is that of a phone anyway."""
    tab.goto(f"{live.address}issues/{LONG}/email?device=phone")
    for width, height in ((640, 400), (480, 800)):
        tab.set_viewport_size({"width": width, "height": height})
        for key, option, email_width in (("d", "desktop", width), ("p", "phone", 360)):
            tab.keyboard.press(key)
            is_chosen(tab, f"device-{option}")
            expect(tab.locator(f"#device-{option}")).to_be_visible()
            assert box(tab, "#email")["width"] == email_width
    # Below each other, the two would be no comparison.
    tab.keyboard.press("b")
    expect(tab.locator("#device-both")).to_be_hidden()
    is_chosen(tab, "device-phone")
    tab.goto(f"{live.address}issues/{LONG}/email?device=both")
    expect(tab.locator("#device-both")).to_be_visible()
    desktop, phone = box(tab, "#email"), box(tab, "#email-phone")
    assert phone["y"] >= desktop["y"] + desktop["height"]
    tab.set_viewport_size({"width": 375, "height": 800})
    expect(tab.locator("#email-phone")).to_be_hidden()
    assert box(tab, "#email")["width"] == 375
    tab.goto(f"{live.address}issues/{LONG}/email?device=phone")
    assert box(tab, "#email")["width"] == 375


# Of the words at the top of a frame: how they begin.
_TOP = """id => {
  const { contentDocument: inside, contentWindow: its } = document.getElementById(id);
  const { startContainer: node } = inside.caretRangeFromPoint(its.innerWidth / 3, 12);
  return node.parentElement.closest("p, h2, h3, li, td").innerText.slice(0, 60);
}"""


@pytest.mark.parametrize(("scrolled", "follows"), [("email", "email-phone"), ("email-phone", "email")])
def test_both_scroll_to_the_same_place(tab: Page, live: Live, scrolled: str, follows: str) -> None:
    tab.goto(f"{live.address}issues/{LONG}/email?device=both")
    wait_for_email(tab)
    heading = tab.frame_locator(f"#{scrolled}").locator("h2").nth(3)
    words = heading.inner_text()
    heading.evaluate("heading => heading.scrollIntoView()")
    same = tab.frame_locator(f"#{follows}").locator("h2").nth(3)
    top = (
        "Math.round(document.querySelector('#{}').contentDocument.querySelectorAll('h2')[3].getBoundingClientRect().y)"
    )
    wait_until(tab, f"Math.abs({top.format(scrolled)} - {top.format(follows)}) < 4")
    assert same.inner_text() == words
    offsets = "['email', 'email-phone'].map(id => document.getElementById(id).contentWindow.scrollY)"
    assert len({round(offset) for offset in tab.evaluate(offsets)}) == 2
    end = "(its => its.scrollY + its.innerHeight >= its.document.documentElement.scrollHeight - 2)"
    of = "(document.getElementById('{}').contentWindow)"
    tab.evaluate(f"document.getElementById('{scrolled}').contentWindow.scrollTo(0, 1e6)")
    wait_until(tab, end + of.format(follows))
    tab.evaluate(f"document.getElementById('{scrolled}').contentWindow.scrollTo(0, 0)")
    wait_until(tab, f"{of.format(follows)}.scrollY === 0")


def test_choosing_both_shows_the_place_where_the_reader_is(page: Page) -> None:
    page.frame_locator("#email").locator("h2").nth(3).evaluate("heading => heading.scrollIntoView()")
    words = page.evaluate(_TOP, "email")
    page.keyboard.press("b")
    expect(page.locator("#email-phone")).to_be_visible()
    wait_until(page, "document.querySelector('#email-phone').contentWindow.scrollY > 100")
    assert page.evaluate(_TOP, "email") == words == page.evaluate(_TOP, "email-phone")


def test_the_place_in_the_email_stays_while_another_view_is_read(page: Page) -> None:
    page.frame_locator("#email").locator("h2").nth(3).evaluate("heading => heading.scrollIntoView()")
    words = page.evaluate(_TOP, "email")
    # On a phone, the same words are further down.
    for key in ("3", "1", "p", "2", "1"):
        page.keyboard.press(key)
        if key == "p":
            is_chosen(page, "device-phone")
        else:
            page.wait_for_url(f"**/{VIEWS_OF_KEYS[key]}*")
    wait_for_email(page)
    wait_until(page, "document.querySelector('#email').contentWindow.scrollY > 100")
    assert page.evaluate(_TOP, "email") == words


def test_both_show_each_save(tab: Page, live: Live) -> None:
    tab.goto(f"{live.address}issues/{SHORT}/email?device=both")
    tab.evaluate("window.isSame = true")
    write_simple(live.folder, SHORT, words="Both show this.")
    for frame in ("#email", "#email-phone"):
        expect(tab.frame_locator(frame).locator("body")).to_contain_text("Both show this.")
    assert tab.evaluate("window.isSame")
    write_simple(live.folder, SHORT)


def is_chosen(page: Page, option: str) -> None:
    expect(page.locator(f"#{option}")).to_have_attribute("aria-current", "true")


def test_choices_stay_over_a_reload_and_from_issue_to_issue(page: Page, live: Live) -> None:
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    page.context.on("request", note)
    page.locator("#scheme-dark").click()
    is_chosen(page, "scheme-dark")
    page.locator("#menu-more > summary").click()
    page.locator("#text-150").click()
    page.wait_for_url("**/email?scheme=dark&text=150")
    page.reload()
    is_chosen(page, "scheme-dark")
    page.goto(f"{live.address}issues/{SHORT}/")
    page.wait_for_url(f"**/{SHORT}/email?scheme=dark&text=150")
    is_chosen(page, "text-150")
    background = page.frame_locator("#email").locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert background == "rgb(15, 23, 26)"
    page.locator("#view-inbox").click()
    page.locator("#view-email").click()
    is_chosen(page, "scheme-dark")
    # An address that says how to look at it is followed, and stays as it is.
    page.goto(f"{live.address}issues/{LONG}/email?device=phone")
    is_chosen(page, "device-phone")
    is_chosen(page, "scheme-light")
    # The first option is a choice, too.
    page.goto(f"{live.address}issues/{LONG}/email?scheme=dark")
    page.locator("#scheme-light").click()
    page.wait_for_url("**/email")
    page.reload()
    is_chosen(page, "scheme-light")
    assert requests
    assert not any("cookie" in each.headers or each.post_data for each in requests)


def test_the_edition_stays_as_it_was_chosen_last(page: Page, live: Live) -> None:
    page.locator("#menu-edition > summary").click()
    page.get_by_role("link", name="Large print").click()
    page.wait_for_url("**/email?edition=large-print")
    # The menu closes, and the focus is on what opens it again.
    expect(page.locator("#control-edition")).to_be_focused()
    page.goto(f"{live.address}issues/{SHORT}/")
    page.wait_for_url(f"**/{SHORT}/email?edition=large-print")
    # The address changes first, and then the page with its links.
    expect(page.locator("#view-plain-text")).to_have_attribute("href", re.compile("edition"))
    page.locator("#more-views > summary").click()
    page.get_by_role("link", name="Plain text").click()
    page.wait_for_url("**/plain-text?edition=large-print")  # and until its script keeps choices
    page.locator("#menu-edition > summary").click()
    page.get_by_role("link", name="Standard").click()
    page.wait_for_url("**/plain-text")
    expect(page.locator("#view-email")).not_to_have_attribute("href", re.compile("edition"))
    page.locator("#view-email").click()
    page.wait_for_url(f"**/{SHORT}/email")
    is_chosen(page, "edition-standard")


def test_single_keys(page: Page) -> None:
    for key, option in {"p": "device-phone", "b": "device-both", "d": "device-desktop", "k": "scheme-dark"}.items():
        page.keyboard.press(key)
        is_chosen(page, option)
    # So they do while the focus is in the email.
    page.frame_locator("#email").locator("a").first.focus()
    page.keyboard.press("i")
    is_chosen(page, "scheme-inverted")
    page.keyboard.press("L")
    is_chosen(page, "scheme-light")
    for key, view in VIEWS_OF_KEYS.items():
        page.keyboard.press(key)
        page.wait_for_url(f"**/{view}")


def test_no_key_with_a_modifier_or_in_a_field(page: Page, live: Live) -> None:
    for key in ("Control+k", "Alt+k", "Meta+k"):
        page.keyboard.press(key)
    page.goto(f"{live.address}issues/{LONG}/listening")
    page.locator("#position").focus()
    page.keyboard.type("12?")
    assert page.locator("#position").input_value() == "12?"
    expect(page.locator("#keys")).to_be_hidden()
    assert page.url.endswith("/listening")
    page.locator("#view-email").click()
    page.wait_for_url("**/email")
    is_chosen(page, "scheme-light")


def test_the_list_of_keys_turns_them_off(page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    page.keyboard.press("k")
    dialog.get_by_role("checkbox").click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    is_chosen(page, "scheme-light")
    page.keyboard.press("k")
    page.keyboard.press("?")
    page.reload()
    page.keyboard.press("k")
    expect(dialog).to_be_hidden()
    is_chosen(page, "scheme-light")
    # A button opens the list, and one click turns the keys on again.
    page.locator("#more-views > summary").click()
    page.get_by_role("button", name="Keys").click()
    expect(dialog.get_by_role("checkbox")).not_to_be_checked()
    dialog.get_by_role("checkbox").click()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("k")
    is_chosen(page, "scheme-dark")


def test_the_focus_returns_from_the_list_of_keys_to_its_menu(page: Page) -> None:
    page.locator("#more-views > summary").press("Enter")
    page.locator("#show-keys").press("Enter")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#more-views > summary")).to_be_focused()
    expect(page.locator("#more-views")).not_to_have_attribute("open", "")


def test_menus_close_as_menus_do(page: Page) -> None:
    menu, summary = page.locator("#menu-more"), page.locator("#menu-more > summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#images-on")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    # A choice in it leaves it open, for the next one.
    page.locator("#grey-1").click()
    is_chosen(page, "grey-1")
    expect(page.locator("#contrast-1")).to_be_visible()
    page.mouse.click(100, 700)  # in the email
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [1280, 375])
def test_the_last_good_email_stays_and_the_reason_is_in_view(tab: Page, live: Live, width: int) -> None:
    tab.goto(f"{live.address}issues/{LONG}/email")
    tab.set_viewport_size({"width": width, "height": 800})
    before = box(tab, "#email")
    tab.goto(f"{live.address}issues/{BROKEN}/email")
    wait_for_email(tab)
    email = box(tab, "#email")
    assert email["width"] == before["width"]
    assert email["y"] == before["y"] or (width == 375 and email["y"] < 280)
    reason = tab.get_by_text("There is no key called “titel”.").locator("visible=true")
    expect(reason.first).to_be_in_viewport(ratio=1)
    expect(tab.locator("#status")).to_contain_text("1 to fix")
    expect(tab.locator(".status-page")).to_contain_text("You are seeing the")
    tab.locator(".strip a").click() if width == 375 else tab.locator("#to-problems").click()
    expect(tab.locator("#problems")).to_be_in_viewport()
    expect(tab.locator("#problems")).to_contain_text("Did you mean “title”?")


def test_the_same_warning_is_not_there_twice(tab: Page, live: Live) -> None:
    for view in ("email", "inbox", "checks", "listening"):
        tab.goto(f"{live.address}issues/{LONG}/{view}")
        expect(tab.get_by_text("Gmail cuts emails off")).to_have_count(1)


def test_forced_colours_show_what_is_chosen(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live.address}issues/{LONG}/email")

    def look(selector: str) -> Any:
        style = "element => { const s = getComputedStyle(element); return [s.backgroundColor, s.borderBottomColor]; }"
        return page.locator(selector).evaluate(style)

    assert look("#device-desktop") != look("#device-phone")
    assert look("#view-email") != look("#view-inbox")
    context.close()


def test_every_control_has_a_name_of_its_own(page: Page) -> None:
    page.locator("#menu-more > summary").click()
    names: Any = page.evaluate(
        """() => [...document.querySelectorAll('.top a, .top summary, .toolbar summary, .toolbar a, [role=group]')]
          .filter(element => element.checkVisibility()).map(element => {
            const label = element.getAttribute('aria-label')
              ?? document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? element.textContent;
            const group = element.parentElement.closest('[role=group]');
            return `${label.trim()} in ${group?.getAttribute('aria-label') ?? group?.getAttribute('aria-labelledby')}`;
          })"""
    )
    assert len(names) > 15
    assert len(names) == len(set(names))
    assert not any(name.startswith(" in") for name in names)

"""The marks of problems in the email, the list beside it, the lines of a part, and a fix, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.live_preview import SIMPLE, Live, running, save, wait_until, write_simple
from support.pictures import poster

SLUG = "a-short-one"
WORDS = "\n\n          ".join(
    [
        "Read  this first.",
        *(f"Paragraph {number} has some plain words that nobody minds." for number in range(40)),
        "[click here](https://example.org/) for the rest.",
    ]
)
EDITOR = ("-m", "newsletter", "preview", "--editor", "code")
# Every box of the email, and how far it can be scrolled.
BOXES = """() => { const page = document.querySelector(".frames > iframe").contentDocument; return [
    [page.documentElement.scrollWidth, page.documentElement.scrollHeight],
    ...[...page.body.querySelectorAll("*")].map((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return [x, y, width, height];
    })]; }"""


# Of each email: the names of its marks; and of each mark that lies on words or on another mark, is partly outside of
# the page, or is not at the start of its lines, its name and what is wrong.
MISPLACED = """() => [...document.querySelectorAll(".frames > iframe")].filter(each => each.offsetWidth).map(frame => {
    const page = frame.contentDocument, range = page.createRange(), words = [];
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
    while (walker.nextNode()) {
        for (const { index } of walker.currentNode.data.matchAll(/\\S/g)) {
            range.setStart(walker.currentNode, index);
            range.setEnd(walker.currentNode, index + 1);
            const box = range.getBoundingClientRect();
            if (box.width > 2 && box.height > 2) words.push(box);
        }
    }
    // The sign of a list is before its words, in a letter's width of them.
    for (const item of page.querySelectorAll("li")) {
        const { left, right, top, bottom } = item.getBoundingClientRect();
        if (frame.contentWindow.getComputedStyle(item).listStyleType === "none") continue;
        words.push({ left: left - 18, right: right + 18, top, bottom });
    }
    const { clientWidth, scrollWidth } = page.documentElement;
    const marks = [...page.querySelector("newsletter-marks")?.shadowRoot.querySelectorAll("button") ?? []];
    const boxes = marks.map(each => each.getBoundingClientRect());
    const wrong = boxes.flatMap((box, at) => {
        const beside = words.filter(each => each.top < box.bottom && box.top < each.bottom);
        const isFromRight = page.dir === "rtl";
        return [
            words.some(each => meet(box, each)) && "on words",
            boxes.some((each, other) => other !== at && meet(box, each)) && "on a mark",
            (box.left < -0.5 || box.right > clientWidth + 0.5 || scrollWidth > clientWidth) && "outside",
            beside.some(each => isFromRight ? each.left > box.right : each.right < box.left) && "at the end",
        ].filter(Boolean).map(what => `${marks[at].ariaLabel}: ${what}`);
    });
    const pressed = boxes.map(({ left, right, top, bottom }, at) => {
        const width = parseFloat(frame.contentWindow.getComputedStyle(marks[at], "::after").width) || 0;
        return { left, right: Math.max(right, left + width), top, bottom };
    });
    const both = boxes.flatMap((_, at) => boxes.map((_, other) => [at, other]).filter(([one, two]) => one < two));
    const together = both.filter(([one, two]) => meet(pressed[one], pressed[two]));
    wrong.push(...together.map(pair => `pressed together: ${pair}`));
    return [marks.map(each => each.ariaLabel), wrong];
})"""

# The smallest width of what can be pressed of a mark, and its smallest figures, in px.
TARGETS = """() => {
    const frame = document.querySelector("#email"), page = frame.contentDocument;
    const scale = frame.getBoundingClientRect().width / frame.offsetWidth;
    const marks = [...page.querySelector("newsletter-marks")?.shadowRoot.querySelectorAll("button") ?? []];
    const after = mark => parseFloat(getComputedStyle(mark, "::after").width) || 0;
    const widths = marks.map(mark => Math.max(mark.offsetWidth, after(mark)));
    const figures = marks.map(mark => parseFloat(getComputedStyle(mark).fontSize));
    return [widths, figures].map(each => Math.min(...each) * scale);
}"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "issues").mkdir()
    with running(folder, program=EDITOR) as preview:
        yield preview


def write_issue(live: Live, words: str) -> None:
    """Save the issue in one step, or the preview may show half of it."""
    text = SIMPLE.format(title="A short issue", words=words).replace("A short issue about one thing", "Short")
    save(live.folder / "issues" / f"{SLUG}.yaml", text)


def opened(browser: Browser, live: Live, view: str = "email", **options: Any) -> Page:
    """Open a view of an issue with a long text and a few problems, the last of them far down in it."""
    write_issue(live, WORDS)
    page = browser.new_context(viewport={"width": 1280, "height": 800}, **options).new_page()
    page.goto(f"{live.address}issues/{SLUG}/{view}")
    if options.get("java_script_enabled", True):
        expect(entry(page, "spaces in a row")).to_be_visible()
        # The test before may have saved other words a moment ago.
        expect(page.frame_locator("#email").get_by_text("Paragraph 7 has some plain words")).to_be_attached()
        # The check of the other editions may add a problem above it.
        expect(page.locator("#status")).not_to_contain_text("Checking")
    return page


@pytest.fixture(scope="module")
def page(chromium: Browser, live: Live) -> Iterator[Page]:
    page = opened(chromium, live)
    yield page
    page.context.close()


def entry(page: Page, words: str) -> Locator:
    return page.locator("#findings .finding", has_text=words)


def mark(page: Page, words: str) -> Locator:
    return page.frame_locator("#email").get_by_role("button", name=words)


def test_marks_have_a_shape_a_number_and_a_name_and_move_nothing(page: Page) -> None:
    expect(mark(page, "spaces in a row")).to_be_visible()
    shapes = {}
    for words in ("spaces in a row", "click here"):
        number = entry(page, words).get_attribute("data-number")
        expect(mark(page, words)).to_have_text(f"{number}")
        shapes[words] = mark(page, words).evaluate("each => getComputedStyle(each).borderRadius")
    assert len(set(shapes.values())) == 2
    with_marks = page.evaluate(BOXES)
    page.get_by_label("Marks in the email").uncheck()
    expect(mark(page, "click here")).to_have_count(0)
    assert page.evaluate(BOXES) == with_marks and len(with_marks) > 50
    page.reload()
    expect(entry(page, "click here")).to_be_visible()
    expect(page.get_by_label("Marks in the email")).not_to_be_checked()
    page.keyboard.press("m")
    expect(page.get_by_label("Marks in the email")).to_be_checked()
    expect(mark(page, "click here")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_marks_cover_nothing(chromium: Browser, live: Live, language: str) -> None:
    links = "[click here](https://example.org/), [here](https://example.org/a) and [this link](https://example.org/b)."
    words = f"Read  this first, then {links} " + "One short sentence. " * 9
    write_simple(
        live.folder, f"marked-{language}", words=f"{words}\n\n          - {words}", settings=f"language: {language}\n"
    )
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{live.address}issues/marked-{language}/email?device=both")
    expect(entry(page, "spaces in a row")).to_be_visible()
    expect(page.locator("#status")).not_to_contain_text("Checking")
    for width, emails in ((1280, 2), (900, 2), (768, 2), (375, 1), (320, 1)):
        page.set_viewport_size({"width": width, "height": 800})
        # Marks move when the email has its new size.
        wait_until(
            page,
            f"(places => places.length === {emails} && places.every(([names, wrong]) => names.length && !wrong.length))"
            f"(({MISPLACED})())",
        )
        places = page.evaluate(MISPLACED)
        assert len(places) == emails, places
        for names, _ in places:
            # Each problem of a line has a mark, or one mark has them all.
            numbers = [re.findall(r"(?:Error|Warning) (\d+):", name) for name in names]
            assert all(
                name.startswith(f"{len(its)} problems: ")
                for name, its in zip(names, numbers, strict=True)
                if len(its) > 1
            )
            assert len(numbers) >= 2 and sum(map(len, numbers)) >= 6, names
        # What can be pressed is 24 px wide, and a figure 12 px high, or more.
        wait_until(page, f"(([widths, figures]) => widths >= 24 && figures >= 12)(({TARGETS})())")
        # A mark is as large as ever where the desktop is drawn smaller.
        height = "Math.round(document.querySelector('#email').getBoundingClientRect().width / "
        height += "document.querySelector('#email').offsetWidth * document.querySelector('#email').contentDocument"
        height += ".querySelector('newsletter-marks').shadowRoot.querySelector('button').offsetHeight)"
        wait_until(page, f"{height} === 26")
    page.emulate_media(forced_colors="active")
    wait_until(page, f"({MISPLACED})().every(([names, wrong]) => names.length && !wrong.length)")
    page.context.close()


def test_what_is_not_in_the_page_says_so(page: Page) -> None:
    expect(entry(page, "subject")).to_contain_text("Not in the page")
    assert "Not in the page" not in (entry(page, "spaces in a row").text_content() or "")


def test_by_keyboard_from_the_list_to_the_email_and_back(page: Page) -> None:
    summary = entry(page, "click here").locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(entry(page, "click here")).to_contain_text("Say where it goes")
    frame = page.frame_locator("#email").locator("[data-part]", has_text="click here for the rest")
    wait_until(page, "document.querySelector('#email').contentWindow.scrollY > 500")
    expect(frame).to_be_in_viewport()
    mark(page, "spaces in a row").focus()
    page.keyboard.press("Enter")
    expect(entry(page, "spaces in a row").locator("summary")).to_be_focused()
    expect(entry(page, "spaces in a row")).to_contain_text("Write one space.")


def test_a_mark_for_several_problems_leads_to_the_first(chromium: Browser, live: Live) -> None:
    write_simple(live.folder, "several", words="Read  this, then [click here](https://example.org/).")
    page = chromium.new_context(viewport={"width": 375, "height": 800}).new_page()
    page.goto(f"{live.address}issues/several/email")
    expect(page.locator("#status")).not_to_contain_text("Checking")
    several = page.frame_locator("#email").get_by_role("button", name="2 problems: ")
    expect(several).to_have_accessible_name(re.compile("Error 1: .* Warning 2: .* Show the first of them in the list"))
    several.press("Enter")
    summary = entry(page, "does not say where the link goes").locator("summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport(ratio=1)
    page.context.close()


def test_a_page_that_is_opened_before_its_issue_is_saved_gets_its_styles_and_scripts(
    chromium: Browser, live: Live
) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    answer = page.goto(f"{live.address}issues/not-yet/email")
    assert answer and answer.status == 404
    write_simple(live.folder, "not-yet", words="Read  this.")
    expect(mark(page, "spaces in a row")).to_be_visible()
    box = page.locator("#email").bounding_box()
    assert box and box["y"] < 130
    page.context.close()


def test_the_focus_stays_in_view_however_long_an_entry_is(chromium: Browser, live: Live) -> None:
    places = "\n\n          ".join(
        f"Part {number} has  two spaces, and ALL THESE WORDS SHOUT AT US. [click here](https://example.org/{number})."
        for number in range(20)
    )
    write_simple(live.folder, "many-places", words=places)
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{live.address}issues/many-places/email")
    expect(entry(page, "2 spaces in a row here. In 20 places.")).to_be_visible()
    expect(page.locator("#status")).not_to_contain_text("Checking")
    all_details = page.locator("aside .finding > details").all()
    assert len(all_details) > 3
    for details in [*all_details, *reversed(all_details[:-1])]:
        summary = details.locator("> summary")
        summary.press("Enter")
        expect(details).to_have_attribute("open", "")
        expect(summary).to_be_focused()
        expect(summary).to_be_in_viewport(ratio=1)
        # Of what is below it there is as much as there is room for.
        expect(details.locator(".hint, .places").first).to_be_in_viewport(ratio=0.5)
    # Each of many places is one line, and leads to its lines in the file.
    spaces = entry(page, "2 spaces in a row here. In 20 places.")
    expect(spaces.locator(".hint")).to_have_count(1)
    expect(spaces.locator(".places > li")).to_have_count(20)
    expect(spaces.locator(".places > li").nth(1)).to_have_text(re.compile(r"^Line 13: Text: Part 1 has"))
    page.context.close()


def test_a_part_shows_its_lines_and_opens_in_the_editor(page: Page, live: Live) -> None:
    page.frame_locator("#email").locator("[data-part]", has_text="Paragraph 3 has").click()
    expect(page.locator("#part-words")).to_contain_text("line 19 of issues/a-short-one.yaml")
    expect(page.locator("#part .marked")).to_contain_text("Paragraph 3 has some plain words")
    expect(page.locator("#part .marked")).to_be_in_viewport(ratio=1)  # below the list of problems
    link = page.locator("#part a.open")
    expect(link).to_have_attribute("href", f"vscode://file{live.folder.resolve()}/issues/{SLUG}.yaml:19:11")
    box = page.locator("#parts-list").bounding_box()
    assert box and box["height"] >= 44
    page.locator("#parts-list").focus()
    page.keyboard.press("Enter")
    page.locator(".parts a", has_text="Heading: One thing").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#part-words")).to_contain_text("line 7 of issues/a-short-one.yaml")
    expect(page.locator(".parts a", has_text="Heading: One thing")).to_be_focused()


def test_a_fix_is_previewed_applied_and_undone_without_javascript(chromium: Browser, live: Live) -> None:
    page = opened(chromium, live, java_script_enabled=False)
    for _ in range(300):  # there is no script that would show that the check has ended
        if entry(page, "spaces in a row").locator("a.fix").count():
            break
        page.wait_for_timeout(200)
        page.reload()
    entry(page, "spaces in a row").locator("summary").click()
    page.locator("a.fix:visible").click()
    expect(page.locator("dl.change")).to_have_text(
        "Before Read  this first. After Read this first.", use_inner_text=True
    )
    page.get_by_role("button", name="Make this change").click()
    file = live.folder / "issues" / f"{SLUG}.yaml"
    assert "Read this first." in file.read_text(encoding="utf-8")
    expect(page.locator("#fixed")).to_be_focused()
    expect(page.locator("#fixed")).to_contain_text("Fixed Line 11 of", use_inner_text=True)
    page.get_by_role("button", name="Undo this fix").click()
    assert "Read  this first." in file.read_text(encoding="utf-8")
    expect(page.locator("#undone")).to_be_focused()
    expect(page.locator("#undone")).to_contain_text("Undone Line 11 of", use_inner_text=True)
    page.context.close()


def test_a_fix_is_applied_and_undone_by_keyboard_alone(chromium: Browser, live: Live) -> None:
    page = opened(chromium, live)
    file = live.folder / "issues" / f"{SLUG}.yaml"
    press_tab_until(page, "summary", "spaces in a row")
    page.keyboard.press("Enter")
    press_tab_until(page, "a", "Fix this")
    page.keyboard.press("Enter")
    expect(page.locator("dl.change")).to_contain_text("Before")
    press_tab_until(page, "button", "Make this change")
    page.keyboard.press("Enter")
    expect(page.locator("#fixed")).to_be_focused()
    expect(page.locator("#fixed")).to_be_in_viewport(ratio=1)
    assert "Read this first." in file.read_text(encoding="utf-8")
    press_tab_until(page, "button", "Undo this fix")
    page.keyboard.press("Enter")
    expect(page.locator("#undone")).to_be_focused()
    expect(page.get_by_role("button", name="Undo this fix")).to_be_hidden()
    assert "Read  this first." in file.read_text(encoding="utf-8")
    page.context.close()


def go_to_the_email_and_back(page: Page) -> None:
    """Follow the link of the open problem to its place in the email, and the button there back to the list."""
    link = entry(page, "click here").get_by_role("link", name="Show it in the email")
    link.press("Enter")
    place = page.frame_locator("#email").locator("[data-part]", has_text="click here for the rest")
    expect(place).to_be_in_viewport()
    expect(page.locator("#to-list")).to_be_focused()
    expect(page.locator("#to-list")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), [(768, 1024), (375, 667)])
def test_in_a_narrow_window_a_problem_leads_to_its_place_and_back(
    chromium: Browser, live: Live, width: int, height: int
) -> None:
    page = opened(chromium, live, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    for words in ("spaces in a row", "click here"):
        entry(page, words).locator("summary").press("Enter")
        expect(entry(page, words).locator("summary")).to_be_focused()
        expect(entry(page, words).locator("summary")).to_be_in_viewport(ratio=1)
        expect(entry(page, words).locator(".hint, .actions").first).to_be_in_viewport(ratio=1)
    expect(page.locator("#to-list")).to_be_hidden()
    go_to_the_email_and_back(page)
    expect(page.locator("#to-list")).to_be_hidden()
    # From the mark, back to the list.
    mark(page, "click here").press("Enter")
    expect(entry(page, "click here").locator("summary")).to_be_focused()
    expect(entry(page, "click here").locator("summary")).to_be_in_viewport(ratio=1)
    page.context.close()


@pytest.mark.parametrize(("width", "height"), [(768, 1024), (375, 667), (640, 400), (320, 200)])
def test_in_a_small_window_the_email_does_not_scroll_in_a_page_that_scrolls(
    chromium: Browser, live: Live, width: int, height: int
) -> None:
    page = opened(chromium, live, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    email = "document.querySelector('#email').contentDocument.documentElement"
    wait_until(page, f"{email}.scrollHeight <= {email}.clientHeight && {email}.clientHeight > 1000")
    entry(page, "click here").locator("summary").press("Enter")
    go_to_the_email_and_back(page)
    # Who reads stays where that is while words are added above.
    words = page.frame_locator("#email").get_by_text("Paragraph 20 has some")
    words.evaluate("each => each.scrollIntoView({ block: 'start' })")
    top = words.bounding_box()
    write_issue(live, WORDS.replace("Paragraph 7 ", "Part 7 has many more words. " * 20))
    expect(page.frame_locator("#email").get_by_text("Part 7 has many")).to_be_attached()
    wait_until(page, f"{email}.scrollHeight <= {email}.clientHeight")
    now = words.bounding_box()
    assert top and now and now["y"] == pytest.approx(top["y"], abs=3)
    # So it does over another view.
    page.locator("#view-inbox").evaluate("each => each.click()")
    page.wait_for_url("**/inbox")
    page.go_back()
    expect(words).to_be_in_viewport()
    # In a large window, the email scrolls in its frame.
    page.set_viewport_size({"width": 1280, "height": 800})
    wait_until(page, f"{email}.scrollHeight > {email}.clientHeight")
    page.context.close()


def test_a_mark_keeps_the_focus_while_marks_are_drawn_again_and_over_a_save(chromium: Browser, live: Live) -> None:
    page = opened(chromium, live)
    mark(page, "click here").focus()
    handle = mark(page, "click here").element_handle()
    assert handle is not None
    has_focus = "each => each.isConnected && each.getRootNode().activeElement === each"
    page.locator("#show-marks").dispatch_event("change")
    assert handle.evaluate(has_focus)
    # A save changes the email around it.
    write_issue(live, WORDS.replace("Paragraph 7", "Part 7"))
    expect(page.frame_locator("#email").get_by_text("Part 7")).to_be_visible()
    expect(page.locator("#status")).not_to_contain_text("Checking")
    assert handle.evaluate(has_focus)
    page.keyboard.press("Enter")
    expect(entry(page, "click here").locator("summary")).to_be_focused()
    # Switched off, no mark is left, and switched on, each is there once.
    number = mark(page, "").count()
    for choice, left in ("off", 0), ("on", number):
        page.locator("#show-marks").set_checked(choice == "on")
        expect(mark(page, "")).to_have_count(left)
    page.context.close()


FAULTS = {
    "link": "[click here](https://example.org/) for the rest.",
    "spaces": "Read  this first.",
    "capitals": "READ ALL OF THIS NOW.",
}
UNUSED = """    allow: {link-text: "There was such a link in this article."}\n"""


def write_faults(live: Live, *faults: str, allow: str = "") -> None:
    """Save an issue with some of the faults, and maybe with an allowance that only the check of all editions knows."""
    words = "\n\n          ".join([FAULTS[fault] for fault in faults] or ["Some plain words."])
    text = SIMPLE.format(title="A short issue", words=words).replace("    content:", f"{allow}    content:")
    save(live.folder / "issues" / "moving.yaml", text)


@pytest.fixture
def moving(chromium: Browser, live: Live) -> Iterator[Page]:
    """The email with three problems, of which the second is open and has the focus."""
    write_faults(live, "link", "spaces", "capitals")
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{live.address}issues/moving/email")
    expect(page.locator("#status")).to_contain_text("1 to fix, 2 to consider")
    entry(page, "spaces in a row").locator("summary").press("Enter")
    expect(entry(page, "spaces in a row").locator("> details")).to_have_attribute("open", "")
    yield page
    page.context.close()


def test_what_is_open_and_has_the_focus_stays_with_its_problem(moving: Page, live: Live) -> None:
    spaces, all_open = entry(moving, "spaces in a row"), moving.locator("aside .finding > details[open]")
    expect(spaces).to_have_attribute("data-number", "2")
    address = spaces.locator("a", has_text="Why").get_attribute("href")
    button = mark(moving, "spaces in a row").element_handle()
    assert button
    # A save fixes the problem before it, another adds that again, and then the check of all editions adds one.
    for faults, allow, number, first in (
        (["spaces", "capitals"], "", 1, "spaces in a row"),
        (["link", "spaces", "capitals"], "", 2, "click here"),
        (["spaces", "capitals"], UNUSED, 2, "nothing to allow"),
    ):
        write_faults(live, *faults, allow=allow)
        expect(entry(moving, first)).to_have_attribute("data-number", "1")
        expect(spaces).to_have_attribute("data-number", f"{number}")
        expect(mark(moving, "spaces in a row")).to_have_text(f"{number}")
        expect(moving.locator("#status")).not_to_contain_text("Checking")
        expect(spaces.locator("summary")).to_be_focused()
        expect(spaces.locator("> details")).to_have_attribute("open", "")
        expect(all_open).to_have_count(1)
        assert button.evaluate("each => each.isConnected")
    assert address == spaces.locator("a", has_text="Why").get_attribute("href")
    # An error that stops the page moves the list below it.
    write_faults(live, "spaces", allow="    titel: A key that does not exist\n")
    earlier = moving.locator("#earlier .finding", has_text="spaces in a row")
    expect(earlier.locator("> details")).to_have_attribute("open", "")
    expect(earlier.locator("summary")).to_be_focused()
    write_faults(live, "link", "spaces")
    expect(spaces.locator("> details")).to_have_attribute("open", "")
    expect(spaces.locator("summary")).to_be_focused()
    # What only the check of all editions knows is not in the list for a moment at each save.
    write_faults(live, "spaces", allow=UNUSED)
    unused = entry(moving, "nothing to allow")
    unused.locator("summary").press("Enter")
    for faults in (["spaces", "capitals"], ["spaces"]):
        write_faults(live, *faults, allow=UNUSED)
        expect(entry(moving, "all in capitals")).to_have_count(faults.count("capitals"))
        expect(unused.locator("> details")).to_have_attribute("open", "")
        expect(unused.locator("summary")).to_be_focused()
    # The address of the problem leads to it in the Checks view, whatever its number.
    moving.goto(f"{live.address}issues/moving/{address}")
    expect(moving.locator("article.finding:target")).to_contain_text("spaces in a row")


def test_after_a_problem_is_fixed_the_focus_goes_to_the_next_one_and_then_to_the_list(moving: Page, live: Live) -> None:
    write_faults(live, "link", "capitals")
    expect(entry(moving, "spaces in a row")).to_have_count(0)
    expect(entry(moving, "all in capitals").locator("summary")).to_be_focused()
    expect(moving.locator("aside .finding > details[open]")).to_have_count(0)
    write_faults(live, "link")
    expect(entry(moving, "all in capitals")).to_have_count(0)
    expect(moving.locator("#findings")).to_be_focused()
    expect(moving.locator("#findings")).to_have_accessible_name("Problems")
    entry(moving, "click here").locator("summary").focus()
    write_faults(live)
    expect(entry(moving, "click here")).to_have_count(0)
    expect(moving.locator("#beside")).to_be_focused()
    expect(moving.locator("#announcement")).to_contain_text("No problems")


def test_in_the_checks_view_the_reasons_stay_open_and_the_focus_goes_to_the_next_problem(
    moving: Page, live: Live
) -> None:
    moving.locator("#view-checks").click()
    spaces = moving.locator("article.finding", has_text="spaces in a row")
    spaces.locator("summary").press("Enter")
    write_faults(live, "spaces", "capitals")
    expect(moving.locator("article.finding", has_text="click here")).to_have_count(0)
    expect(spaces.locator("details")).to_have_attribute("open", "")
    expect(spaces.locator("summary")).to_be_focused()
    write_faults(live, "capitals")
    expect(spaces).to_have_count(0)
    expect(moving.locator("article.finding", has_text="all in capitals")).to_be_focused()


def test_a_picture_without_a_description_stops_neither_the_email_nor_the_check(chromium: Browser, live: Live) -> None:
    folder = live.folder / "issues" / "images"
    folder.mkdir(exist_ok=True)
    (folder / "square.png").write_bytes(poster(["A square"], size=(1104, 300)))
    path = live.folder / "issues" / "undescribed.yaml"
    text = SIMPLE.format(title="A short issue", words="Read  this.")
    save(path, text.replace("    content:", "    image: {src: images/square.png}\n    content:"))
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{live.address}issues/undescribed/email")
    expect(page.locator("#status")).to_contain_text("1 to fix, ")
    picture = page.frame_locator("#email").get_by_alt_text("No description yet")
    expect(picture).to_be_visible()
    place, button = picture.bounding_box(), mark(page, "The picture has no description").bounding_box()
    assert place and button and abs(place["y"] - button["y"]) < 2
    expect(entry(page, "spaces in a row")).to_be_visible()
    entry(page, "has no description").locator("summary").press("Enter")
    expect(entry(page, "has no description")).to_contain_text("Line 9 of issues/undescribed.yaml")
    page.goto(f"{live.address}issues/undescribed/email?images=off")
    expect(picture).to_be_visible()
    expect(picture).not_to_have_attribute("src", re.compile("."))
    save(path, path.read_text("utf-8").replace("square.png}", "square.png, alt: A card that says “A square”.}"))
    expect(entry(page, "has no description")).to_have_count(0)
    expect(picture).to_have_count(0)
    page.context.close()


def press_tab_until(page: Page, tag: str, words: str) -> None:
    """Press Tab, at most 60 times, until an element with this tag and these words has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(
            "([tag, words]) => document.activeElement.matches(tag) && document.activeElement.innerText.includes(words)",
            [tag, words],
        ):
            return
    raise AssertionError(f"Tab does not reach “{words}”")

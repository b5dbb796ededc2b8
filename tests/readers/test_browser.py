"""Both shipped issues, and one made of every block's example, as a reader meets them: measured in a real browser."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from newsletter.audit.find_browser import NO_BROWSER, find_browser
from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build
from newsletter.project import Project
from newsletter.stages.data_urls import browser_page
from newsletter.stages.inline import inline
from support.axe import WCAG, run_axe
from support.browser import Measured, View, installed_browser, opened
from support.class_names import in_email, with_long_names
from support.examples import SHORT, write_every_block

SLUGS = [*sorted(path.stem for path in (Path(__file__).parents[2] / "issues").glob("[!_]*.yaml")), "every-block"]
PLAIN = [View(width, scheme) for scheme in ("light", "dark") for width in (600, 320)]
ZOOMED = View(300)
"""200 % zoom of a window that was 600 px wide."""
LARGE = [
    ZOOMED,
    View(320, spaced=True),
    View(640, text_scale=2),
    View(640, text_scale=2, spaced=True),
]
FORCED = [View(scheme=scheme, forced_colours=True) for scheme in ("light", "dark")]
NARROW = 599
"""Up to here a wide table is shown as a list (dark.css)."""

Measure = Callable[[str, View], Measured]

# With the scope of a module, pytest runs the tests of one view one after the other, so that each of several processes
# measures other views.
each_slug = pytest.mark.parametrize("slug", SLUGS, scope="module")


def each_view(*views: View) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("view", views, ids=str, scope="module")


@pytest.fixture(scope="module")
def pages(
    editions: dict[str, Edition], project: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Edition]:
    folder = tmp_path_factory.mktemp("every-block")
    examples = Project(folder)
    every_block = build(write_every_block(project, folder), examples, load_brand(examples))
    return {slug: with_long_names(edition) for slug, edition in {**editions, "every-block": every_block}.items()}


@pytest.fixture(scope="module")
def measure_page(chromium: Browser, pages: dict[str, Edition], tmp_path_factory: pytest.TempPathFactory) -> Measure:
    """Measure the page in the outbox, which has its pictures inside; once for each view."""
    return measuring(chromium, {slug: browser_page(page) for slug, page in pages.items()}, tmp_path_factory)


@pytest.fixture(scope="module")
def measure_email(chromium: Browser, pages: dict[str, Edition], tmp_path_factory: pytest.TempPathFactory) -> Measure:
    """Measure the email as it is sent; its pictures do not load."""
    return measuring(chromium, {slug: page.inlined for slug, page in pages.items()}, tmp_path_factory)


def measuring(chromium: Browser, html: Mapping[str, str], folders: pytest.TempPathFactory) -> Measure:
    @functools.cache
    def measure(slug: str, view: View) -> Measured:
        with opened(chromium, html[slug], view, folders.mktemp("measured")) as page:
            return page.measure()

    return measure


def listed(texts: list[dict[str, Any]]) -> list[str]:
    return [f"{text['words'][:50]} ({text['where']})" for text in texts]


@each_slug
@each_view(*PLAIN)
def test_axe_finds_no_violation(
    chromium: Browser, pages: dict[str, Edition], slug: str, view: View, tmp_path: Path
) -> None:
    with opened(chromium, browser_page(pages[slug]), view, tmp_path) as tab:
        assert run_axe(tab.page, WCAG)["violations"] == []


@each_slug
@each_view(*PLAIN, *FORCED)
def test_every_word_has_a_contrast_of_seven_to_one(measure_page: Measure, slug: str, view: View) -> None:
    texts = measure_page(slug, view).visible
    assert len(texts) > 100
    assert not [f"{text['contrast']:.2f}: {text['words']}, {text['colours']}" for text in texts if text["contrast"] < 7]
    assert not listed([text for text in texts if text["picture"]])


@each_slug
@each_view(*PLAIN, *LARGE)
def test_nothing_scrolls_sideways(measure_page: Measure, slug: str, view: View) -> None:
    measured = measure_page(slug, view)
    assert measured["sideways"] == 0
    assert not listed([text for text in measured.visible if text["spills"]])


@each_slug
@each_view(*PLAIN, *LARGE)
def test_no_word_is_split(measure_page: Measure, slug: str, view: View) -> None:
    """Except those that are longer than their line, such as a Welsh place name of 58 letters."""
    assert not [split for split in measure_page(slug, view)["split"] if split["length"] <= split["room"]]


@each_slug
@each_view(*PLAIN, *LARGE, *FORCED)
def test_nothing_is_clipped_or_covered(measure_page: Measure, slug: str, view: View) -> None:
    measured = measure_page(slug, view)
    # In text at 200 % a data table may be too wide for its place: then it scrolls there, and the page does not.
    clipped = [item["where"] for item in measured["clipped"]]
    assert not [where for where in clipped if view.text_scale == 1 or not where.endswith("div.scroll")]
    assert measured["overlaps"] == []
    assert measured["positioned"] == []


@each_slug
@each_view(*PLAIN, *LARGE, *FORCED)
def test_only_names_of_columns_are_hidden(measure_page: Measure, slug: str, view: View) -> None:
    """A wide table shows them once in its head; as a list, on a phone, once in each item."""
    measured = measure_page(slug, view)
    hidden = [text for text in measured["texts"] if text["hidden"]]
    names = {text["words"].rstrip(":") for text in measured.visible if {"column-name", "thead"} & part_names(text)}
    place = "thead" if view.width <= NARROW else "column-name"
    assert not listed([text for text in hidden if place not in part_names(text)])
    assert {text["words"].rstrip(":") for text in hidden} <= names


def part_names(text: dict[str, Any]) -> set[str]:
    return {*text["tags"], *text["classes"]}


@each_slug
@each_view(*PLAIN)
def test_text_is_large_and_well_spaced(measure_page: Measure, slug: str, view: View) -> None:
    texts = measure_page(slug, view).visible
    assert not listed([text for text in texts if text["size"] < 16])
    body = [text for text in texts if not {"caption", "label", "preheader", "footer", "sup", "sub"} & part_names(text)]
    assert len(body) > 100
    assert not listed([text for text in body if text["size"] < 18])
    headings = {"h1", "h2", "h3", "h4", "caption", "button"}
    assert not listed(
        [text for text in body if text["line"] < 1.5 and not headings & {*text["tags"], *text["classes"]}]
    )


@each_slug
@each_view(*PLAIN)
def test_text_is_plain(measure_page: Measure, slug: str, view: View) -> None:
    """Set to the side where its language begins, upright, in the case in which it was typed."""
    texts = measure_page(slug, view).visible
    assert {text["align"] for text in texts} <= {"left", "right", "start", "center", "-webkit-center"}
    ragged = [text for text in texts if "button" not in text["classes"]]
    assert not listed([text for text in ragged if abs(text["indent"]) > 2])
    assert not listed([text for text in texts if text["transform"] != "none"])
    assert not listed([text for text in texts if text["italic"] and not {"em", "i", "cite"} & {*text["tags"]}])


@each_slug
@each_view(*PLAIN)
def test_links_are_easy_to_see_and_hit(measure_page: Measure, slug: str, view: View) -> None:
    links = measure_page(slug, view)["links"]
    assert not [link["words"] for link in links if not (link["underlined"] or link["button"])]
    alone = [link for link in links if not link["inSentence"]]
    assert not [(link["words"], link["height"]) for link in alone if link["height"] < 24 or link["width"] < 24]
    buttons = [link for link in links if link["button"]]
    assert buttons
    assert not [(link["words"], link["height"]) for link in buttons if link["height"] < 44]
    assert not [(link["words"], link["edge"]) for link in buttons if link["edge"] < 3 or link["edgeWidth"] < 2]


@each_slug
@each_view(*PLAIN)
def test_pictures_that_do_not_load_leave_their_words(measure_email: Measure, slug: str, view: View) -> None:
    described = [image for image in measure_email(slug, view)["images"] if image["alt"]]
    assert described
    assert not [image for image in described if image["loaded"]]
    assert not [image for image in described if image["size"] < 18 or image["contrast"] < 7]
    assert not [image for image in described if image["height"] < image["needed"] - 1]


@each_slug
@each_view(*PLAIN)
def test_a_page_asks_for_its_pictures_alone(
    measure_email: Measure, measure_page: Measure, pages: dict[str, Edition], slug: str, view: View
) -> None:
    """The page in the outbox, with its pictures inside, asks for nothing."""
    asked_for = measure_email(slug, view).asked_for
    assert set(asked_for) == set(pages[slug].pictures)
    assert all(address.startswith("https://") for address in asked_for)
    in_outbox = measure_page(slug, view)
    assert in_outbox.asked_for == []
    assert all(image["loaded"] for image in in_outbox["images"])


@each_slug
@each_view(View(), View(320))
def test_a_page_has_one_h1_and_skips_no_level(measure_page: Measure, slug: str, view: View) -> None:
    measured = measure_page(slug, view)
    assert measured["mode"] == "CSS1Compat", "in quirks mode text in tables shrinks"
    levels = [level for level, _ in measured["headings"]]
    assert levels[0] == 1
    assert Counter(levels)[1] == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))
    assert Counter(levels)[2] >= 3


@each_view(*PLAIN, *LARGE)
def test_each_language_has_its_own_direction(measure_page: Measure, view: View) -> None:
    texts = measure_page("2026-12-03-everything-at-once", view).visible
    in_language = {lang: [text for text in texts if text["lang"] == lang] for lang in ("en-GB", "cy", "ar")}
    assert all(len(part) > 20 for part in in_language.values())
    assert all(text["rightToLeft"] for text in in_language["ar"] if "ol" not in text["tags"]), (
        "but in the contents list"
    )
    assert not listed([text for text in in_language["cy"] + in_language["en-GB"] if text["rightToLeft"]])
    arabic = [text for text in in_language["ar"] if text["rightToLeft"] and "button" not in text["classes"]]
    assert {text["align"] for text in arabic} <= {"right", "start"}


@each_view(*PLAIN, *LARGE)
def test_phone_numbers_in_arabic_read_from_left_to_right(measure_page: Measure, view: View) -> None:
    numbers = measure_page("2026-12-03-everything-at-once", view)["numbers"]
    assert {"03069 990 100", "03069 990 123", "0808 157 0100"} <= {number["number"] for number in numbers}
    assert not [number for number in numbers if number["lefts"] != sorted(number["lefts"])]


@each_slug
@each_view(*FORCED)
def test_forced_colours_lose_nothing(measure_page: Measure, slug: str, view: View) -> None:
    """Windows' contrast themes take away every background: then edges and words have to do."""
    chosen = measure_page(slug, view)
    usual = measure_page(slug, View())
    assert [text["words"] for text in chosen.visible] == [text["words"] for text in usual.visible]
    assert not [link for link in chosen["links"] if not (link["underlined"] or link["button"])]
    assert not [link for link in chosen["links"] if link["button"] and (link["edge"] < 3 or link["edgeWidth"] < 2)]


EXTENT = """() => {
  const box = selector => document.querySelector(selector).getBoundingClientRect();
  const figures = [...document.querySelector(".figures").children].map(item => item.getBoundingClientRect());
  const links = [...document.querySelectorAll(".footer a")].map(link => link.getBoundingClientRect());
  return {
    story: box("#article-1").top,
    footer: box(".footer").height,
    beside: [box(".logo").bottom > box("h1").top, figures[0].top === figures[1].top],
    row: [links[0].bottom <= links[1].top, links[0].height >= 24],
    bar: box(".track").width / box(".chart").width,
  };
}"""


def test_the_first_story_begins_soon_and_the_footer_is_short(
    chromium: Browser, pages: dict[str, Edition], tmp_path: Path
) -> None:
    extents = {}
    for width in (600, 375, 320):
        with opened(chromium, browser_page(pages[SLUGS[0]]), View(width), tmp_path) as tab:
            extents[width] = tab.page.evaluate(EXTENT)
    assert extents[600]["story"] < 600 and max(extents[375]["story"], extents[320]["story"]) < 760
    assert extents[600]["footer"] <= 450
    assert {width: extent["beside"] for width, extent in extents.items()} == {
        600: [True, True],
        375: [False, False],
        320: [False, False],
    }
    assert all(extent["row"] == [True, True] for extent in extents.values()), "unsubscribe has a line of its own"
    assert extents[600]["bar"] == pytest.approx(0.6, abs=0.04) and extents[320]["bar"] > 0.9


UNDER_THE_LAST_THING = """() => [...document.querySelectorAll(".card")].map(card => {
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const bottoms = [...card.querySelectorAll("img, .panel, .button td")].map(box => box.getBoundingClientRect().bottom);
  while (walker.nextNode()) {
    const words = document.createRange();
    words.selectNode(walker.currentNode);
    if (walker.currentNode.data.trim()) bottoms.push(words.getBoundingClientRect().bottom);
  }
  return Math.round(card.getBoundingClientRect().bottom - Math.max(...bottoms));
})"""


@each_slug
@pytest.mark.parametrize("width", [600, 320])
def test_no_card_has_much_empty_space_at_its_end(
    chromium: Browser, pages: dict[str, Edition], tmp_path: Path, slug: str, width: int
) -> None:
    """A button ends 40 px and a panel 48 px above the end of a card. A line of text has some px of its own below it."""
    with opened(chromium, browser_page(pages[slug]), View(width), tmp_path) as tab:
        spaces = tab.page.evaluate(UNDER_THE_LAST_THING)
    assert spaces and min(spaces) >= 16 and max(spaces) <= 53


ONE_BELOW_THE_OTHER = """() => {
  const box = element => element.getBoundingClientRect();
  return [...document.querySelectorAll(".columns .column + .column, .logo + .title")].map(
    column => box(column.firstElementChild).top - box(column.previousElementSibling.lastElementChild).bottom
  );
}"""


@each_slug
def test_what_is_beside_a_picture_has_a_gap_above_it_on_a_phone(
    chromium: Browser, pages: dict[str, Edition], tmp_path: Path, slug: str
) -> None:
    with opened(chromium, browser_page(pages[slug]), View(320), tmp_path) as tab:
        gaps = tab.page.evaluate(ONE_BELOW_THE_OTHER)
    assert gaps and min(gaps) >= 8
    assert slug != "every-block" or max(gaps) >= 16


# Every property that the browser computes, of every element, and of what a style sheet can put before or after it. Many
# elements look alike, so each look is sent once.
STYLES = """() => {
  const names = [...getComputedStyle(document.body)];
  const looks = new Map();
  const look = (element, part) => {
    const style = getComputedStyle(element, part);
    const text = names.map(name => style.getPropertyValue(name)).join("\\n");
    return looks.get(text) ?? looks.set(text, looks.size).get(text);
  };
  const parts = element => [null, "::before", "::after"].filter(
    part => !part || getComputedStyle(element, part).content !== "none"
  ).concat(getComputedStyle(element).display === "list-item" ? ["::marker"] : []);
  const elements = [document.documentElement, document.body, ...document.body.querySelectorAll("*")];
  const found = elements.flatMap(element => parts(element).map(
    part => [`${element.localName}.${element.className}${part ?? ""}`, look(element, part)]
  ));
  return [names, [...looks.keys()], found];
}"""
Styles = tuple[list[str], list[tuple[str, str]]]


@pytest.fixture
def styles(chromium: Browser, tmp_path: Path) -> Callable[[str, View], Styles]:
    def compute(html: str, view: View) -> Styles:
        with opened(chromium, html, view, tmp_path) as tab:
            names, looks, elements = tab.page.evaluate(STYLES)
            return names, [(element, looks[look]) for element, look in elements]

    return compute


def changes(before: Styles, after: Styles) -> list[tuple[str, list[str]]]:
    """Return the elements that look different, and how."""
    names, elements = before
    assert [element for element, _ in elements] == [element for element, _ in after[1]]
    return [
        (
            element,
            [
                f"{name}: {one} > {other}"
                for name, one, other in zip(names, old.split("\n"), new.split("\n"), strict=True)
                if one != other
            ],
        )
        for (element, old), (_, new) in zip(elements, after[1], strict=True)
        if old != new
    ]


@each_slug
@each_view(*PLAIN)
def test_inlining_changes_no_style(
    styles: Callable[[str, View], Styles], pages: dict[str, Edition], slug: str, view: View
) -> None:
    before = styles(pages[slug].page, view)
    names, elements = before
    assert len(names) > 300
    assert len(elements) > 300
    assert changes(before, styles(inline(pages[slug].page).page, view)) == []


@pytest.mark.parametrize(
    ("removed", "name", "view"),
    [
        ("line-height:1.6", "line-height", View()),
        ("padding:3px 0", "padding-top", View(320)),
        # As an inliner does that takes !important for nothing, or media queries for rules that no client keeps.
        (" !important", "color", View(600, "dark")),
        ("@media (max-width: 599px)", "display", View(320)),
    ],
)
def test_a_style_that_inlining_loses_is_reported(
    styles: Callable[[str, View], Styles], pages: dict[str, Edition], removed: str, name: str, view: View
) -> None:
    page = inline(pages["every-block"].page).page
    assert removed in page
    broken = page.replace(removed, "@media print" if removed.startswith("@") else "")
    elements = changes(styles(page, view), styles(broken, view))
    assert any(change.startswith(f"{name}: ") for _, changed in elements for change in changed)


def test_a_style_of_a_pseudo_element_is_reported(styles: Callable[[str, View], Styles]) -> None:
    page = "<!DOCTYPE html><html><head>{}</head><body><ul><li>One</li></ul></body></html>"
    sheet = "<style>li::before {{ content: 'x'; color: {0} }} li::marker {{ color: {0} }}</style>"
    red, blue = (page.format(sheet.format(colour)) for colour in ("red", "blue"))
    changed = changes(styles(red, View()), styles(blue, View()))
    assert [element for element, _ in changed] == ["li.::before", "li.::marker"]


FAULTY = """<!DOCTYPE html><html lang="en"><head><title>Faults</title></head>
<body style="margin:0;background-color:#fff;font:18px/1.6 sans-serif">
<h1>One</h1><h3>Two below</h3>
<p style="color:#777">grey words</p><p style="color:#666">pale words</p>
<p style="background-color:#333"><span style="color:rgba(255,255,255,.4)">thin words</span></p>
<p style="font-size:1px">tiny words</p>
<p style="position:absolute;left:-999px">far words</p>
<p style="opacity:0">clear words</p>
<p style="color:#fefefe">white words</p>
<div style="height:9px;overflow:hidden"><p style="margin-top:0">cut<br>short words</p></div>
<p style="width:60px;word-break:break-all">Appointments</p>
<p style="margin-bottom:-46px">covered words</p><p>covering words</p>
<p style="width:90px;white-space:nowrap">words that stick out of their place</p>
<p dir="rtl" style="text-align:left">\u0627\u062a\u0635\u0644 03069 990 100</p>
<p style="text-transform:uppercase;text-align:justify;font-style:italic">shouted words</p>
<p><a href="#x" style="text-decoration:none;font-size:14px">small link</a></p>
<p class="button"><a href="#y">short button</a></p>
<p style="width:700px">words beyond the edge</p>
<p><img src="https://x.example.org/a.png" alt="many words on a picture" style="display:block;width:40px;height:20px">
</body></html>"""


def test_each_fault_is_measured(chromium: Browser, tmp_path: Path) -> None:
    with opened(chromium, FAULTY, View(320), tmp_path) as page:
        measured = page.measure()
        violations = {rule for rule, _ in run_axe(page.page, WCAG)["violations"]}
    texts = {text["words"]: text for text in measured["texts"]}
    assert measured["sideways"] == 380
    assert [level for level, _ in measured["headings"]] == [1, 3]
    assert texts["grey words"]["contrast"] == pytest.approx(4.48, abs=0.01)
    assert texts["thin words"]["contrast"] == pytest.approx(3.41, abs=0.01)
    hidden = {words: text["hidden"] for words, text in texts.items() if text["hidden"]}
    assert hidden == {
        "tiny words": "size",
        "far words": "outside",
        "clear words": "style",
        "white words": "colour",
        "cut": "overflow",
        "short words": "overflow",
    }
    assert [split["word"] for split in measured["split"] if split["width"] > split["room"]] == ["Appointments"]
    assert "covered / covering" in [item["words"] for item in measured["overlaps"]]
    assert len(measured["clipped"]) == 1
    assert [words for words, text in texts.items() if text["spills"]] == ["words that stick out of their place"]
    (number,) = measured["numbers"]
    assert number["lefts"] != sorted(number["lefts"])
    assert [text["words"] for text in measured["texts"] if text["rightToLeft"] and text["indent"] > 2]
    assert (texts["shouted words"]["transform"], texts["shouted words"]["italic"]) == ("uppercase", True)
    small, button = measured["links"]
    assert not small["underlined"]
    assert small["height"] < 24
    assert button["button"]
    assert button["height"] < 44
    (image,) = measured["images"]
    assert image["height"] < image["needed"]
    assert measured.asked_for == ["https://x.example.org/a.png"]
    assert "color-contrast-enhanced" in violations


def test_without_a_browser_the_tests_are_skipped_unless_all_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    assert find_browser() is None
    monkeypatch.delenv("NEWSLETTER_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match=NO_BROWSER), installed_browser():
        pass
    monkeypatch.setenv("NEWSLETTER_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match=NO_BROWSER), installed_browser():
        pass


INDENTS = """() => {
  const part = document.createRange();
  part.selectNodeContents(document.querySelector(".lines").lastChild);
  const [first, ...further] = [...part.getClientRects()].map(line => line.left);
  return [CSS.supports("text-indent", "1em hanging each-line"), further.map(left => left - first)];
}"""


def test_the_rest_of_a_long_line_begins_further_in(
    chromium: Browser, project: Project, brand: Brand, tmp_path: Path
) -> None:
    path = tmp_path / "poem.yaml"
    lines = ["Slow water,", "and the gate leans on its beam until the rain comes down again from the hills"]
    path.write_text(SHORT + "      - lines: |\n" + "".join(f"          {line}\n" for line in lines), "utf-8")
    with opened(chromium, browser_page(build(path, project, brand)), View(320), tmp_path) as tab:
        is_known, further = tab.page.evaluate(in_email(INDENTS))
    assert further == [27 if is_known else 0] * 2

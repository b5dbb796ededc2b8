"""What mail apps do with a page: named anchors, lists, tables, and links that they add."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from newsletter.css.parser import declarations
from newsletter.dom.tree import parse_html
from newsletter.edition import InlinedPage, IssueBuild, WebPage
from newsletter.edition_kinds import EditionKind
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_issue, build_web_page
from newsletter.project import Project
from newsletter.stages.edition_page import edition_page
from newsletter.stages.linearise import linearise
from newsletter.stages.slim.padding import SIDES
from newsletter.stages.slim.short_names import SHORT_NAMES
from support.browser import OpenPage, View, installed_browser, opened
from support.class_names import in_email

Look = Callable[[str, View], AbstractContextManager[OpenPage]]

HEAD = """\
subject: "Winter news for everybody"
preheader: "Words before the news, which everybody sees at once in the inbox"
title: "Neuro News, December 2026"
date: 2026-12-03
"""
TABLE = """\
- table:
    caption: "How to reach us"
    columns: [{columns}]
    rows:
      - [{cells}]
"""
LISTS = """\
- text: |
    1. item
    2. item

    Words.

    9. item
    10. item

    Words.

    99. item
    100. item
        - a part of it

    Words.

    123456. item
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with installed_browser() as browser:
        yield browser


@pytest.fixture
def built(project: Project, brand: Brand, tmp_path: Path) -> Builder:
    return Builder(project, brand, tmp_path)


@pytest.fixture
def look(chromium: Browser, tmp_path: Path) -> Look:
    """Open a page as somebody looks at it."""
    return lambda page, view: opened(chromium, page, view, tmp_path)


class Builder:
    """Builds pages of issues that have one article or more."""

    def __init__(self, project: Project, brand: Brand, folder: Path) -> None:
        self._project, self._brand, self._folder = project, brand, folder

    def page(self, *contents: str, kind: EditionKind = "standard", more: str = "") -> InlinedPage:
        return edition_page(self._build(contents, more), self._project, kind).inlined

    def web_page(self, *contents: str) -> WebPage:
        return build_web_page(self._build(contents, ""), self._project)

    def _build(self, contents: tuple[str, ...], more: str) -> IssueBuild:
        path = self._folder / "2026-12-03-winter.yaml"
        articles = "".join(
            f"  - title: News {number}\n    summary: It is new.\n    content:\n" + textwrap.indent(content, "      ")
            for number, content in enumerate(contents, 1)
        )
        path.write_text(f"{HEAD}{more}articles:\n{articles}", encoding="utf-8")
        return build_issue(path, self._project, self._brand)


def test_each_article_has_an_anchor_with_a_name_and_nobody_hears_it(built: Builder) -> None:
    page = built.page("- text: First\n", "- text: Second\n", "- text: Third\n")
    assert '<h2 id="a2"' in page
    assert '<a name="a1"></a>News 1' in page
    assert '<a name="a2"></a>News 2' in page
    reading = linearise(page)
    assert '<h2 id="article-2">News 2</h2>' in reading
    assert "name=" not in reading


def test_the_web_page_needs_no_anchors(built: Builder) -> None:
    page = built.web_page("- text: First\n", "- text: Second\n", "- text: Third\n")
    assert '<h2 id="article-2">News 2</h2>' in page


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="#x">Go</a><p><a name="x"></a>Here</p>', '<p id="x">Here</p>'),
        ('<a href="#x">Go</a><p id="x"><a name="x"></a>Here</p>', '<p id="x">Here</p>'),
        ('<a href="#x">Go</a><p><a name="x">Here</a> it is</p>', 'id="x"'),
        ('<a href="#y">Go</a><p><a name="x"></a>Here</p>', "<p>Here</p>"),
    ],
)
def test_a_named_anchor_is_a_target_in_the_reading(body: str, expected: str) -> None:
    reading = linearise(InlinedPage(f"<!DOCTYPE html><html><body>{body}</body></html>"))
    assert reading.count('id="x"') == expected.count('id="x"')


@pytest.mark.parametrize(
    ("start", "side", "other"), [("language: en-GB\n", "left", "right"), ("language: ar\n", "right", "left")]
)
def test_lists_have_a_margin_because_outlook_has_no_padding(built: Builder, start: str, side: str, other: str) -> None:
    page = parse_html(built.page("- text: |\n    - one\n    - two\n", more=start))
    (plain,) = (item for item in page.iter("ul") if item[0].text == "one")
    style = declarations(plain.get("style"))
    assert style["padding"][0] == "0"
    margins = dict(zip(SIDES, style["margin"][0].split(), strict=True))
    assert (margins[side], margins[other]) == ("1.6em", "0")


@pytest.mark.parametrize("view", [View(320), View(375), View(479), View(600), View(320, text_scale=2)], ids=str)
@pytest.mark.parametrize("language", ["en-GB", "ar"])
@pytest.mark.parametrize("kind", ["standard", "large-print"])
def test_every_number_of_a_list_is_whole(
    built: Builder, look: Look, kind: EditionKind, language: str, view: View
) -> None:
    page = built.page(LISTS, *["- text: News\n"] * 11, kind=kind, more=f"language: {language}\n")
    with look(page, view) as tab:
        measured = tab.measure()
    assert measured["cutMarkers"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("line", ["p", "h1"])
def test_a_link_that_an_iphone_adds_keeps_the_colour_of_the_words(
    built: Builder, look: Look, line: str, scheme: Literal["light", "dark"]
) -> None:
    added = in_email("""name => {
      const line = document.querySelector(`.masthead ${name}:last-of-type`), link = document.createElement("a");
      link.setAttribute("x-apple-data-detectors", "true");
      link.href = "x-apple-data-detectors://0";
      link.append(...line.childNodes);
      line.append(link);
      return [getComputedStyle(link).color, getComputedStyle(line).color];
    }""")
    with look(built.page("- text: News\n"), View(600, scheme)) as tab:
        link, words = tab.page.evaluate(added, line)
    assert link == words


def test_a_link_that_gmail_adds_keeps_the_colour_of_the_words_and_ours_their_own(built: Builder, look: Look) -> None:
    # Gmail puts <u></u> before a div instead of the body, and has a colour for links without one.
    page = built.page("- text: News with [a link](https://example.org/).\n").with_marks  # with the class of the article
    sheet = "<style>.ii a[href] { color: #1155cc; }</style>"
    start, content, end = re.split(r"(?<=<body)(?=[ >])|(?=</body>)", page)
    attributes, _, content = content.partition(">")
    page = InlinedPage(f'{start}{attributes}>{sheet}<div class="ii"><u></u><div>{content}</div></div>{end}')
    colours = """() => {
      const line = document.querySelector(".masthead p:last-of-type");
      line.innerHTML = '<a href="tel:1">' + line.innerHTML + "</a>";
      const own = document.querySelector(".article-1 a[href]");
      return [line, line.firstChild, own].map((at) => getComputedStyle(at).color);
    }"""
    with look(page, View()) as tab:
        words, added, own = tab.page.evaluate(colours)
    assert words == added != own


@pytest.mark.parametrize("view", [View(600), View(480), View(320), View(320, text_scale=2)], ids=str)
@pytest.mark.parametrize("kind", ["standard", "large-print"])
@pytest.mark.parametrize(
    "table",
    [
        ("Name, Email", "Alex Reed, alex.reed.councillor@parish-council.norfolk.example.org"),
        ("Name, Telephone, Email", '"Alex Reed", "01632 960 001", alex.reed@kessinglandparish.example.org'),
        (
            "Place, Monday, Tuesday, Wednesday, Thursday, Friday",
            "Larkmoor, morning, closed, afternoon, evening, appointments",
        ),
        ("Appointments, Rehabilitation", "Physiotherapy, Neuropsychologist"),
        ("Day, Time", "Monday, noon"),
    ],
)
def test_no_table_scrolls_sideways(
    built: Builder,
    look: Look,
    table: tuple[str, str],
    kind: EditionKind,
    view: View,
) -> None:
    columns, cells = table
    page = built.page(TABLE.format(columns=columns, cells=cells), kind=kind)
    with look(page, view) as tab:
        measured = tab.measure()
    assert measured["sideways"] <= 0
    if view.text_scale == 1:  # with doubled text, a data table may scroll in its box (WCAG 2.2, 1.4.10)
        assert measured["scrolling"] == []


def test_a_table_that_fits_stays_a_table(built: Builder) -> None:
    page = built.page(TABLE.format(columns="Day, Time", cells="Monday, noon"))
    assert f'class="{SHORT_NAMES["data"]}"' in page
    assert not re.search(rf"\.{SHORT_NAMES['listed']}\b", page)


def test_panels_and_bars_have_lines_that_stay_where_light_backgrounds_are_dropped(built: Builder, brand: Brand) -> None:
    page = parse_html(
        built.page(
            "- notice: {kind: info, title: Please note, text: Some words.}\n",
            "- chart: {title: How many, items: [{label: One, value: 1}, {label: Two, value: 2}]}\n",
        ).with_marks
    )
    panels = [cell for cell in page.iter("td") if "panel" in cell.get("class", "").split()]
    bars = [cell for table in page.iter("table") if table.get("class") == "bar" for cell in table.iter("td")]
    assert len(panels) == 2  # the notice, and the helpline
    assert {declarations(panel.get("style"))["border"][0] for panel in panels} == {
        f"1px solid {brand.colours.light.line}"
    }
    assert [declarations(bar.get("style"))["border"][0] for bar in bars] == ["1px solid"] * 2


@pytest.mark.parametrize("view", [View(320), View(320, text_scale=2)], ids=str)
def test_a_chart_in_large_print_never_scrolls_sideways(built: Builder, look: Look, view: View) -> None:
    items = "{label: Neuropsychological rehabilitation, value: 1}, {label: B, value: 2}"
    page = built.page(f"- chart: {{title: Therapy, items: [{items}]}}\n", kind="large-print")
    with look(page, view) as tab:
        assert tab.measure()["sideways"] <= 0

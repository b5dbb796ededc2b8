"""The web version: the same words as the email, as a page that passes every rule that there is for pages."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser

from conftest import ISSUES
from newsletter.edition import Edition, WebPage
from newsletter.issue.address_fields import IssueUrl
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.pipeline import build_issue, build_web_page
from newsletter.problems import Problems
from newsletter.project import Project
from newsletter.verify.received import read_page
from support.axe import run_axe
from support.browser import Measured, View, installed_browser, opened
from support.examples import write_every_block

VIEWS = [View(width, scheme) for scheme in ("light", "dark") for width in (1280, 320)]
SLUGS = [*ISSUES, "every-block"]

each_slug = pytest.mark.parametrize("slug", SLUGS)
each_view = pytest.mark.parametrize("view", VIEWS, ids=str)


@pytest.fixture(scope="module")
def pages(web_pages: dict[str, WebPage], project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("every-block")
    path, examples = write_every_block(project, folder), Project(folder)
    brand = load_brand(examples)
    return {**web_pages, "every-block": build_web_page(build_issue(path, examples, brand), examples)}


# What it says


@pytest.mark.parametrize("slug", ISSUES)
def test_the_web_version_has_the_words_of_the_email(
    web_pages: dict[str, str], editions: dict[str, Edition], slug: str
) -> None:
    """Except what is only for subscribers. A table's columns are named in each cell, as they are on a phone."""
    brand = editions[slug].brand
    web, mail = read_page(web_pages[slug]).by_stream, read_page(editions[slug].inlined.with_marks).by_stream
    page = html.document_fromstring(editions[slug].inlined.with_marks)
    skip, *words = " ".join(web["words"]).split("content ", 1)
    email_words = " ".join(mail["words"])
    ways = (brand.web_version_url, brand.preferences_url, brand.unsubscribe.url)
    own = [link for link in page.iter("a") if link.get("href") in ways]
    about = [heading for heading in page.iter("h2") if text_of(heading) == "About this email"]
    reason = [line for line in page.iter("p") if text_of(line) == brand.why_you_get_this]
    choice = [part for part in page.iter("div") if "only-in-email" in part.get("class", "").split()]
    for element in (*choice, *(link for link in own if choice[0] not in link.iterancestors()), *about, *reason):
        own_words = " ".join(read_page(html.tostring(element, encoding="unicode", with_tail=False)).by_stream["words"])
        assert email_words.count(own_words) == 1
        email_words = email_words.replace(f"{own_words} ", "")
    assert (skip, words) == ("Skip to the ", [email_words])
    assert [link for link in web["links"] if link != "#main"] == [link for link in mail["links"] if link not in ways]


@each_slug
def test_the_web_version_has_only_what_is_true_for_everybody(pages: dict[str, str], slug: str) -> None:
    footer = text_of(next(html.document_fromstring(pages[slug]).iter("footer")))
    for words in ("You get", "Unsubscribe", "Choose", "About this email", "Other ways to read", "reply to this email"):
        assert words not in footer
    for words in ("How we use your details", "Our website", "Lantern House"):
        assert words in footer


def test_an_article_may_link_to_it(project: Project, brand: Brand, tmp_path: Path) -> None:
    path = write_every_block(project, tmp_path)
    text = path.read_text("utf-8").replace("https://give.example.org/helpline", str(brand.web_version_url))
    path.write_text(text, "utf-8")
    page = build_web_page(build_issue(path, project, brand), project)
    assert page.count(f'href="{brand.web_version_url}"') == 1


def test_what_a_template_leaves_out_is_reported(project: Project, brand: Brand, tmp_path: Path) -> None:
    path = write_every_block(project, tmp_path)
    templates = tmp_path / "templates"
    templates.mkdir()
    whole = project.template_file("web.html").read_text("utf-8")
    (templates / "web.html").write_text(whole.replace("{{ main }}", "{{ main | replace('Zoe', '') }}"), "utf-8")
    with pytest.raises(Problems, match="was lost on the way to the web version"):
        build_web_page(build_issue(path, Project(tmp_path), brand), Project(tmp_path))


def test_a_template_that_cannot_be_filled_is_reported(project: Project, brand: Brand, tmp_path: Path) -> None:
    path = write_every_block(project, tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/web.html").write_text("{{ main }}\n{{ middle }}\n", "utf-8")
    with pytest.raises(Problems, match=r"web\.html:2: error: The template uses .*“middle” is undefined"):
        build_web_page(build_issue(path, Project(tmp_path), brand), Project(tmp_path))


# How it is made


@each_slug
def test_it_is_a_page_with_landmarks(pages: dict[str, str], slug: str) -> None:
    page = pages[slug]
    assert page.startswith("<!doctype html>\n<html lang=")
    root = html.document_fromstring(page)
    (body,) = root.iter("body")
    assert [child.tag for child in body] == ["a", "header", "main", "footer"]
    skip, header, main, footer = body
    assert skip.get("href") == f"#{main.get('id')}"
    assert [text_of(heading) for heading in header.iter("h1", "h2")] == [text_of(title) for title in root.iter("h1")]
    articles = list(main.iter("article"))
    assert articles
    listed = {link.get("href") for link in main.iterfind(".//ol//a[@href]")} & targets(root)
    assert len(listed) == (len(articles) if len(articles) >= 3 else 0)
    assert list(footer.iter("a"))
    assert not list(root.iter("script", "iframe", "form", "object", "video", "audio"))
    assert [link.get("href") for link in root.iter("link")] == ["data:,"]
    assert all(image.get("src", "").startswith("data:image/") for image in root.iter("img"))
    assert unicodedata.is_normalized("NFC", page)


def text_of(element: Any) -> str:
    return "".join(element.itertext())


def targets(root: Any) -> set[str]:
    return {f"#{heading.get('id')}" for heading in root.iter("h2") if heading.get("id")}


@each_slug
def test_nothing_of_the_emails_layout_is_left(pages: dict[str, str], slug: str) -> None:
    page = pages[slug]
    body = page[page.index("<body>") :]
    assert "<!--" not in body
    assert "mj-" not in body
    assert "presentation" not in body
    styles = re.findall(r'style="([^"]*)"', body)
    assert all(re.fullmatch(r"inline-size:\d+%", style) for style in styles)
    for table in html.document_fromstring(page).iter("table"):
        assert table.find("caption") is not None
    for name in ("masthead", "card", "panel", "quiet", "lead", "picture", "footer"):
        assert re.search(rf'class="[^"]*\b{name}\b', body)


def test_each_block_has_a_class_of_its_own(pages: dict[str, str]) -> None:
    body = pages["every-block"]
    for name in ("panel button", "button", "data chart", "bar", "figures", "notice warning", "data wide", "caption"):
        assert re.search(rf'class="[^"]*\b{name}\b', body), name
    assert body.count('<blockquote class="quote">') == 2


@each_slug
def test_languages_are_named_where_they_change(pages: dict[str, str], slug: str) -> None:
    root = html.document_fromstring(pages[slug])
    (body,) = root.iter("body")

    def walk(element: Any, language: str) -> Iterator[str]:
        for child in element:
            if own := child.get("lang"):
                assert own != language
                yield own
            yield from walk(child, child.get("lang", language))

    languages = list(walk(body, root.get("lang", "")))
    assert set(languages) == ({"cy", "ar"} if slug == "2026-12-03-everything-at-once" else set())
    assert {element.get("dir") for element in body.iter() if element.get("lang") == "ar"} <= {"rtl"}


@pytest.mark.parametrize("url", [None, "https://news.example.org/latest"])
def test_two_builds_give_the_same_bytes(project: Project, brand: Brand, url: str | None) -> None:
    other = brand.model_copy(update={"web_version_url": url and IssueUrl(url)})
    first, second = (build_issue(project.issues / f"{ISSUES[0]}.yaml", project, other) for _ in range(2))
    assert build_web_page(first, project) == build_web_page(second, project)


# How it looks


@pytest.fixture(scope="module", params=[16, 32], ids=["text at 100 %", "text at 200 %"])
def sized(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A browser whose reader has asked for text of this size, which changes rem and the em of media queries."""
    with installed_browser(f"--blink-settings=defaultFontSize={request.param}") as browser:
        yield browser


@pytest.fixture(scope="module")
def measure_page(
    sized: Browser, pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, View], Measured]:
    @functools.cache
    def measure(slug: str, view: View) -> Measured:
        with opened(sized, pages[slug], view, tmp_path_factory.mktemp("measured")) as page:
            return page.measure()

    return measure


@each_slug
@each_view
def test_every_rule_of_axe_passes(sized: Browser, pages: dict[str, str], slug: str, view: View, tmp_path: Path) -> None:
    """Those of best practice and the experimental ones, too."""
    with opened(sized, pages[slug], view, tmp_path) as tab:
        result = run_axe(tab.page)
    assert {"region", "skip-link", "landmark-one-main", "table-fake-caption"} <= {*result["ran"]}
    assert result["violations"] == []


@each_slug
@each_view
def test_the_web_version_is_readable_at_each_size(
    measure_page: Callable[[str, View], Measured], slug: str, view: View
) -> None:
    measured = measure_page(slug, view)
    assert len(measured.visible) > 100
    assert measured["sideways"] == 0
    assert [(text["words"], text["contrast"]) for text in measured.visible if text["contrast"] < 7] == []
    assert [split for split in measured["split"] if split["length"] <= split["room"]] == []
    # Before somebody tabs to it, the skip link is out of the way.
    places = [item["where"] for item in measured["clipped"]] + measured["positioned"]
    assert [place for place in places if not place.endswith("a.skip")] == []
    assert measured["overlaps"] == []
    hidden = [text for text in measured["texts"] if text["hidden"]]
    assert [text for text in hidden if not {"skip", "column-name", "thead"} & {*text["tags"], *text["classes"]}] == []
    assert measured.asked_for == []
    assert all(image["loaded"] for image in measured["images"])


def part_names(text: dict[str, Any]) -> set[str]:
    return {*text["tags"], *text["classes"]}


@each_slug
@each_view
def test_text_is_large_and_lines_are_short(
    measure_page: Callable[[str, View], Measured], sized: Browser, slug: str, view: View
) -> None:
    measured = measure_page(slug, view)
    small = {"sup", "sub", "caption", "label", "preheader", "footer"}
    assert min(text["size"] for text in measured.visible) >= 16
    assert min(text["size"] for text in measured.visible if not small & part_names(text)) >= 18
    # The skip link is one pixel until somebody tabs to it.
    links = [link for link in measured["links"] if not link["where"].endswith("a.skip")]
    buttons = [link for link in links if link["button"]]
    assert buttons
    assert [link for link in buttons if link["height"] < 44] == []
    assert [link["words"] for link in links if not (link["underlined"] or link["button"])] == []


@each_slug
def test_forced_colours_lose_nothing(
    measure_page: Callable[[str, View], Measured], sized: Browser, pages: dict[str, str], slug: str, tmp_path: Path
) -> None:
    """Windows' contrast themes take away every background: then edges, words and bars have to do."""
    view = View(1280, forced_colours=True)
    assert [text["words"] for text in measure_page(slug, view).visible] == [
        text["words"] for text in measure_page(slug, VIEWS[0]).visible
    ]
    with opened(sized, pages[slug], view, tmp_path) as tab:
        edges, bars = tab.page.evaluate(
            """[[".button > a", "borderTopColor"], [".bar", "backgroundColor"]].map(([found, colour]) =>
              [...document.querySelectorAll(found)].map(at => getComputedStyle(at)[colour]))"""
        )
        canvas = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert edges
    assert bars
    assert canvas not in {*edges, *bars}


def test_a_line_has_about_seventy_characters(sized: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    widest = """() => Math.max(...[...document.querySelectorAll("main p, main li")].map(element => {
      const range = document.createRange(); range.selectNodeContents(element);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top / 8))).size;
      return lines > 2 ? element.textContent.length / (lines - 0.5) : 0;
    }))"""
    with opened(sized, pages[ISSUES[0]], View(1280), tmp_path) as tab:
        assert 45 < tab.page.evaluate(widest) <= 80


def test_the_skip_link_leads_into_the_main_part(sized: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    with opened(sized, pages[ISSUES[0]], View(320), tmp_path) as tab:
        tab.page.keyboard.press("Tab")
        focused = tab.page.evaluate(
            "(({width, height, top}) => [width > 100, height >= 44, top >= 0])"
            "(document.activeElement.getBoundingClientRect())"
        )
        assert tab.page.evaluate("document.activeElement.className") == "skip"
        assert focused == [True, True, True]
        tab.page.keyboard.press("Enter")
        assert tab.page.evaluate("document.activeElement.id") == "main"


def test_on_paper_each_address_can_be_read(sized: Browser, pages: dict[str, str], tmp_path: Path) -> None:
    with opened(sized, pages[ISSUES[0]], View(1280, "dark"), tmp_path) as tab:
        tab.page.emulate_media(media="print")
        after = tab.page.evaluate(
            """[...document.querySelectorAll("main a[href^=http]")].map(a => getComputedStyle(a, "::after").content)"""
        )
        colours = tab.page.evaluate("""[...document.querySelectorAll("main p")].map(p => getComputedStyle(p).color)""")
    assert after
    assert all("https://" in content for content in after)
    assert set(colours) == {"rgb(0, 0, 0)"}

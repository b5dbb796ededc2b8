"""What the finished page says in its source, whatever a browser makes of it; once as it is and once as Outlook sees it.

Outlook on Windows reads the conditional comments in which MJML writes tables of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from newsletter.edition import Edition, Mjml
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.issue.palette import Palette
from newsletter.pipeline import build
from newsletter.project import Project
from newsletter.stages.compile import compile_page
from newsletter.stages.data_urls import browser_page
from newsletter.stages.inline import inline
from support.examples import write_every_block

SLUGS = [*sorted(path.stem for path in (Path(__file__).parents[2] / "issues").glob("[!_]*.yaml")), "every-block"]

Pages = dict[str, Edition]


@pytest.fixture(scope="module")
def pages(editions: dict[str, Edition], project: Project, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("every-block")
    examples = Project(folder)
    every_block = build(write_every_block(project, folder), examples, load_brand(examples))
    return {**editions, "every-block": every_block}


@pytest.fixture(params=SLUGS)
def page(request: pytest.FixtureRequest, pages: Pages) -> Edition:
    return pages[request.param]


@pytest.fixture
def root(page: Edition) -> etree._Element:
    return parse(page.inlined.with_marks)  # with the class names of the templates


def parse(html: str) -> etree._Element:
    return etree.fromstring(html, etree.HTMLParser())


def outlook(html: str) -> str:
    """Return the page as Outlook on Windows reads it: with comments for it, and without what is hidden from it."""
    html = re.sub(r"<!--\[if !mso[^\]]*\]><!-->.*?<!--<!\[endif\]-->", "", html, flags=re.DOTALL)
    return re.sub(r"<!--\[if[^\]]*mso[^\]]*\]>(.*?)<!\[endif\]-->", r"\1", html, flags=re.DOTALL)


def style(element: etree._Element) -> dict[str, str]:
    pairs = (rule.partition(":") for rule in (element.get("style") or "").split(";") if ":" in rule)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def find(element: etree._Element, path: str, **values: str) -> list[etree._Element]:
    variables: Any = values
    matches: Any = element.xpath(path, **variables)
    return list(matches)


def words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def elements(root: etree._Element, *names: str) -> list[etree._Element]:
    return list(root.iter(*names))


def is_data(table: etree._Element) -> bool:
    return "data" in (table.get("class") or "").split()


def test_the_doctype_keeps_browsers_in_standards_mode(page: Edition) -> None:
    for html in (page.page, page.inlined, browser_page(page)):
        assert html.startswith("<!DOCTYPE html>\n")
        assert len(re.findall("<!doctype", html, re.IGNORECASE)) == 1


def test_the_charset_is_named_and_zoom_is_free(root: etree._Element) -> None:
    metas = {
        (meta.get("name") or meta.get("http-equiv") or "").lower(): meta.get("content") for meta in root.iter("meta")
    }
    assert metas["content-type"] == "text/html; charset=UTF-8"
    assert not re.search("user-scalable|maximum-scale|minimum-scale", metas["viewport"] or "")
    assert metas["color-scheme"] == "light dark"


def test_language_and_direction_are_where_mail_clients_keep_them(page: Edition, root: etree._Element) -> None:
    """Many drop html and body: what is inside has to say it again."""
    language = page.issue.language
    (body,) = root.iter("body")
    children = [child for child in body if isinstance(child.tag, str)]
    (wrapper,) = children
    for element in (root, *children):
        assert (element.get("lang"), element.get("dir")) == (language, language.direction)
    parts = [child for child in wrapper if isinstance(child.tag, str)]
    rows = [row for part in parts if part.tag == "table" for row in part if row.get("aria-hidden") != "true"]
    assert len([*parts, *rows]) >= 5
    assert all(section.get("lang") and section.get("dir") in ("ltr", "rtl") for section in parts)
    # A row has that of its table, or says both.
    assert all((row.get("lang") is None) == (row.get("dir") is None) for row in rows)
    assert not {element.get("lang") for element in root.iter("*")} & {"", "und", "auto"}
    assert not [element for element in root.iter("*") if element.get("dir") == "auto"]


def test_each_article_is_in_its_own_language(page: Edition, root: etree._Element) -> None:
    for number, article in enumerate(page.issue.articles, 1):
        (heading,) = find(root, "//h2[@id = $id]", id=f"article-{number}")
        with_language = next(element for element in heading.iterancestors() if element.get("lang"))
        assert (with_language.get("lang"), with_language.get("dir")) == (article.language, article.language.direction)
        assert page.page.count(f'href="#article-{number}"') == page.issue.has_contents
        if not page.issue.has_contents:
            continue
        (link,) = find(root, "//a[@href = $href]", href=f"#article-{number}")
        spoken = next(element for element in (link, *link.iterancestors()) if element.get("lang"))
        assert (spoken.get("lang"), spoken.get("dir")) == (article.language, article.language.direction)
        assert words(link) == words(heading)


def test_the_other_languages_are_there(editions: dict[str, Edition]) -> None:
    languages = {language for edition in editions.values() for language in edition.issue.languages}
    assert {"en-GB", "cy", "ar"} <= languages


def test_title_and_label_are_the_subject(page: Edition, root: etree._Element) -> None:
    (title,) = root.iter("title")
    assert title.text == page.issue.subject
    (article,) = find(root, "/html/body/*[@role = 'article']")
    assert article.get("aria-label") == page.issue.subject
    assert not elements(root, "main", "header", "footer", "nav", "aside")
    roles = {element.get("role") for element in root.iter("*")} - {None}
    # Safari does not call a list without signs a list, unless it has this role.
    assert roles == {"article", "presentation", "list"}


def test_one_h1_and_no_level_skipped(page: Edition, root: etree._Element) -> None:
    headings = elements(root, "h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(str(heading.tag)[1]) for heading in headings]
    assert [words(heading) for heading in headings if heading.tag == "h1"] == [words_of(page.issue.title)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))
    titles = [words_of(article.title) for article in page.issue.articles if article.title]
    assert [words(heading) for heading in headings if heading.tag == "h2" and heading.get("id")] == titles


def words_of(text: str) -> str:
    return " ".join(text.replace("10^9", "10⁹").split())


@pytest.mark.parametrize("view", ["as it is", "in Outlook"])
def test_layout_tables_say_that_they_are_none(page: Edition, view: str) -> None:
    root = parse(page.inlined.with_marks if view == "as it is" else outlook(page.inlined.with_marks))
    tables = elements(root, "table")
    layout = [table for table in tables if not is_data(table)]
    assert len(layout) >= 8
    assert [etree.tostring(table)[:200] for table in layout if table.get("role") != "presentation"] == []
    assert not [
        table for table in layout if elements(table, "caption", "th") and not list(filter(is_data, table.iter("table")))
    ]
    assert not [table for table in layout if table.get("summary")]
    cells = [cell for table in layout for cell in find(table, "./tbody/tr/* | ./tr/*")]
    assert not [cell for cell in cells if cell.tag != "td" or cell.get("scope") or cell.get("headers")]


def test_outlook_gets_its_own_tables(page: Edition) -> None:
    """So the test above looks at more tables there, and each of those has its end."""
    html = outlook(page.inlined)
    assert html.count("<table") == html.count("</table>")
    assert len(elements(parse(html), "table")) > len(elements(parse(page.inlined), "table"))
    assert not elements(parse(html), "mso") and "[if" not in html


def test_data_tables_stay_tables(page: Edition, root: etree._Element) -> None:
    tables = [table for table in root.iter("table") if is_data(table)]
    assert tables
    for table in tables:
        assert table.get("role") is None
        assert table[0].tag == "caption"
        assert words(table[0])
        heads = find(table, "./thead/tr/*")
        assert [(cell.tag, cell.get("scope")) for cell in heads] == [("th", "col")] * len(heads)
        for row in find(table, "./tbody/tr"):
            first, *others = row
            assert (first.tag, first.get("scope")) == ("th", "row")
            assert {(cell.tag, cell.get("scope")) for cell in others} == {("td", None)}
            assert len(heads) in (0, len(row))


def test_every_picture_has_its_words(page: Edition, root: etree._Element) -> None:
    images = elements(root, "img")
    assert images
    assert not [image for image in images if image.get("alt") is None]
    assert {image.get("src") for image in images} == set(page.pictures)
    for image in images:
        # Outlook takes the width from the attribute, and no reader waits for the text to jump.
        assert int(image.get("width") or 0) <= 552
        assert style(image).get("font-size") == ("18px" if image.get("alt") else None)


def test_nothing_runs_tracks_or_comes_from_elsewhere(page: Edition, root: etree._Element) -> None:
    assert not elements(root, "script", "link", "iframe", "object", "embed", "form", "input", "video", "audio", "svg")
    assert not re.search(r"@import|@font-face|url\(|javascript:|http://(?!www\.w3\.org/)", page.inlined)
    for element in root.iter("*"):
        assert not [name for name in element.attrib if str(name).startswith("on")]
        assert element.get("target") in (None, "_self")
        assert element.get("background") is None
        if element.tag != "img":
            assert element.get("src") is None
    hosts = {urlsplit(image.get("src") or "").hostname for image in root.iter("img")}
    assert hosts == {urlsplit(str(page.brand.base_url)).hostname}
    assert not [image for image in root.iter("img") if int(image.get("width") or 0) < 24]


def test_every_link_has_words_and_a_line_under_them(page: Edition, root: etree._Element) -> None:
    links = [link for link in elements(root, "a") if not link.get("name")]  # the others are only anchors
    assert len(links) > 10
    assert not [link for link in links if not words(link) or not link.get("href")]
    plain = [link for link in links if not in_class(link, "button")]
    assert not [words(link) for link in plain if style(link).get("text-decoration") != "underline"]
    targets = {link.get("href", "")[1:] for link in links if link.get("href", "").startswith("#")}
    assert targets <= {element.get("id") for element in root.iter("*")}
    ids = [element.get("id") for element in root.iter("*") if element.get("id")]
    assert len(ids) == len(set(ids))


def in_class(element: etree._Element, name: str) -> bool:
    return any(name in (at.get("class") or "").split() for at in (element, *element.iterancestors()))


def test_buttons_are_at_least_44_px_high(root: etree._Element) -> None:
    buttons = [link for link in root.iter("a") if in_class(link, "button")]
    assert buttons
    for button in buttons:
        looks = style(button)
        size = float(looks["font-size"].removesuffix("px"))
        above, *below = (float(part.removesuffix("px")) for part in looks["padding"].split()[::2])
        assert above + size * float(looks["line-height"]) + (below or [above])[0] >= 44
        assert size >= 18


def speaking(root: etree._Element) -> list[etree._Element]:
    """Return the elements with words directly in them; the spaces that keep MJML's spacers and bars open are none."""
    return [element for element in root.iter("*") if any(str(text).strip() for text in find(element, "text()"))]


def test_type_is_large_in_the_source_as_well(root: etree._Element) -> None:
    """In mail clients that drop the head, the inlined sizes are all there is."""
    (body,) = root.iter("body")
    for element in speaking(body):
        sizes = (style(at).get("font-size") for at in (element, *element.iterancestors()))
        assert float(next(filter(None, sizes), "0px").removesuffix("px")) >= 16, words(element)
    aligned = {style(element).get("text-align") for element in body.iter("*")} - {None}
    assert aligned <= {"left", "right", "center", "inherit"}
    assert {style(element).get("text-transform", "none") for element in body.iter("*")} == {"none"}
    families = {value for element in body.iter("*") if (value := style(element).get("font-family"))}
    assert families
    assert all(value.rstrip().endswith("sans-serif") for value in families)


def test_right_to_left_articles_are_set_to_the_right(editions: dict[str, Edition]) -> None:
    root = parse(editions["2026-12-03-everything-at-once"].inlined.with_marks)
    (section,) = find(root, "//*[@dir = 'rtl'][@lang = 'ar'][.//h2]")
    for element in speaking(section):
        aligned = (style(at).get("text-align") for at in (element, *element.iterancestors()))
        if not in_class(element, "button"):
            assert next(side for side in aligned if side not in (None, "inherit")) == "right", words(element)
    assert {style(element).get("direction") for element in section.iter("*")} <= {None, "rtl"}
    lists = [style(element)["padding"] for element in section.iter("ul", "ol") if not in_class(element, "facts")]
    assert all(padding in ("0", "0 28px 0 0") for padding in lists)
    assert {style(quote)["border-left"] for quote in section.iter("blockquote")} == {"0"}


def test_dark_mode_and_phones_survive_inlining(page: Edition, root: etree._Element) -> None:
    """premailer would strip `!important`, and an inlined colour would win over the dark one: 1.74:1."""
    rules = "\n".join(element.text or "" for element in root.iter("style"))
    assert "@media (prefers-color-scheme: dark)" in rules
    assert "@media (max-width: 479px)" in rules
    assert "@media (min-width: 480px)" in rules
    assert rules.count("!important") > 30
    dark = rules.partition("(prefers-color-scheme: dark){")[2].partition("}}")[0]
    declarations = [part for block in re.findall(r"\{([^{}]*)", dark) for part in block.split(";")]
    assert len(declarations) >= 20
    assert all(part.endswith("!important") for part in declarations), declarations
    for colour in (page.brand.colours.dark.text, page.brand.colours.dark.page, page.brand.colours.dark.link):
        assert colour in rules


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def text_pairs() -> Iterator[tuple[str, str]]:
    """Yield the colours in which the templates set words, each with what is behind it."""
    for behind in ("page", "card", "panel", "warning"):
        yield from ((name, behind) for name in ("text", "quiet", "link"))
    yield "on_masthead", "masthead"
    yield "on_button", "button"
    yield "strong", "panel"  # key numbers


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_palette_has_a_contrast_of_seven_to_one(brand: Brand, scheme: str) -> None:
    palette: Palette = getattr(brand.colours, scheme)
    low = {
        f"{name} on {behind}": round(ratio, 2)
        for name, behind in text_pairs()
        if (ratio := contrast(getattr(palette, name), getattr(palette, behind))) < 7
    }
    assert low == {}
    # Shapes that mean something: the edge of a button, the bars of a chart, the line over a notice.
    edges = {
        behind: contrast(getattr(palette, edge), getattr(palette, behind))
        for edge in ("strong", "button_edge")
        for behind in ("card", "panel", "warning")
    }
    assert min(edges.values()) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_the_doctype_is_kept() -> None:
    """Without it, the page would be in quirks mode, where text in tables is smaller."""
    page = compile_page(Mjml("<mjml lang='en' dir='ltr'><mj-body><mj-raw><p>Words</p></mj-raw></mj-body></mjml>"))
    assert page.startswith("<!DOCTYPE html>")
    assert inline(page).page.startswith("<!DOCTYPE html>")

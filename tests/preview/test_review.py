"""The review file: one page that works without JavaScript, contacts nothing, and says everything in numbered parts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from newsletter import outbox
from newsletter.check.settings import Settings
from newsletter.edition import Edition
from newsletter.english import join
from newsletter.issue.brand import Brand
from newsletter.issue.load import load_brand
from newsletter.preview.review import review_page
from newsletter.preview.review.read_state import read_state
from newsletter.project import Project
from support.axe import run_axe
from support.class_names import in_email
from support.command import run
from support.live_preview import make_project, write_simple

LONG = "2026-12-03-everything-at-once"


@pytest.fixture(scope="module")
def text(project: Project, brand: Brand) -> str:
    """The review file of a shipped issue."""
    return review_page(read_state(project.issues / f"{LONG}.yaml", project, brand, Settings()), Settings())


@pytest.fixture(scope="module")
def file(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mailed") / "issue.review.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(file.as_uri())
    yield page
    page.context.close()


def test_it_says_everything(text: str, editions: dict[str, Edition]) -> None:
    edition = editions[LONG]
    words = [re.sub(r"&(?:amp|lt|gt|#3[49]);", "", line) for line in text.split("\n")]
    for line in filter(str.strip, edition.text.split("\n")):
        assert any(re.sub("[&<>\"']", "", line) in each for each in words), line
    for number in ("2.2 Subject", "3.4 On a phone, dark", ">4.1<", ">5.1<", ">6.1<", "8.1 "):
        assert number in text


def test_each_part_has_a_link_back_to_the_list_of_parts(text: str) -> None:
    page: Any = html.document_fromstring(text)
    parts = page.xpath("//main/section")
    assert len(parts) == 8
    for part in parts:
        (link,) = part.xpath("p[last()]/a[@href='#contents']")
        assert link.text_content() == "Back to the list of parts"
    assert page.get_element_by_id("contents").tag == "nav"


def test_each_picture_is_there_once(text: str, editions: dict[str, Edition]) -> None:
    pictures = {picture.data for picture in editions[LONG].pictures.values()}
    assert len(re.findall(r":url\(\"data:image/", text)) == len(pictures)
    # Four times the page, its words three times, and its pictures once.
    assert len(text.encode()) < 6 * len(editions[LONG].inlined.encode()) + sum(map(len, pictures)) * 4 / 3


def test_it_contacts_nothing_and_needs_no_javascript(chromium: Browser, file: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.new_page()
    page.goto(file.as_uri())
    assert [url for url in requests if not url.startswith("data:")] == [file.as_uri()]
    assert page.locator("script, iframe, link, form").count() == 0
    # The email is there, drawn by the parser alone.
    for look in page.locator(".email").all():
        box = look.bounding_box()
        assert box
        assert box["height"] > 2_000
    context.close()


def test_no_link_leads_away(page: Page) -> None:
    links = page.evaluate("[...document.querySelectorAll('a')].map(link => link.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
    inside = "look => look.shadowRoot.querySelectorAll('[href], [tabindex], input, button').length"
    assert [look.evaluate(inside) for look in page.locator(".email").all()] == [0, 0, 0, 0]


def test_a_picture_has_its_own_shape_and_its_own_pixels(page: Page) -> None:
    sizes = page.evaluate(
        """async () => {
          const images = [...document.querySelector('.email').shadowRoot.querySelectorAll('img')];
          return Promise.all(images.map(async image => {
            const url = getComputedStyle(image).backgroundImage.match(/^url\\("(data:.*)"\\)$/)[1];
            const picture = new Image();
            picture.src = url;
            await picture.decode();
            return [picture.naturalWidth / picture.naturalHeight, image.clientWidth / image.clientHeight];
          }));
        }"""
    )
    assert len(sizes) >= 6
    for natural, size_text in sizes:
        assert size_text == pytest.approx(natural, rel=0.02)


def test_phone_and_computer_light_and_dark_differ(page: Page) -> None:
    looks = page.evaluate(
        in_email("""() => [...document.querySelectorAll('.email')].map(look => [
          look.shadowRoot.querySelector('.newsletter-body').clientWidth,
          getComputedStyle(look.shadowRoot.querySelector('.page')).backgroundColor,
          getComputedStyle(look.shadowRoot.querySelector('.masthead h1')).fontSize])""")
    )
    (wide, light, large), (narrow, _, small), (_, dark, _), _ = looks
    assert wide > 600
    assert narrow < 380
    assert float(large[:-2]) > float(small[:-2])
    assert light != dark
    assert looks[1][1:] == [light, small]
    assert looks[3][1:] == [dark, small]


def test_axe_finds_nothing(chromium: Browser, tmp_path: Path) -> None:
    # A short issue: axe takes minutes for four copies of a long one.
    project = Project(make_project(tmp_path))
    path = write_simple(project.root, "short", words="[click here](https://example.org/)")
    state = read_state(path, project, load_brand(project), Settings())
    file = tmp_path / "short.review.html"
    file.write_text(review_page(state, Settings()), encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    for width, scheme, forced in ((1280, "light", "none"), (320, "dark", "none"), (320, "light", "active")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
        # Chromium forces `color`, but says nothing of that in the colour that axe reads.
        result = run_axe(page, disabled=["color-contrast-enhanced"] if forced == "active" else [])
        assert result["violations"] == [], f"{width} px, {scheme}, {forced}: {json.dumps(result)[:3000]}"
    page.close()


@pytest.mark.parametrize(("width", "text_size"), [(320, 1), (320, 2), (1280, 2)])
def test_nothing_is_wider_than_the_window(page: Page, width: int, text_size: float) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(f"document.documentElement.style.fontSize = '{100 * text_size}%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_a_screen_reader_hears_headings_in_order_and_each_look_as_one_picture(page: Page) -> None:
    tree = page.locator("main").aria_snapshot()
    headings = re.findall(r'heading "(\d[\d.]*) [^"]*" \[level=(\d)\]', tree)
    assert headings[:5] == [("1", "2"), ("2", "2"), ("3", "2"), ("3.1", "3"), ("3.2", "3")]
    assert re.findall(r'- img "([^"]*), with the same words as in part 4"', tree) == [
        "On a computer, light",
        "On a phone, light",
        "On a computer, dark",
        "On a phone, dark",
    ]
    assert tree.count("- img ") == 4


def test_the_command_writes_it_and_a_render_of_other_words_removes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_project(tmp_path)
    path = write_simple(folder, "one")
    monkeypatch.chdir(folder)
    assert run("review", "one").output.startswith("Wrote outbox/one.review.html: ")
    review = folder / "outbox" / "one.review.html"
    run("render", "one")
    assert review.exists(), "it shows the message that was rendered"
    path.write_text(path.read_text("utf-8").replace("Some plain", "Other plain"), "utf-8")
    run("render", "one")
    assert not review.exists()
    review.write_text("my own notes", "utf-8")
    run("render", "one")
    assert review.read_text("utf-8") == "my own notes"


def test_a_review_file_never_replaces_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_project(tmp_path)
    path = write_simple(folder, "one")
    before = path.read_bytes()
    monkeypatch.chdir(folder)
    result = run("review", "one", "-o", "issues/one.yaml")
    assert result.exit_code == 2
    assert "has to end in .html" in result.output
    assert path.read_bytes() == before
    assert run("review", "one", "-o", "for-siân.html").exit_code == 0
    assert (folder / "for-siân.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_errors_are_in_it(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    path = write_simple(folder, "one", words="[click here](https://example.org/)")
    project = Project(folder)
    state = read_state(path, project, load_brand(project), Settings())
    page = review_page(state, Settings())
    assert state.problems
    assert all(f"({problem.id})" in page for problem in state.problems)
    assert "not checked yet" in review_page(replace(state, report=None), Settings())


def test_equal_problems_are_one_with_its_places_last(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    path = write_simple(folder, "one", words="Rest  now, and  then, and  then again.")
    project = Project(folder)
    state = read_state(path, project, load_brand(project), Settings())
    places = [str(problem.location) for problem in state.problems if problem.id == "double-spaces"]
    root: Any = html.document_fromstring(review_page(state, Settings()))
    (entry,) = [each for each in root.find_class("problem") if "spaces in a row" in each.text_content()]
    assert "In 3 places." in entry.text_content() and len(places) == 3
    assert entry.xpath(".//p")[-1].text_content() == f"{join(places)} (double-spaces)"


def test_the_text_only_edition_has_no_pictures(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    brand = folder / "templates" / "brand.yaml"
    text = re.sub(r"(?m)^editions:.*$", "editions: [text-only]", brand.read_text("utf-8"))
    brand.write_text(text, "utf-8")
    path = write_simple(folder, "one")
    project = Project(folder)
    state = read_state(path, project, load_brand(project), Settings())
    assert "is plain text: it looks as in part 4" in review_page(state, Settings())


def test_the_names_in_the_outbox(tmp_path: Path, editions: dict[str, Edition]) -> None:
    edition = editions[LONG]
    assert outbox.stale_review(tmp_path, edition) == []
    (tmp_path / f"{LONG}.review.html").write_text(f'<meta name="message-sha256" content="{"0" * 64}">', "utf-8")
    assert outbox.stale_review(tmp_path, edition) == [f"{LONG}.review.html"]
    shutil.rmtree(tmp_path)

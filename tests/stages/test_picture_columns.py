"""Pictures beside text and beside each other: columns where there is room, and always in the order of the issue."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from newsletter.edition import Edition
from newsletter.issue.brand import Brand
from newsletter.pipeline import build
from newsletter.project import Project
from newsletter.simulations.screen_reader import utterances
from newsletter.stages.data_urls import browser_page
from support.browser import View, opened
from support.examples import SHORT

BLOCKS = """\
      - image: {src: images/clinic.png, alt: "Picture A", side: start, size: small}
      - text: "Words A"
      - image: {src: images/clinic.png, alt: "Picture B", caption: "Caption B", side: end}
      - text: "Words B"
      - image: {src: images/clinic.png, alt: "See the plan", link: "https://www.example.org/plan", size: half}
      - pictures:
          items:
            - {src: images/clinic.png, alt: "Picture C"}
            - {src: images/clinic.png, alt: "Find the way", link: "https://www.example.org/way"}
            - {src: images/clinic.png, decorative: true}
"""


@pytest.fixture(scope="module")
def edition(project: Project, brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("pictures")
    shutil.copytree(project.issues / "images", folder / "images")
    path = folder / "pictures.yaml"
    path.write_text(SHORT + BLOCKS, "utf-8")
    return build(path, project, brand)


def test_a_text_comes_after_its_picture_by_ear_and_in_plain_text(edition: Edition) -> None:
    order = ["Picture A", "Words A", "Picture B", "Caption B", "Words B", "See the plan", "Picture C", "Find the way"]
    spoken = "\n".join(str(each) for each in utterances(edition.reading, "en-GB"))
    for text in (edition.text, spoken):
        assert sorted(order, key=text.index) == order
        assert all(text.count(words) == 1 for words in order)


def test_the_description_of_a_picture_is_the_words_of_its_link(edition: Edition) -> None:
    spoken = [str(each) for each in utterances(edition.reading, "en-GB")]
    assert "link, image, See the plan" in spoken
    assert "[Image: Find the way]:\nhttps://www.example.org/way" in edition.text


MEASURE = """() => [...document.querySelectorAll("img")]
    .slice(-6).map(image => { const box = image.getBoundingClientRect(); return [box.left, box.top, box.width]; })"""


def test_columns_are_beside_each_other_only_where_they_have_room(
    edition: Edition, chromium: Browser, tmp_path: Path
) -> None:
    html = browser_page(edition)
    with opened(chromium, html, View(600), tmp_path) as tab:
        small, end, half, *row = tab.page.evaluate(MEASURE)
        words = tab.page.get_by_text("Words B").bounding_box()
    assert small[2] < half[2] < 300
    assert words is not None
    assert words["x"] + words["width"] < end[0]
    assert len({top for _, top, _ in row}) == 1
    with opened(chromium, html, View(479), tmp_path) as tab:
        boxes = tab.page.evaluate(MEASURE)
        words = tab.page.get_by_text("Words B").bounding_box()
    assert words is not None
    assert words["y"] > boxes[1][1] + boxes[1][2] / 4
    assert len({top for _, top, _ in boxes}) == len(boxes)
    assert len({left for left, _, _ in boxes}) == 1

"""What a screen reader says: phrases by example, and the shipped issues beside Chromium's accessibility tree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from newsletter.edition import Edition, Reading
from newsletter.simulations.screen_reader import Utterance, language_name, utterances
from newsletter.stages.data_urls import browser_page
from support.browser import View, opened


def spoken(html: str, language: str = "en-GB") -> list[str]:
    return [str(item) for item in utterances(Reading(html), language)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Stem cell hope for MS</h2>", ["heading level 2, Stem cell hope for MS"]),
        ("<p>Ten <strong>bold</strong> words, <em>said</em> as one.</p>", ["Ten bold words, said as one."]),
        ("<p>One<br>Two</p>", ["One", "Two"]),
        ('<p>See <a href="#a">our guide</a>, and rest.</p>', ["See", "link, our guide", "and rest."]),
        ('<p>See <a href="#a">our guide</a>.</p>', ["See", "link, our guide"]),
        ('<p><a href="#a">यहाँ</a>। और</p>', ["link, यहाँ", "और"]),
        ('<p><a href="#a">这里</a>；后来</p>', ["link, 这里", "后来"]),
        ("<p>.org is an ending</p>", [".org is an ending"]),
        ('<p><a href="https://example.org/x"></a></p>', ["link, https://example.org/x"]),
        ('<p><a href="#a" aria-label="Named"><img src="x.png" alt="A dog"></a></p>', ["link, Named", "image, A dog"]),
        ('<p><a href="#a"><img src="x.png" alt="A dog"></a></p>', ["link, image, A dog"]),
        ('<p><img src="x.png" alt="A dog"></p>', ["image, A dog"]),
        ('<p><img src="https://example.org/a/d%20g.png?x=1"></p>', ["image without a description, d g.png"]),
        ("<ul><li>Tea</li></ul>", ["list, 1 item", "bullet, Tea", "end of list"]),
        ('<ol start="3"><li>Tea</li><li><p>A</p><p>B</p></li></ol>',
         ["list, 2 items", "3, Tea", "4, A", "B", "end of list"]),
        ("<ul><li></li></ul>", ["list, 1 item", "bullet", "end of list"]),
        ('<ul style="list-style-type: none"><li>Tea</li><li></li></ul>', ["list, 2 items", "Tea", "end of list"]),
        ('<ol><li style="list-style:none">Tea</li><li>Milk</li></ol>',
         ["list, 2 items", "Tea", "2, Milk", "end of list"]),
        ("<ul><li>A<ul><li>B</li></ul></li></ul>",
         ["list, 1 item", "bullet, A", "list, 1 item", "bullet, B", "end of list", "end of list"]),
        ("<dl><dt>MS</dt><dd>multiple sclerosis</dd></dl>",
         ["list of terms, 1 item", "term, MS", "definition, multiple sclerosis", "end of list"]),
        ("<blockquote><p>Rest.</p><p>Me</p></blockquote>", ["quote, Rest.", "Me", "end of quote"]),
        ("<p>A</p><hr><p>B</p>", ["A", "separator", "B"]),
        ("<p>10<sup>9</sup>/L</p>", ["109/L"]),
    ],
)  # fmt: skip
def test_phrases(html: str, expected: list[str]) -> None:
    assert spoken(html) == expected


def test_a_table_says_its_size_its_headers_and_its_end() -> None:
    html = (
        '<table><caption>Where</caption><thead><tr><th scope="col">Country</th><th scope="col">When</th></tr></thead>'
        '<tbody><tr><th scope="row">Wales</th><td><a href="#x">May</a></td></tr></tbody></table>'
    )
    assert spoken(html) == [
        "table, 2 columns, 2 rows, Where",
        "row 1, column 1, Country",
        "column 2, When",
        "row 2, column 1, Country, Wales",
        "column 2, When, link, May",
        "end of table",
    ]


def test_a_cell_knows_its_column_beside_cells_that_span() -> None:
    html = (
        '<table><tr><th scope="col">A</th><th scope="col" colspan="2">B</th></tr>'
        '<tr><td rowspan="2">one</td><td>two</td><td>three</td></tr><tr><td>four</td></tr></table>'
    )
    assert spoken(html)[0] == "table, 3 columns, 3 rows"
    assert spoken(html)[3:-1] == [
        "row 2, column 1, A, one",
        "column 2, B, two",
        "column 3, B, three",
        "row 3, column 2, B, four",
    ]


def test_a_change_of_language_is_named_once() -> None:
    html = '<p>Hello</p><div lang="cy"><h2>Cadw’n gynnes</h2><p>Pum peth</p></div>'
    html += '<p>Read <span lang="fr">ici</span> on</p>'
    assert spoken(html) == [
        "Hello",
        "in Welsh, heading level 2, Cadw’n gynnes",
        "Pum peth",
        "in English, Read",
        "in French, ici",
        "in English, on",
    ]
    assert [item.language for item in utterances(Reading(html), "en-GB")] == [
        "en-GB",
        "cy",
        "cy",
        "en-GB",
        "fr",
        "en-GB",
    ]
    assert language_name("xx-invented") == "xx-invented"


def test_where_a_phone_number_can_break_is_not_heard() -> None:
    assert spoken('<p>Call <a href="tel:1">18001 \u200b0808</a> now</p>') == ["Call", "link, 18001 0808", "now"]


def test_announcements_are_separate_from_the_words() -> None:
    assert utterances(Reading('<ul><li><a href="#x">Tea</a></li></ul>'), "en")[1] == Utterance(
        "link", "Tea", "en", ("bullet", "link")
    )


@pytest.fixture(scope="module")
def trees(
    chromium: Browser, editions: dict[str, Edition], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[dict[str, str]]]]:
    """Return role and name of each node of Chromium's accessibility tree, by issue."""
    orders = {}
    for slug, edition in editions.items():
        with opened(chromium, browser_page(edition), View(), tmp_path_factory.mktemp("page")) as tab:
            session = tab.page.context.new_cdp_session(tab.page)
            nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
            order: list[dict[str, str]] = []
            stack = [next(node["nodeId"] for node in nodes.values() if "parentId" not in node)]
            while stack:
                node = nodes[stack.pop()]
                stack += reversed([child for child in node.get("childIds", []) if child in nodes])
                if not node.get("ignored"):
                    # A phone number has a character for the end of a line, which is not heard.
                    name = " ".join(str(node.get("name", {}).get("value", "")).replace("\u200b", "").split())
                    order.append({"role": node["role"]["value"], "name": name})
            orders[slug] = order
    yield orders


@pytest.mark.parametrize(
    ("role", "chromes"), [("heading", ("heading",)), ("link", ("link",)), ("image", ("image", "img"))]
)
def test_headings_links_and_images_are_those_of_the_accessibility_tree(
    trees: dict[str, list[dict[str, str]]], edition: Edition, role: str, chromes: tuple[str, ...]
) -> None:
    tree = [node["name"] for node in trees[edition.issue.slug] if node["role"] in chromes]
    ours = [item.words for item in utterances(edition.reading, edition.issue.language) if item.role == role]
    assert len(ours) >= 3
    assert ours == tree


def test_tables_lists_and_quotes_are_those_of_the_accessibility_tree(
    trees: dict[str, list[dict[str, str]]], edition: Edition
) -> None:
    stops = utterances(edition.reading, edition.issue.language)
    tree = [node["role"] for node in trees[edition.issue.slug]]
    captions = [node["name"] for node in trees[edition.issue.slug] if node["role"] == "table"]
    assert [item.words for item in stops if item.role == "table"] == captions
    assert sum(item.role == "list" for item in stops) == sum(role in ("list", "DescriptionList") for role in tree)
    assert sum(item.announced[:1] == ("quote",) for item in stops) == tree.count("blockquote")
    cells = [item for item in stops if any("column " in words for words in item.announced) and item.role != "table"]
    assert len(cells) == sum(role in ("cell", "gridcell", "rowheader", "columnheader") for role in tree)


def test_every_visible_word_of_the_page_is_spoken_in_its_order(
    trees: dict[str, list[dict[str, str]]], edition: Edition
) -> None:
    visible = [node["name"] for node in trees[edition.issue.slug] if node["role"] in ("StaticText", "image", "img")]
    stops = [item.words for item in utterances(edition.reading, edition.issue.language)]
    assert "".join(filter(str.isalnum, "".join(stops))) == "".join(filter(str.isalnum, "".join(visible)))

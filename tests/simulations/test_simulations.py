"""The simulations, by example and compared with what a real browser does with both shipped issues."""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from newsletter.css.colour import inverted_lightness
from newsletter.dom.tree import Change, transform
from newsletter.edition import Edition, InlinedPage
from newsletter.simulations.dark import dark, light
from newsletter.simulations.greyscale import greyscale
from newsletter.simulations.images_off import images_off
from newsletter.simulations.inverted import invert_colours
from newsletter.simulations.larger_text import larger_text
from newsletter.simulations.outlook import as_outlook
from newsletter.simulations.stripped import strip_page, strip_page_and_styles
from newsletter.simulations.text_spacing import text_spacing
from newsletter.stages.data_urls import browser_page
from support.browser import View, opened
from support.work import calls_of

HEAD = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>T</title>{}</head><body>{}</body></html>'


def page(body: str, head: str = "") -> InlinedPage:
    return InlinedPage(HEAD.format(head, body))


def with_sheet(css: str) -> InlinedPage:
    return page("<p>Hello</p>", f"<style>{css}</style>")


class TestDark:
    def test_rules_for_dark_colours_apply(self) -> None:
        css = "@media (prefers-color-scheme: dark) { p { color: red } }"
        assert "prefers" not in transform(with_sheet(css), dark)
        assert "(min-width: -1px)" in transform(with_sheet(css), dark)
        assert "(max-width: -1px)" in transform(with_sheet(css), light)

    def test_rules_for_light_colours_apply_in_light(self) -> None:
        css = "@media only screen and (prefers-color-scheme:light) { p { color: red } }"
        assert "only screen and (min-width: -1px)" in transform(with_sheet(css), light)
        assert "only screen and (max-width: -1px)" in transform(with_sheet(css), dark)

    def test_words_and_other_media_queries_stay(self) -> None:
        words = page("<p>@media (prefers-color-scheme: dark) color-scheme: light dark</p>")
        assert transform(words, dark) == transform(words, light) == words
        css = with_sheet("@media (max-width: 479px) { p { color: red } }")
        assert transform(css, dark) == transform(css, light) == css

    def test_a_page_for_one_colour_scheme_stays_as_it_is(self) -> None:
        both = page(
            "", '<meta name="color-scheme" content="light dark"><style>:root{color-scheme: light dark;}</style>'
        )
        assert '"dark"' in transform(both, dark) and "color-scheme: dark;" in transform(both, dark)
        assert '"light"' in transform(both, light) and "color-scheme: light;" in transform(both, light)
        one = page("", '<meta name="color-scheme" content="light"><style>:root{color-scheme: light;}</style>')
        assert transform(one, dark) == one

    def test_a_media_attribute_is_answered_too(self) -> None:
        attribute = page("", '<style media="(prefers-color-scheme: dark)">p{color:red}</style>')
        assert '<style media="(min-width: -1px)">' in transform(attribute, dark)


class TestInverted:
    def test_colours_of_text_background_and_border_are_inverted_and_nothing_else(self) -> None:
        result = transform(
            page(
                '<table bgcolor="#FFFFFF"><tr><td style="color:#00505B; border-bottom:1px solid #FFF; padding:3px 0">'
                "color: #000000</td></tr></table>"
            ),
            invert_colours,
        )
        assert 'bgcolor="#000000"' in result
        assert "border-bottom:1px solid #000000; padding:3px 0" in result
        assert "color: #000000</td>" in result
        red, green, blue = inverted_lightness((0x00, 0x50, 0x5B))
        assert f"color:#{red:02X}{green:02X}{blue:02X};" in result

    def test_background_pictures_and_semi_transparent_colours_stay(self) -> None:
        style = "background:url(black.png) transparent; color: inherit; border: 0"
        assert style in transform(page(f'<p style="{style}">x</p>'), invert_colours)

    def test_our_dark_colours_do_not_apply(self) -> None:
        result = transform(with_sheet("@media (prefers-color-scheme: dark) { p { color: #FFFFFF } }"), invert_colours)
        assert "(max-width: -1px)" in result

    @pytest.mark.parametrize(("colour", "inverse"), [((0, 0, 0), (255,) * 3), ((0, 0, 255), (0, 0, 255))])
    def test_the_lightness_is_inverted_and_the_hue_stays(self, colour: Any, inverse: Any) -> None:
        assert inverted_lightness(colour) == inverse
        assert inverted_lightness(inverse) == colour


class TestImagesOff:
    def test_no_address_of_a_picture_is_left(self, edition: Edition) -> None:
        result = transform(InlinedPage(browser_page(edition)), images_off)
        assert "<img" in result
        assert "src=" not in result
        assert "data:image" not in result

    def test_background_pictures_go_too(self) -> None:
        result = transform(
            page(
                '<p style="background:url(\'a.png\') #FFF" background="b.png">x</p>',
                "<style>p{background:url(c.png)}</style>",
            ),
            images_off,
        )
        assert ".png" not in result
        assert "background:none #FFF" in result

    def test_the_alt_stays_with_its_style(self) -> None:
        result = transform(page('<img src="a.png" alt="A dog" width="552" style="font-size:18px">'), images_off)
        assert '<img alt="A dog" width="552" style="font-size:18px">' in result


class TestLargerText:
    @pytest.mark.parametrize(
        ("css", "larger"),
        [
            ("font-size:18px", "font-size:36px"),
            ("font-size: 10.5pt; padding:3px", "font-size: 21pt; padding:3px"),
            ("line-height:20px", "line-height:40px"),
            ("line-height:1.5", "line-height:1.5"),
            ("font: bold 16px/1.5 Arial10px, serif", "font: bold 32px/1.5 Arial10px, serif"),
            ("font-size: small", "font-size: 26px"),
            ("font-size:1.5em; width:600px", "font-size:1.5em; width:600px"),
            ("mso-line-height-rule:exactly; font-family:'12px'", "mso-line-height-rule:exactly; font-family:'12px'"),
        ],
    )
    def test_sizes_of_text_grow_and_no_others(self, css: str, larger: str) -> None:
        whole = page(f'<p style="{css}">18px</p>', f"<style>@media print {{ p {{ {css} }} }}</style>")
        result = transform(whole, larger_text(200))
        assert f'<p style="{larger}">18px</p>' in result
        assert f"p {{ {larger} }}" in result


class TestStripped:
    def test_nothing_stays_that_an_app_removes(self, edition: Edition) -> None:
        result = transform(edition.inlined, strip_page)
        assert not re.search(r"<style|<!--|<title|\s(?:class|id|role|aria-[a-z]+)=", result)
        assert 'style="' in result

    def test_words_alt_links_and_tables_stay(self) -> None:
        result = transform(
            page(
                '<section class="a" role="region"><h2 id="x">A</h2>B<!-- C -->D'
                '<a href="#x">E</a><img alt="F" src="f.png"></section>G'
            ),
            strip_page,
        )
        assert result.endswith(
            '<body><div><h2>A</h2>BD<a href="#x">E</a><img alt="F" src="f.png"></div>G</body></html>'
        )

    def test_without_styles_only_html_stays(self, edition: Edition) -> None:
        result = transform(edition.inlined, strip_page_and_styles)
        assert not re.search(r"\s(?:style|bgcolor|align|valign|cellpadding)=", result)
        assert "<h1>" in result

    def test_the_words_are_the_same(self, edition: Edition) -> None:
        def words(html: str) -> str:
            body = re.sub(r"<!--.*?-->", "", html.partition("<body")[2], flags=re.DOTALL)
            return "".join(re.sub(r"<[^>]+>", "", body.partition(">")[2]).split())

        assert words(transform(edition.inlined, strip_page)) == words(edition.inlined)


@pytest.mark.parametrize(
    ("comment", "rest"),
    [
        ("<!--[if mso | IE]><b>x</b><![endif]-->", "<b>x</b>"),
        ("<!--[if gte mso 9]><b>x</b><![endif]-->", "<b>x</b>"),
        ("<!--[if mso]><!--><b>x</b><!--<![endif]-->", "<b>x</b>"),
        ("<!--[if !mso]><!--><i>y</i><!--<![endif]-->", ""),
        ("<!--[if !(mso)]><i>y</i><![endif]-->", ""),
        ("<!--[if lte IE 9]><i>y</i><![endif]-->", "<!--[if lte IE 9]><i>y</i><![endif]-->"),
        ("<!-- d -->", "<!-- d -->"),
        ("<!--[if mso]>", "<!--[if mso]>"),
    ],
)
def test_outlook_shows_comments_for_it_and_drops_those_for_others(comment: str, rest: str) -> None:
    assert as_outlook(f"a{comment}b") == f"a{rest}b"


def _changed(change: Change, page: InlinedPage) -> InlinedPage:
    return transform(page, change)


_CHANGES = (dark, images_off, invert_colours, larger_text(200), strip_page_and_styles)


@pytest.mark.parametrize("simulate", [as_outlook, *(functools.partial(_changed, change) for change in _CHANGES)])
@pytest.mark.parametrize(
    "piece",
    [
        "<",
        '"',
        " ",
        "<style>",
        "<meta name=",
        "<link media=",
        "url(x ",
        "<!--[if mso ",
        "<!--[if mso]>",
        "color:",
        "font:1",
    ],
)
def test_work_grows_no_faster_than_the_page(piece: str, simulate: Callable[[InlinedPage], InlinedPage]) -> None:
    def work(length: int) -> int:
        pieces = piece * (length // len(piece))
        hostile = page(pieces, f"<style>p{{color:url({pieces}}}</style><meta name={pieces}>")
        return calls_of(lambda: simulate(hostile))

    work(1_000)  # fills caches
    # A search that tries every pair of places does sixteen times as much.
    assert work(16_000) < 5 * work(4_000)


@pytest.mark.parametrize("change", [greyscale, text_spacing])
def test_a_style_sheet_comes_last_in_the_head(change: Change) -> None:
    assert re.search(r"<title>T</title><style>[^<]+</style></head>", transform(page(""), change))
    assert re.search(r"<head><style>[^<]+</style></head><body>", transform(InlinedPage("<p>x</p>"), change))


# What a browser computes for each element of the body, in order.
_COMPUTED = """
properties => [...document.body.querySelectorAll("*"), document.body, document.documentElement].map(element => {
  const style = getComputedStyle(element);
  return [element.localName, ...properties.map(name => style[name])];
})
"""
_COLOURS = ["color", "backgroundColor", "borderTopColor", "borderBottomColor"]


@pytest.fixture
def computed(chromium: Browser, tmp_path: Path) -> Callable[..., list[list[str]]]:
    def compute(
        html: str, properties: list[str], scheme: Literal["light", "dark"] = "light", width: int = 600
    ) -> list[list[str]]:
        with opened(chromium, html, View(width, scheme), tmp_path) as tab:
            values: list[list[str]] = tab.page.evaluate(_COMPUTED, properties)
            return values

    return compute


@pytest.mark.parametrize("width", [320, 600])
def test_dark_and_light_are_what_a_browser_shows_a_reader_who_prefers_them(
    computed: Callable[..., list[list[str]]], edition: Edition, width: int
) -> None:
    whole = edition.inlined
    in_dark, in_light = (computed(whole, _COLOURS, scheme, width) for scheme in ("dark", "light"))
    assert in_dark != in_light
    for scheme in ("dark", "light"):
        assert computed(transform(whole, dark), _COLOURS, scheme, width) == in_dark
        assert computed(transform(whole, light), _COLOURS, scheme, width) == in_light


def test_colours_of_the_browser_itself_follow_only_if_the_page_supports_both(
    computed: Callable[..., list[list[str]]],
) -> None:
    plain = page('<p>Words <a href="#x">link</a></p>')
    assert (
        computed(transform(plain, dark), ["color"]) == computed(plain, ["color"], "dark") == computed(plain, ["color"])
    )
    willing = page('<p>Words <a href="#x">link</a></p>', '<meta name="color-scheme" content="light dark">')
    assert (
        computed(transform(willing, dark), ["color"])
        == computed(willing, ["color"], "dark")
        != computed(willing, ["color"])
    )


@pytest.mark.parametrize("percent", [150, 200])
def test_every_text_grows_and_no_column(
    computed: Callable[..., list[list[str]]], edition: Edition, percent: int
) -> None:
    whole, properties = edition.inlined, ["fontSize", "lineHeight", "maxWidth"]
    before, after = (computed(html, properties) for html in (whole, transform(whole, larger_text(percent))))
    for (tag, size, line, column), (_, larger, wider, same) in zip(before, after, strict=True):
        assert float(larger[:-2]) == pytest.approx(float(size[:-2]) * percent / 100), tag
        if line != "normal":
            assert float(wider[:-2]) == pytest.approx(float(line[:-2]) * percent / 100), tag
        assert same == column, tag


def test_text_without_a_size_and_headings_grow_too(computed: Callable[..., list[list[str]]]) -> None:
    plain = page(
        '<h1>A</h1><p>B <small>C</small></p><div style="font-size:2rem">D</div><div style="font-size:medium">E</div>'
    )
    before, after = (dict(computed(html, ["fontSize"])) for html in (plain, transform(plain, larger_text(200))))
    assert {tag: float(size[:-2]) for tag, size in after.items()} == {
        tag: pytest.approx(2 * float(size[:-2]), rel=1e-4) for tag, size in before.items()
    }


def test_greyscale_leaves_no_colour_on_the_screen(chromium: Browser, edition: Edition, tmp_path: Path) -> None:
    whole = InlinedPage(browser_page(edition))

    def most_colourful(html: str) -> int:
        with opened(chromium, html, View(), tmp_path) as tab:
            picture = Image.open(io.BytesIO(tab.page.screenshot())).convert("RGB")
        red, green, blue = picture.split()
        differences = (ImageChops.difference(one, other) for one, other in ((red, green), (green, blue), (blue, red)))
        return max(level for image in differences for level, count in enumerate(image.histogram()) if count)

    assert most_colourful(whole) > 100
    assert most_colourful(transform(whole, greyscale)) <= 2


def test_with_images_off_each_alt_is_on_the_screen_whole(chromium: Browser, edition: Edition, tmp_path: Path) -> None:
    with opened(chromium, transform(InlinedPage(browser_page(edition)), images_off), View(320), tmp_path) as tab:
        boxes: list[dict[str, Any]] = tab.page.evaluate(
            "() => [...document.images].map(i => ({alt: i.alt, width: i.offsetWidth, height: i.offsetHeight,"
            " size: parseFloat(getComputedStyle(i).fontSize)}))"
        )
        assert tab.asked_for == []
    described = [box for box in boxes if box["alt"]]
    assert len(described) >= 2
    for box in described:
        # The box has room for the text, with half an em for each character.
        assert box["width"] * box["height"] >= len(box["alt"]) * 0.5 * box["size"] * box["size"], json.dumps(box)
        assert box["size"] >= 16


def test_spacing_reaches_every_word(computed: Callable[..., list[list[str]]], edition: Edition) -> None:
    properties = ["fontSize", "lineHeight", "letterSpacing", "wordSpacing"]
    for tag, *sizes in computed(transform(edition.inlined, text_spacing), properties):
        size, line, letters, words = (
            float(value.removesuffix("px").replace("normal", "0"))
            for value in sizes  # where the size is 0, too
        )
        assert (line, letters, words) == pytest.approx((1.5 * size, 0.12 * size, 0.16 * size), abs=0.01), tag


def test_inverted_inverts_what_the_browser_computes(computed: Callable[..., list[list[str]]], edition: Edition) -> None:
    whole = transform(edition.inlined, light)
    for before, after in zip(
        computed(whole, ["color"]), computed(transform(whole, invert_colours), ["color"]), strict=True
    ):
        red, green, blue = (int(part) for part in re.findall(r"\d+", before[1])[:3])
        inverse = "rgb({}, {}, {})".format(*inverted_lightness((red, green, blue)))
        assert after[1] == inverse, before[0]

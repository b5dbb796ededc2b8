"""Values in CSS are changed, and nothing else of the text."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from newsletter.css.rewrite import CssToken, css_tokens, replace_tokens, rewrite, rewrite_blocks, scale_text


@pytest.mark.parametrize(
    "css",
    [
        "",
        "color: red ; /* c */ margin:0!important;",
        "font-family:'12px', \"a'b\", 'c\"d'",
        "@import 'x.css';@media (min-width: 1px) { a:hover, b::before { content:'x' } }",
        ":root{--x:{a:b}} *{*zoom:1;;} @font-face{src:url(a.woff) format('woff')}",
        "a{b:c;\r\n  d:'e'}\x0b\u2028 f:'g'",
    ],
)
def test_what_no_change_concerns_keeps_its_text(css: str) -> None:
    assert rewrite(css, lambda _, value: value) == css.replace("\r\n", "\n")


def test_a_change_gets_each_declaration_and_no_selector_or_media_query() -> None:
    names = []

    def change(name: str, value: list[CssToken]) -> Iterable[CssToken]:
        names.append(name)
        return css_tokens("x") if name == "color" else value

    css = "a:hover { COLOR: red; margin: 0 } @media (color: 8) { b:link { color:red } }"
    assert rewrite(css, change) == "a:hover { COLOR:x; margin: 0 } @media (color: 8) { b:link { color:x} }"
    assert names == ["color", "margin", "color"]


@pytest.mark.parametrize(
    ("css", "changed"),
    [
        ("a{b:c}", "a{*b:c*}"),
        ("a { b: c } @media (x) { d{e:f} } g{}", "a {* b: c *} @media (x) { d{*e:f*} } g{**}"),
        ("a{b:'}';c:d}", "a{*b:'}';c:d*}"),
        ("a{b:url(c}d);e:f}", "a{*b:url(c}d);e:f*}"),
        ("/* { */a{/* } */b:c}", "/* { */a{*/* } */b:c*}"),
        (
            "a::before{content:'{'}@font-face{src:url(\"a{.woff\")}",
            "a::before{*content:'{'*}@font-face{*src:url(\"a{.woff\")*}",
        ),
    ],
)
def test_a_brace_in_a_string_an_address_or_a_comment_ends_no_block(css: str, changed: str) -> None:
    assert rewrite_blocks(css, lambda inside: f"*{inside}*") == changed
    assert rewrite_blocks(css, lambda inside: inside) == css


def test_tokens_inside_functions_are_replaced_too() -> None:
    def double(token: CssToken) -> CssToken | None:
        return css_tokens("2px")[0] if token.type == "dimension" else None

    css = "width: calc(1px + (1px * 3)); --y: [1px]"
    assert rewrite(css, lambda _, value: replace_tokens(value, double)) == "width: calc(2px + (2px * 3)); --y: [1px]"


@pytest.mark.parametrize(
    ("css", "scaled"),
    [
        ("font-size:10px;line-height:10px;width:10px", "font-size:20px;line-height:30px;width:10px"),
        ("font: bold 10px/10px 'A 1px', serif", "font: bold 20px/30px 'A 1px', serif"),
        ("font: 10px/1.5 Arial", "font: 20px/1.5 Arial"),
        ("font-size: clamp(1pt, 2em, 10Q)", "font-size: clamp(2pt, 2em, 20Q)"),
        ("font-size: Medium", "font-size: 32px"),
        ("font-size: 1.5em; line-height: 1.5", "font-size: 1.5em; line-height: 1.5"),
    ],
)
def test_sizes_of_text_and_heights_of_lines_are_scaled(css: str, scaled: str) -> None:
    assert scale_text(css, lambda name, number, _: number * (2 if name == "font-size" else 3)) == scaled

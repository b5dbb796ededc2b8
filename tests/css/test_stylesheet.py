"""A rule of a style sheet applies to the elements that its selector names, however these are searched for."""

from __future__ import annotations

from typing import cast

import cssselect
import pytest
from lxml import etree

from newsletter.css.colour import parse_colour
from newsletter.css.computed import ComputedStyle, compute_style
from newsletter.css.matching import match_rules
from newsletter.css.media import ON_NARROW, ON_WIDE
from newsletter.css.parser import StyleRule, declarations, rules

PAGE = etree.HTML("""
<div id="outlook" class="page wide">
<table class="card"><tr><td class="quiet card"><p>One <a href="#">two</a></p></td></tr></table>
<p class="page"><b>three</b></p><div class="page"><p>four</p><table><tr><td>five</td></tr></table></div></div>
<p>six <i class="card quiet">seven</i></p>
""")


@pytest.mark.parametrize(
    "selector",
    [
        *("p", "*", "P", ".card", ".quiet.card", "i.card.quiet", "td.quiet", "#outlook", "div#outlook.wide", ".none"),
        *(".page p", ".page .page p", ".card > table", ".page > p", ".page > table td", "#outlook a", "body * p"),
        *("a[href]", ".page a[href]", "p:first-child", ":root", ":root > body", "table + p", "table + p b", "p, .card"),
    ],
)
def test_a_rule_reaches_what_its_selector_says(selector: str) -> None:
    path = " | ".join(
        f"descendant-or-self::{cssselect.HTMLTranslator().xpath(one.parsed_tree)}" for one in cssselect.parse(selector)
    )
    assert set(match_rules(PAGE, [StyleRule("", selector, "color: red")])) == set(
        cast(list[etree._Element], PAGE.xpath(path))
    )


def test_what_counts_most_comes_last_and_elements_alike_share_it() -> None:
    sheet = [StyleRule("", selector, selector) for selector in ("#outlook", "div", ".wide", "*")]
    matched = match_rules(PAGE, sheet)
    assert [rule.selectors for rule in matched[PAGE.findall(".//div")[0]]] == ["*", "div", ".wide", "#outlook"]
    first, last = PAGE.findall(".//p")[::3]
    assert matched[first] is matched[last] == (sheet[3],)


LEAD = ".lead{color:#ccc!important}"


@pytest.mark.parametrize(
    "css",
    [
        LEAD,
        '.x::before{content:"}"}' + LEAD,
        ".x::before{content:';{'}" + LEAD,
        "@supports (display: grid) {" + LEAD + "}",
        "@layer brand {" + LEAD + "}",
        "/* } */" + LEAD,
        ".lead /* { */ {color:#ccc!important}",
        ".x{background:url(data:image/png;base64,AA==)}" + LEAD,
        '@font-face{font-family:"a}b";src:url(x)}' + LEAD,
        "@container (min-width: 1px) {.y{color:red}}" + LEAD,
        "@container (min-width: 1px) {" + LEAD + "}",
        ".lead{color:#ccc!important",
    ],
)
def test_a_rule_is_read_whatever_is_around_it(css: str) -> None:
    lead = [rule for rule in rules(css) if rule.selectors == ".lead"]
    assert [declarations(rule.declarations)["color"] for rule in lead] == [("#ccc", True)]


def test_comments_strings_and_addresses_end_no_declaration() -> None:
    assert declarations("color:red /*; font-size:9px */") == {"color": ("red", False)}
    assert declarations("color: rgb(0,0,0 /* x */)") == {"color": ("rgb(0,0,0 )", False)}
    (rule,) = rules(".a {color: rgb(0, calc(1 /* } */ + 1), 0)}")
    assert rule.declarations == "color: rgb(0, calc(1  + 1), 0)"
    values = declarations('font-family: "a;b", serif; background: url(data:a;b); color: blue')
    assert values == {
        "font-family": ('"a;b", serif', False),
        "background": ("url(data:a;b)", False),
        "color": ("blue", False),
    }


def test_media_queries_around_each_other_are_joined() -> None:
    (rule,) = rules("@media screen { @media (prefers-color-scheme: dark) { .a { color: red } } }")
    assert rule.media == "screen and (prefers-color-scheme: dark)"
    assert rule.is_dark
    (rule,) = rules("@media print { @media screen, (min-width: 1px) { .a { color: red } } }")
    assert rule.media == "print and screen, print and (min-width: 1px)"
    assert not rule.views


@pytest.mark.parametrize(
    ("condition", "counts"),
    [
        ("(display: grid)", True),
        ("not (display: grid)", False),
        ("NOT (display: grid)", False),
        ("not (not (display: grid))", True),
        ("(not (display: grid)) or (color: red)", True),
        ("(not (display: grid)) and (color: red)", False),
        ("not selector(a > b)", False),
        ("not ((display: grid) and (-ms-grid-row: 1))", True),  # browsers do not agree on a prefixed property
        ("(-webkit-appearance: none)", True),
        ("not (-moz-appearance: none)", True),
        ("not /* x */ (/* y */ color: red)", False),
        ("what is this", True),
    ],
)
def test_rules_for_browsers_that_lack_a_property_do_not_count(condition: str, counts: bool) -> None:
    assert bool(rules(f"@supports {condition} {{{LEAD}}}")) is counts


def test_a_container_may_have_any_width() -> None:
    (rule,) = rules("@container card (max-width: 300px) {" + LEAD + "}")
    assert rule.views == {ON_NARROW, ON_WIDE}
    (rule,) = rules("@media (prefers-color-scheme: dark) { @container (width > 9px) {" + LEAD + "} }")
    assert rule.is_dark


def test_a_size_that_is_no_number_is_passed_over() -> None:
    assert compute_style({"font-size": "1.2.3px", "font-weight": "²"}, ComputedStyle()) == ComputedStyle()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("rebeccapurple", (102, 51, 153)),
        ("DarkSlateGrey", (47, 79, 79)),
        ("#ff0000ff", (255, 0, 0)),
        ("#ff000080", None),
        ("rgb(153 153 153 / 100%)", (153, 153, 153)),
        ("rgb(1 2 3 / 50%)", None),
        ("ABCDEF", (171, 205, 239)),
        ("transparent", None),
        ("currentcolor", None),
        ("nosuchcolour", None),
    ],
)
def test_colours(value: str, expected: tuple[int, int, int] | None) -> None:
    assert parse_colour(value) == expected

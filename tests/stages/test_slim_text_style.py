"""What elements inherit is removed only where all mail apps inherit it, in each view."""

from __future__ import annotations

import pytest

from newsletter.dom.tree import InlinedTree, parse_html
from newsletter.stages.slim import slim
from newsletter.stages.slim.text_style import inherit_text_style

STYLE = "font-family:Verdana;font-size:18px;line-height:1.6;color:#111;text-align:left"


def page(content: str, *, css: str = "", cell: str = "", wrapper: str = 'dir="ltr"', head: str = "") -> str:
    """Return a page with one cell of text after the rule."""
    whole = (
        f"<!DOCTYPE html><html><head><title>T</title><style>{css}</style>{head}</head><body><div {wrapper}>"
        f'<table role="presentation"><tr><td {cell or f"style={STYLE!r}"}>{content}</td></tr></table>'
        "</div></body></html>"
    )
    return slim(InlinedTree(parse_html(whole), ()), passes=[inherit_text_style]).with_marks


def test_an_inherited_style_is_removed() -> None:
    assert "<p>Words" in page(f'<p style="{STYLE}">Words</p>')


def test_text_in_a_cell_of_outlook_keeps_its_style() -> None:
    begin = '<!--[if mso]><table><tr><td width="128"><![endif]-->'
    between = '<!--[if mso]></td><td width="16"></td><td><![endif]-->'
    end = "<!--[if mso]></td></tr></table><![endif]-->"
    text = f'<div><p style="{STYLE}">{{}}</p></div>'
    after = page("".join([begin, text.format(1), between, text.format(2), end, text.format(3)]))
    assert [f'<p style="{STYLE}">{number}' in after for number in (1, 2, 3)] == [True, True, False]
    assert "<p>3" in after


def test_the_cell_of_outlook_around_the_page_counts() -> None:
    loose = f'<p style="{STYLE}">Loose</p>'
    ghost = f"<!--[if mso]><table><tr><td><![endif]-->{loose}<!--[if mso]></td></tr></table><![endif]-->"
    # This cell has the text that all cells have, so that the wrapper gets its style.
    words = f'<table><tr><td style="{STYLE}">Words</td></tr></table>'
    body = f'<body><div dir="ltr">{ghost}{words}<div style="{STYLE}">{loose}</div></div></body>'
    tree = parse_html(f"<html><head></head>{body}</html>")
    after = slim(InlinedTree(tree, ()), passes=[inherit_text_style]).with_marks
    assert loose in after and "<p>Loose" in after


@pytest.mark.parametrize(
    "content",
    [
        '<p align="right" style="text-align:left">Words</p>',
        '<font color="#FF0000" size="6" style="color:#111;font-size:18px">Words</font>',
        '<font face="Courier" style="font-family:Verdana">Words</font>',
    ],
)
def test_an_attribute_does_not_come_back_to_life(content: str) -> None:
    assert content in page(content)


def test_a_cell_with_an_attribute_keeps_its_side() -> None:
    assert "text-align:left" in page("Words", cell=f'align="center" style="{STYLE}"').partition("<td")[2]


@pytest.mark.parametrize(
    ("outer", "inner", "stays"),
    [
        ("ltr", "direction:ltr;text-align:left", False),
        ("rtl", "direction:rtl;text-align:right", True),
        ("ltr", "text-align:center", True),
    ],
)
def test_outlook_inherits_no_side_and_no_direction_into_tables(outer: str, inner: str, stays: bool) -> None:
    table = f'<table><tr><td style="{inner}">Words</td></tr></table>'
    after = page(f'<div style="{inner}">{table}</div>', wrapper=f'dir="{outer}"')
    assert (f'<td style="{inner}">' in after) == stays


def test_a_direction_goes_if_the_cell_has_the_attribute() -> None:
    table = '<table><tr><td dir="rtl" style="direction:rtl">Words</td></tr></table>'
    assert '<td dir="rtl">Words' in page(table, wrapper='dir="rtl"')


def test_a_direction_of_its_own_changes_the_side_that_outlook_takes() -> None:
    table = '<table><tr><td style="direction:rtl;text-align:left">Words</td></tr></table>'
    assert "direction:rtl;text-align:left" in page(table)


@pytest.mark.parametrize(
    ("css", "content", "name"),
    [
        ("", "Words", "text"),
        (".lead.text{margin:0!important}", "Words", "text-1"),
        ("[class~='text']{margin:0!important}", "Words", "text-1"),
        ("@media print{.text-1{margin:0!important}}", '<p class="text">Words</p>', "text-2"),
        (".text-a{text-align:left!important}", "Words", "text"),
    ],
)
def test_the_class_is_new(css: str, content: str, name: str) -> None:
    assert f'<td class="{name}">' in page(content, css=css)


@pytest.mark.parametrize(
    "css", [".text-a p{font-size:30px}", "p[title='a b']{font-size:30px}", ":is(h1,p){font-size:30px}"]
)
def test_a_rule_of_the_page_gives_elements_a_value_of_their_own(css: str) -> None:
    content = '<p style="font-size:18px">Words</p>'
    assert content in page(content, css=css)


def test_a_rule_for_outlook_gives_elements_a_value_of_their_own() -> None:
    content = '<p style="font-size:18px">Words</p>'
    assert content in page(content, head="<!--[if mso]><style>p{font-size:14px}</style><![endif]-->")


CELL = f'class="c" style="{STYLE}"'


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        (".c{text-align:center!important}", True),
        (".card>tbody>tr>.c{text-align:center!important}", False),  # no element has the class .card
        ("td{text-align:center!important}", True),
        ("[data-app] .c{text-align:center!important}", True),
        (".c:hover{text-align:center!important}", True),
        (".c,.c p{text-align:center!important}", False),
        (".c,.c h2{text-align:center!important}", True),
        (".c{color:#FFF!important}", False),
    ],
)
def test_what_an_important_rule_changes_is_not_inherited(rule: str, stays: bool) -> None:
    content = '<p style="text-align:left">Words</p>'
    assert (content in page(content, css=f"@media (max-width:479px){{{rule}}}", cell=CELL)) == stays


def test_an_important_rule_of_another_view_does_not_help() -> None:
    content = '<p style="color:#111">Words</p>'
    css = "@media print{.c{color:#000!important}}@media (prefers-color-scheme:dark){.c,.c p{color:#FFF!important}}"
    assert content in page(content, css=css, cell=CELL)


def test_a_value_of_its_own_ends_what_an_important_rule_changes() -> None:
    content = '<div style="text-align:right"><p style="text-align:right">Words</p></div>'
    after = page(content, css="@media print{.c{text-align:center!important}}", cell=CELL)
    assert '<div style="text-align:right"><p>Words' in after


def test_an_important_rule_of_the_body_counts() -> None:
    page = (
        "<html><head><style>@media print{body{overflow-wrap:normal!important}}</style></head>"
        "<body style='overflow-wrap:anywhere'>"
        '<div style="overflow-wrap:anywhere">Words</div></body></html>'
    )
    assert (
        'style="overflow-wrap:anywhere">Words'
        in slim(InlinedTree(parse_html(page), ()), passes=[inherit_text_style]).with_marks
    )
